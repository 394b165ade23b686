"""Parts of a period: its early third, third quarter, second half, June, 15 June, first week."""

from calendar import isleap
from dataclasses import dataclass, replace
from datetime import date

from .house_rules import Rule
from .periods import DAY, MONTH, MONTHS_IN, Period, day_of, months, shifted, years

LAST = -1


@dataclass(frozen=True, slots=True)
class Slice:
    """A part that can be taken of a period; `is_sure` is False where the word is often no date (“may”)."""

    kind: str
    number: int
    day: int = 0
    is_sure: bool = True
    rule: Rule | None = None

    def of(self, whole: Period) -> Period | None:
        """Give that part of a period, or None where the period has no such part."""
        if whole.kind == "range" or whole.first_mark or whole.spelled:
            return None
        part = _CUTTERS[self.kind](self, whole)
        return part.under(self.rule) if part and self.rule else part

    def upcoming(self, made_on: date, *, strictly: bool = False) -> Period | None:
        """Give the next such part of a year that is not over (or, strictly, has not begun) on a day."""
        is_leap_day = self.kind == "month" and (self.number, self.day) == (2, 29)
        for year in range(made_on.year, made_on.year + 9):
            if is_leap_day and not isleap(year):
                continue
            part = self.in_year(year)
            if part and (part.first > made_on if strictly else part.last >= made_on):
                return replace(part, rule=Rule.YEARLESS, in_year=self.in_exact_year)
        return None

    def in_year(self, year: int) -> Period | None:
        """Give that part of a year."""
        return self.of(years(year, year, "year"))

    def in_exact_year(self, year: int) -> Period:
        """Give that part of a year for a span that names its year once."""
        part = self.in_year(year)
        return part or years(year, year, "year")


def _month(part: Slice, whole: Period) -> Period | None:
    if whole.kind != "year":
        return None
    if part.day:
        return day_of(whole.first.year, part.number, part.day)
    return months(whole.first.year, part.number, 1, "month")


def _quarter(part: Slice, whole: Period) -> Period | None:
    number = 4 if part.number == LAST else part.number
    if whole.kind != "year" or not 1 <= number <= 4:
        return None
    return months(whole.first.year, number * 3 - 2, 3, "quarter", Rule.QUARTER)


def _half(part: Slice, whole: Period) -> Period | None:
    number = 2 if part.number == LAST else part.number
    if number not in (1, 2):
        return None
    first = whole.first
    if whole.kind == "year":
        return months(first.year, number * 6 - 5, 6, "half", Rule.QUARTER)
    if whole.kind in ("decade", "century"):
        length = 5 if whole.kind == "decade" else 50
        start = first.year + (number - 1) * length
        return years(start, start + length - 1, "half", Rule.QUARTER)
    if whole.kind == "month":
        middle = first.replace(day=15)
        return (
            Period(first, middle, "part", Rule.QUARTER)
            if number == 1
            else Period(middle.replace(day=16), whole.last, "part", Rule.QUARTER)
        )
    return None


def _third(part: Slice, whole: Period) -> Period | None:
    number, first = part.number, whole.first
    if (whole.kind in ("year", "half", "quarter") and whole.first_unit == MONTH) or whole.kind == "year":
        length = MONTHS_IN[whole.kind] // 3
        start = shifted(first, months=(number - 1) * length)
        rule = Rule.YEAR_THIRD if whole.kind == "year" else Rule.FINE_THIRD
        return months(start.year, start.month, length, "month" if length == 1 else "third", rule)
    if whole.kind in ("decade", "century"):
        bounds = ((0, 3), (4, 6), (7, 9)) if whole.kind == "decade" else ((0, 33), (34, 66), (67, 99))
        begin, end = bounds[number - 1]
        rule = Rule.DECADE_THIRD if whole.kind == "decade" else Rule.CENTURY
        return years(first.year + begin, first.year + end, "third", rule)
    if whole.kind == "month":
        start = first.replace(day=number * 10 - 9)
        return Period(start, start.replace(day=number * 10) if number < 3 else whole.last, "part", Rule.FINE_THIRD)
    if whole.kind == "week":
        begin, end = ((0, 1), (2, 4), (5, 6))[number - 1]
        return Period(shifted(first, days=begin), shifted(first, days=end), "part", Rule.FINE_THIRD)
    return None


def _week(part: Slice, whole: Period) -> Period | None:
    if whole.kind not in ("month", "year", "quarter"):
        return None
    if part.number == LAST:
        return Period(shifted(whole.last, days=-6), whole.last, "week", Rule.FINE_THIRD)
    start = shifted(whole.first, days=(part.number - 1) * 7)
    end = min(shifted(start, days=6), whole.last)
    return Period(start, end, "week", Rule.FINE_THIRD) if start <= end else None


def _months(part: Slice, whole: Period) -> Period | None:
    if whole.kind != "year" or not 1 <= part.number <= 12:
        return None
    first = 1 if not part.day else 13 - part.number
    return months(whole.first.year, first, part.number, "month" if part.number == 1 else "part", Rule.QUARTER)


def _years(part: Slice, whole: Period) -> Period | None:
    if whole.kind != "decade" or not 1 <= part.number <= 10:
        return None
    start = whole.first.year + (10 - part.number if part.day else 0)
    return years(start, start + part.number - 1, "part", Rule.QUARTER)


def _edge(part: Slice, whole: Period) -> Period | None:
    if whole.first_unit == DAY:
        return None
    day = whole.first if part.number == 1 else whole.last
    return Period(day, day, "day", Rule.WHOLE)


_CUTTERS = {
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "third": _third,
    "week": _week,
    "months": _months,
    "years": _years,
    "edge": _edge,
}
