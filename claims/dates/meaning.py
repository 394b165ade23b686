"""What relations and joins mean: each function builds one reading from the parts a pattern caught."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from .grammar import Moment
from .house_rules import Rule
from .periods import Period, century_of, joined, shifted, written, year_of
from .slices import Slice
from .unreadable import UnreadableDate

BACKWARDS = "That span ends before it starts: write the earlier date first."


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished reading: its EDTF, the rule that decided, and what it hangs on in running text."""

    edtf: str
    rule: Rule
    is_anchored: bool = True
    is_bare_year: bool = False
    needs_relation: bool = False
    is_vague: bool = False
    is_distance: bool = False


T = TypeVar("T")


def same(_: Moment, value: T) -> T:
    """Pass a value through."""
    return value


def last_of(_: Moment, *values: Any) -> Any:
    """Pass the last value through: the date after its weekday."""
    return values[-1]


def at(moment: Moment, period: Period) -> Answer | None:
    """Read “at the end of X”; “at 2027” is an address or an hour."""
    return None if period.is_bare_year else within(moment, period)


def maybe(moment: Moment, period: Period) -> Answer | None:
    """Read “possibly X”."""
    return plain(moment, replace(period.marked("?"), rule=Rule.POSSIBLY))


def plain(_: Moment, period: Period) -> Answer | None:
    """Read a period that stands alone; the bare word “may” or “march” is no date."""
    if not period.is_sure:
        return None
    return _answer(period.edtf, period.rule, period, is_anchored=period.is_anchored)


def within(_: Moment, period: Period) -> Answer:
    """Read “in X”: the whole of it."""
    return _answer(period.edtf, period.rule, period)


def by(_: Moment, period: Period) -> Answer:
    """Read “by X”: up to its last day."""
    return _answer(f"../{period.last_edtf}", Rule.BY, period)


def before(_: Moment, period: Period) -> Answer:
    """Read “before X”: up to the day before it begins."""
    day = shifted(period.first, days=-1)
    return _answer(f"../{written(day, period.first_unit)}{period.first_mark}", Rule.BEFORE, period)


def after(_: Moment, period: Period) -> Answer:
    """Read “after X”: from the day after it ends."""
    day = shifted(period.last, days=1)
    return _answer(f"{written(day, period.last_unit)}{period.last_mark}/..", Rule.AFTER, period)


def since(_: Moment, period: Period) -> Answer:
    """Read “from X”, “no earlier than X”: from its first day."""
    return _answer(f"{period.first_edtf}/..", Rule.FROM, period)


def onward(moment: Moment, period: Period) -> Answer | None:
    """Read “from X” where X is no span: “from March to June 2027” is one."""
    return None if period.kind == "range" else since(moment, period)


def _answer(edtf: str, rule: Rule, period: Period, *, is_anchored: bool = True) -> Answer:
    return Answer(edtf, rule, is_anchored, period.is_bare_year, period.needs_relation)


def around(_: Moment, period: Period) -> Period:
    """Mark a period as approximate."""
    return replace(period.marked("~"), rule=Rule.AROUND)


def doubted(_: Moment, answer: Answer) -> Answer:
    """Mark a finished reading as uncertain: “possibly by 2027”."""
    sides = []
    for side in answer.edtf.split("/"):
        body = side.rstrip("?~%")
        sides.append(side if side in ("", "..") else body + joined(side[len(body) :], "?"))
    return replace(answer, edtf="/".join(sides), rule=Rule.POSSIBLY)


def span(_: Moment, first: Period, last: Period) -> Period:
    """Join two periods: from the first day of the one to the last day of the other."""
    if first.in_year is not None and last.in_year is None:
        year = last.first.year
        mark = first.first_mark
        first = first.in_year(year) if first.in_year(year).first <= last.last else first.in_year(year - 1)
        first = first.marked(mark)
    elif first.in_year is not None and last.in_year is not None and last.last < first.first:
        last = last.in_year(first.first.year + (last.in_year(first.first.year).last < first.first))
    if first.first > last.last:
        raise UnreadableDate(BACKWARDS)
    return Period(
        first.first,
        last.last,
        "range",
        Rule.BETWEEN,
        first.first_unit,
        last.last_unit,
        first.first_mark,
        last.last_mark,
        is_bare_year=first.is_bare_year and last.is_bare_year,
        in_year=None,
    )


def bounded(moment: Moment, first: Period, last: Period) -> Period:
    """Join two periods that words such as “between” or “from” show to be dates."""
    return anchored(moment, span(moment, first, last))


def anchored(_: Moment, period: Period) -> Period:
    """Keep a period that words around it show to be a date."""
    return replace(period, is_anchored=True)


def from_now(moment: Moment, period: Period) -> Answer:
    """Read “between now and X”: from the day it was said to the last day of X."""
    if period.last < moment.made_on:
        raise UnreadableDate(BACKWARDS)
    return _answer(f"{moment.made_on.isoformat()}/{period.last_edtf}", Rule.BETWEEN, period)


def day_itself(_: Moment, *values: Any) -> Period | None:
    """Pass a period through; beside a weekday, as in “Tuesday (15 June 2027)”, only a day."""
    period: Period = values[-1]
    return period if len(values) == 1 or period.kind == "day" else None


def part_of(_: Moment, part: Slice, whole: Period) -> Period | None:
    """Take a part of a period."""
    return part.of(whole)


def part_of_part(_: Moment, part: Slice, middle: Slice, whole: Period) -> Period | None:
    """Take a part of a part: “late in the third quarter of 2027”."""
    inner = middle.of(whole)
    return part.of(inner) if inner else None


def whole_with_part(_: Moment, whole: Period, part: Slice) -> Period | None:
    """Take a part named after its year: “2026 Q3”."""
    return part.of(whole)


def parts_of(moment: Moment, first: Slice, last: Slice, whole: Period) -> Period | None:
    """Join two parts of one period: “mid to late 2027”."""
    begin, end = first.of(whole), last.of(whole)
    if begin and end and begin.first > end.last and whole.kind == "year":
        begin = first.in_year(whole.first.year - 1)
    return span(moment, begin, end) if begin and end else None


@lru_cache(maxsize=1000)
def yearless(moment: Moment, part: Slice) -> Period | None:
    """Read a part of a year that is not named: the next one that is not over."""
    if moment.is_sentence and not part.is_sure:
        return None
    period = part.upcoming(moment.made_on)
    return (
        replace(period, needs_relation=not part.day, is_sure=part.is_sure or part.kind != "month") if period else None
    )


def part_of_yearless(moment: Moment, part: Slice, middle: Slice) -> Period | None:
    """Read “late June” without a year."""

    def in_year(year: int) -> Period:
        return part.of(middle.in_exact_year(year)) or middle.in_exact_year(year)

    inner = yearless(moment, middle)
    period = part.of(inner) if inner else None
    return replace(period, in_year=in_year) if period else None


def nearest(offset: int) -> Callable[[Moment, Slice], Period | None]:
    """Read “next June” (1), “this June” (0) or “last June” (-1)."""

    def read(moment: Moment, part: Slice) -> Period | None:
        if moment.is_sentence and not part.is_sure:
            return None
        if offset > 0:
            found = part.upcoming(moment.made_on, strictly=True)
        else:
            found = part.in_year(moment.made_on.year)
            if found and offset < 0 and found.last >= moment.made_on:
                found = part.in_year(moment.made_on.year - 1)
        return found.under(Rule.YEARLESS) if found else None

    return read


def mid_century(moment: Moment, whole: Period | None = None) -> Period:
    """Read “mid-century”: around its year 50."""
    base = whole or century_of(moment.made_on.year)
    return replace(year_of(base.first.year + 50).marked("~"), rule=Rule.CENTURY, is_bare_year=False)
