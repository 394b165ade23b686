"""Closed spans of days that know how coarsely they were said, and the EDTF for each."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from .house_rules import Rule
from .unreadable import UnreadableDate

DAY, MONTH, QUARTER, YEAR = "day", "month", "quarter", "year"
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
BEYOND = "That lies outside the years 0001 to 9999: name a date within them."


@dataclass(frozen=True, slots=True)
class Period:
    """A first and a last day, each with the unit it is written in and its EDTF mark (~, ? or %)."""

    first: date
    last: date
    kind: str
    rule: Rule
    first_unit: str = DAY
    last_unit: str = DAY
    first_mark: str = ""
    last_mark: str = ""
    spelled: str = ""
    is_bare_year: bool = False
    is_anchored: bool = False
    needs_relation: bool = False
    is_sure: bool = True
    in_year: Callable[[int], "Period"] | None = field(default=None, compare=False)

    @property
    def edtf(self) -> str:
        """Write it as EDTF, at the precision it was said with."""
        begin, end = self.first_edtf, self.last_edtf
        if self.first_mark != self.last_mark or (self.kind == "range" and begin != end):
            return f"{begin}/{end}"
        if self.spelled:
            return self.spelled + self.last_mark
        if self.kind == "decade":
            return f"{self.first.year // 10:03d}X{self.last_mark}"
        if self.kind == "century":
            return f"{self.first.year // 100:02d}XX{self.last_mark}"
        return begin if begin == end else f"{begin}/{end}"

    @property
    def first_edtf(self) -> str:
        """Write its beginning."""
        return written(self.first, self.first_unit) + self.first_mark

    @property
    def last_edtf(self) -> str:
        """Write its end."""
        return written(self.last, self.last_unit) + self.last_mark

    def marked(self, mark: str) -> "Period":
        """Give the same period marked approximate (~) or uncertain (?); both together make %."""
        return replace(self, first_mark=joined(self.first_mark, mark), last_mark=joined(self.last_mark, mark))

    def under(self, rule: Rule) -> "Period":
        """Give the same period, decided by another house rule."""
        return replace(self, rule=rule, is_bare_year=False)


def joined(one: str, other: str) -> str:
    """Combine two EDTF marks."""
    return one if other in ("", one) else other if one == "" else "%"


def written(day: date, unit: str) -> str:
    """Write a day as EDTF at a unit: 2027, 2027-06 or 2027-06-15."""
    return day.isoformat()[: {YEAR: 4, MONTH: 7, DAY: 10}[unit]]


def day_of(year: int, month: int, day: int) -> Period:
    """Give one day; raises UnreadableDate where the month has no such day."""
    try:
        exact = date(year, month, day)
    except ValueError:
        raise UnreadableDate(f"There is no day {day} in month {month} of {year}: check the date.") from None
    return Period(exact, exact, "day", Rule.WHOLE)


def months(year: int, month: int, count: int, kind: str, rule: Rule = Rule.WHOLE) -> Period:
    """Give a number of whole months from a first one."""
    first = _date(year, month, 1)
    return Period(first, _month_end(shifted(first, months=count - 1)), kind, rule, MONTH, MONTH)


def years(first: int, last: int, kind: str, rule: Rule = Rule.WHOLE) -> Period:
    """Give whole years, from one to another."""
    return Period(_date(first, 1, 1), _date(last, 12, 31), kind, rule, YEAR, YEAR)


@lru_cache(maxsize=1000)
def year_of(number: int) -> Period:
    """Give one year."""
    return years(number, number, "year")


def decade_of(year: int) -> Period:
    """Give the decade that a year lies in."""
    return years(year // 10 * 10, year // 10 * 10 + 9, "decade", Rule.DECADE)


def century_of(year: int) -> Period:
    """Give the hundred years, from the one that ends in 00, that a year lies in."""
    return years(year // 100 * 100, year // 100 * 100 + 99, "century", Rule.CENTURY)


def calendar_unit(unit: str, day: date, offset: int = 0) -> Period:
    """Give the calendar unit around a day, or one so many before or after it."""
    if unit in ("day", "week"):
        first = shifted(day, days=-day.weekday() if unit == "week" else 0)
        first = shifted(first, days=offset * (7 if unit == "week" else 1))
        return Period(first, shifted(first, days=6 if unit == "week" else 0), unit, Rule.RELATIVE)
    if unit == "weekend":
        saturday = shifted(day, days=5 - day.weekday() + offset * 7)
        return Period(saturday, shifted(saturday, days=1), unit, Rule.RELATIVE)
    if unit == "decade":
        return decade_of(day.year + offset * 10).under(Rule.DECADE)
    if unit == "century":
        return century_of(day.year + offset * 100)
    if unit == "year":
        return year_of(day.year + offset).under(Rule.RELATIVE)
    length = MONTHS_IN[unit]
    start = shifted(date(day.year, (day.month - 1) // length * length + 1, 1), months=offset * length)
    return months(start.year, start.month, length, unit, Rule.RELATIVE)


def shifted(day: date, *, months: int = 0, days: int = 0) -> date:
    """Give a day so many months and days on; where that month has no such day, its last."""
    if abs(months) > 120000 or abs(days) > 4000000:
        raise UnreadableDate(BEYOND)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise UnreadableDate(BEYOND)
    try:
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + timedelta(days=days)
    except OverflowError:
        raise UnreadableDate(BEYOND) from None


def _date(year: int, month: int, day: int) -> date:
    if not 1 <= year <= 9999:
        raise UnreadableDate(BEYOND)
    return date(year, month, day)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
