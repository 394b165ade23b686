"""EDTF levels 0 and 1 (ISO 8601-2 as the Library of Congress defines it): text to first and last day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .unreadable import UnreadableDate, quoted

OPEN_END = ".."
LONGEST = 40

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_UNSPECIFIED = re.compile(r"([0-9]{3}X|[0-9]{2}XX|[0-9]{4}-XX|[0-9]{4}-[0-9]{2}-XX|[0-9]{4}-XX-XX)([?~%]?)")
_SHAPE = re.compile(r"[-+0-9YXETZ./~?%:]*[0-9][-+0-9YXETZ./~?%:]*")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days an EDTF text covers; None where that side is open."""

    start: date | None
    end: date | None
    precision: str


def looks_like_edtf(text: str) -> bool:
    """Tell whether the text is written in EDTF's characters only, valid or not."""
    return len(text) <= LONGEST and _SHAPE.fullmatch(text) is not None


def bounds(text: str) -> Bounds:
    """Give the days that an EDTF text covers; raises UnreadableDate with the reason."""
    if text == "":
        return Bounds(None, None, "open")
    if len(text) > LONGEST:
        raise _refusal(text, "is too long for an EDTF date")
    if "/" in text:
        return _interval(text)
    return _single(text)


def _interval(text: str) -> Bounds:
    left, _, right = text.partition("/")
    if "/" in right:
        raise _refusal(text, "has more than one slash, and an interval has two ends")
    start = None if left in ("", OPEN_END) else _certain(left, text).start
    end = None if right in ("", OPEN_END) else _certain(right, text).end
    if start is None and end is None:
        raise _refusal(text, "names no date on either side of the slash")
    if start is not None and end is not None and start > end:
        raise _refusal(text, "ends before it starts: write the earlier date first")
    return Bounds(start, end, "range")


def _certain(text: str, whole: str) -> Bounds:
    if "X" in text:
        raise UnreadableDate(
            f"{quoted(whole)} has an X inside an interval: write both ends as plain dates, such as 2030/2039.",
            text=whole,
            fragment=text,
        )
    return _single(text)


def _single(text: str) -> Bounds:
    if found := _UNSPECIFIED.fullmatch(text):
        return _unspecified(found[1], text)
    found = _DATE.fullmatch(text)
    if found is None:
        raise _refusal(text, _why_not(text))
    year, month, day = int(found[1]), found[2], found[3]
    if year == 0:
        raise _refusal(text, "is in the year 0000: only years 0001 to 9999 are read")
    if month is None:
        return Bounds(date(year, 1, 1), date(year, 12, 31), "year")
    if day is None:
        return _month(year, int(month), text)
    last = _month(year, int(month), text).end
    if last is None or not 1 <= int(day) <= last.day:
        raise _refusal(text, f"names day {int(day)}, which that month does not have")
    exact = date(year, int(month), int(day))
    return Bounds(exact, exact, "day")


def _month(year: int, month: int, text: str) -> Bounds:
    if 21 <= month <= 41:
        raise _refusal(text, "is a season, and seasons are not read: write the months, such as 2027-06/2027-08")
    if not 1 <= month <= 12:
        raise _refusal(text, f"names month {month}, and there are twelve")
    return Bounds(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def _unspecified(body: str, text: str) -> Bounds:
    if body.startswith("0000") or (body[3] == "X" and int(body[:3].replace("X", "")) == 0):
        raise _refusal(text, "reaches into the year 0000: only years 0001 to 9999 are read")
    if body[2:4] == "XX":
        first = int(body[:2]) * 100
        return Bounds(date(first, 1, 1), date(first + 99, 12, 31), "century")
    if body[3] == "X":
        first = int(body[:3]) * 10
        return Bounds(date(first, 1, 1), date(first + 9, 12, 31), "decade")
    year, month = int(body[:4]), body[5:7]
    if month == "XX":
        return Bounds(date(year, 1, 1), date(year, 12, 31), "year")
    return _month(year, int(month), text)


def _why_not(text: str) -> str:
    if text.startswith(("-", "Y", "+")):
        return "lies outside the years 0001 to 9999, the only ones read"
    if "T" in text or ":" in text:
        return "has a time of day: write the day alone, such as 2027-06-15"
    if any(mark in text for mark in "[]{}S^E") or re.search(r"[?~%].", text):
        return "is EDTF level 2, and only levels 0 and 1 are read"
    return "is not an EDTF date: write it like 2027, 2027-06, 2027-06-15, 203X or 2026-07/2026-09"


def _refusal(text: str, why: str) -> UnreadableDate:
    return UnreadableDate(f"{quoted(text)} {why}.", text=text)
