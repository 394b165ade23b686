"""Distances in time: “five years”, “18 months”, “a year or two”, counted from the day a claim was made."""

from dataclasses import dataclass
from datetime import date

from .house_rules import Rule
from .periods import DAY, MONTH, MONTHS_IN, QUARTER, YEAR, Period, calendar_unit, shifted
from .unreadable import UnreadableDate

_DAYS_IN = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Distance:
    """A number of days or months, or two of them; `grain` is how finely it was said."""

    low: int
    high: int
    is_months: bool
    grain: str
    is_several: bool = False
    mark: str = ""

    def after(self, made_on: date) -> Period:
        """Give the year, month or day that lies so far after a day."""
        return self._period(made_on, self.low, self.high)

    def ago(self, made_on: date) -> Period:
        """Give the year, month or day that lies so far before a day."""
        return self._period(made_on, -self.high, -self.low)

    def limit(self, made_on: date) -> date:
        """Give the last day that is no further away."""
        return self._moved(made_on, self.high)

    def _period(self, made_on: date, low: int, high: int) -> Period:
        start, end = self._moved(made_on, low), self._moved(made_on, high)
        if self.grain == YEAR:
            start, end = start.replace(month=1, day=1), end.replace(month=12, day=31)
        elif self.grain == QUARTER:
            start, end = calendar_unit(QUARTER, start).first, calendar_unit(QUARTER, end).last
        elif self.grain == MONTH:
            start, end = start.replace(day=1), shifted(end.replace(day=1), months=1, days=-1)
        unit = MONTH if self.grain == QUARTER else self.grain
        kind = self.grain if low == high else "range"
        period = Period(start, end, kind, Rule.DISTANCE, unit, unit)
        return period.marked(self.mark) if self.mark else period

    def _moved(self, made_on: date, count: int) -> date:
        return shifted(made_on, months=count) if self.is_months else shifted(made_on, days=count)


def distance(unit: str, low: int, high: int | None = None, *, halves: int = 0) -> Distance:
    """Give a distance of whole units, plus so many halves of one."""
    high = low if high is None else high
    if low > high or high > 9999:
        raise UnreadableDate("That number of years, months or days cannot be counted: check it.")
    if unit in _DAYS_IN:
        size = _DAYS_IN[unit]
        return Distance(low * size + halves * size // 2, high * size + halves * size // 2, is_months=False, grain=DAY)
    size = MONTHS_IN[unit]
    is_whole_years = size % 12 == 0 and (low * size + halves * size // 2) % 12 == 0
    grain = QUARTER if unit == QUARTER else YEAR if is_whole_years else MONTH
    return Distance(low * size + halves * size // 2, high * size + halves * size // 2, is_months=True, grain=grain)
