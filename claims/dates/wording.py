"""Wording: a projected date back into English or Indonesian, so that it reads the same again."""

from datetime import date, timedelta
from types import MappingProxyType

from .projected_date import ProjectedDate

_MONTHS = MappingProxyType(
    {
        "en": (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        "id": (
            "Januari",
            "Februari",
            "Maret",
            "April",
            "Mei",
            "Juni",
            "Juli",
            "Agustus",
            "September",
            "Oktober",
            "November",
            "Desember",
        ),
    }
)
_ROMAN = ("I", "II", "III", "IV")
_THIRDS = MappingProxyType({"en": ("early {}", "mid-{}", "late {}"), "id": ("awal {}", "pertengahan {}", "akhir {}")})
_FRAMES = MappingProxyType(
    {
        "en": {
            "open": "in the coming years",
            "by": "by {}",
            "by_end": "by the end of {}",
            "from": "no earlier than {}",
            "span": "{} to {}",
            "marked_span": "from {} to {}",
            "~": "around {}",
            "?": "possibly {}",
            "%": "possibly around {}",
            "decade": "the {}s",
            "century": "the {} century",
            "some_month": "some month in {}",
            "some_day": "some day in {}",
        },
        "id": {
            "open": "dalam beberapa tahun mendatang",
            "by": "paling lambat {}",
            "by_end": "paling lambat akhir {}",
            "from": "paling cepat {}",
            "span": "{} hingga {}",
            "marked_span": "dari {} hingga {}",
            "~": "sekitar {}",
            "?": "mungkin {}",
            "%": "mungkin sekitar {}",
            "decade": "tahun {}-an",
            "century": "abad ke-{}",
            "some_month": "suatu bulan pada {}",
            "some_day": "suatu hari pada {}",
        },
    }
)


def word(d: ProjectedDate, language: str = "en") -> str:
    """Say a date in words; English for a language that is not known, the EDTF itself where no words serve."""
    code = language.replace("_", "-").split("-")[0].lower()
    code = code if code in _FRAMES else "en"
    frames = _FRAMES[code]
    if not d.edtf:
        return frames["open"]
    sides = d.edtf.split("/")
    if "" in sides or (sides[0] == sides[-1] and len(sides) == 2):
        return d.edtf
    marks = {side[-1] if side[-1] in "~?%" else "" for side in sides if side != ".."}
    if len(marks) == 1 and (mark := marks.pop()):
        bare = "/".join(side.rstrip("~?%") for side in sides)
        return _doubtful(bare, mark, code)
    if marks and len(sides) == 2 and any("?" in side or "%" in side for side in sides):
        return d.edtf
    return _said(d.edtf, code)


def _doubtful(bare: str, mark: str, code: str) -> str:
    """Say a date all of whose parts carry one mark."""
    frames = _FRAMES[code]
    if mark == "?":
        return frames["?"].format(_said(bare, code))
    start, _, end = bare.partition("/")
    approximate = frames["~"]
    if start == "..":
        said = frames["by"].format(approximate.format(_said(end, code)))
    elif end == "..":
        said = frames["from"].format(approximate.format(_said(start, code)))
    else:
        said = approximate.format(_said(bare, code))
    return frames["?"].format(said) if mark == "%" else said


def _said(edtf: str, code: str) -> str:
    frames = _FRAMES[code]
    if "/" not in edtf:
        return _single(edtf, code)
    start, end = edtf.split("/")
    if start == "..":
        whole = "by_end" if len(end) == 4 else "by"
        return frames[whole].format(_single(end, code))
    if end == "..":
        return frames["from"].format(_single(start, code))
    if named := _named(start, end, code):
        return named
    frame = "marked_span" if "~" in edtf else "span"
    return frames[frame].format(_single(start, code), _single(end, code))


def _single(edtf: str, code: str) -> str:
    """Say one date without a slash."""
    frames = _FRAMES[code]
    if edtf.endswith("~"):
        return frames["~"].format(_single(edtf[:-1], code))
    if edtf.endswith("-XX"):
        kind = "some_month" if len(edtf) == 7 else "some_day"
        return frames[kind].format(_single(edtf[:7] if "-XX-XX" not in edtf and len(edtf) == 10 else edtf[:4], code))
    if edtf.endswith("XX"):
        return frames["century"].format(_century(int(edtf[:2]) + 1, code))
    if edtf.endswith("X"):
        return frames["decade"].format(edtf[:3] + "0")
    year, *rest = edtf.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[code][int(rest[0]) - 1]} {year}"
    return month if len(rest) == 1 else f"{int(rest[1])} {month}"


def _century(number: int, code: str) -> str:
    if code == "id":
        return str(number)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _named(start: str, end: str, code: str) -> str | None:
    """Say the intervals that have a name: quarters, halves and thirds."""
    if "~" in start + end or len(start) != len(end):
        return None
    if len(start) == 4 and start[:3] == end[:3]:
        third = {"03": 0, "46": 1, "79": 2}.get(start[3] + end[3])
        decade = _FRAMES[code]["decade"].format(start[:3] + "0").removeprefix("the ").removeprefix("tahun ")
        return _THIRDS[code][third].format(decade) if third is not None else None
    if start[:4] != end[:4]:
        return None
    if len(start) == 7:
        return _months_named(start[:4], int(start[5:]), int(end[5:]), code)
    if len(start) == 10 and start[:7] == end[:7]:
        return _days_named(start, end, code)
    return None


def _months_named(year: str, first: int, last: int, code: str) -> str | None:
    count = last - first + 1
    if count == 3 and first % 3 == 1:
        number = first // 3
        return f"Q{number + 1} {year}" if code == "en" else f"kuartal {_ROMAN[number]} {year}"
    if count == 6 and first in (1, 7):
        number = first // 6
        return f"{('first', 'second')[number]} half of {year}" if code == "en" else f"semester {_ROMAN[number]} {year}"
    if count == 4 and first in (1, 5, 9):
        return _THIRDS[code][first // 4].format(year)
    return None


def _days_named(start: str, end: str, code: str) -> str | None:
    month_end = (date.fromisoformat(start[:7] + "-28") + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    thirds = {("01", "10"): 0, ("11", "20"): 1, ("21", f"{month_end.day:02d}"): 2}
    third = thirds.get((start[8:], end[8:]))
    return None if third is None else _THIRDS[code][third].format(_single(start[:7], code))
