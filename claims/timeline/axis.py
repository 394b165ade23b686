"""An axis of days: how far it reaches, where a day lies on it, and which days are labelled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.dateformat import format as written

YEAR = 365.25
# A few far-off days must not squash all others: beyond this many times the distance of most days they are cut off,
NEAR_ENOUGH = 4
# but never within so many days of today, and always beyond so many.
ALWAYS_SHOWN, NEVER_SHOWN = 40 * YEAR, 300 * YEAR
SHORTEST = 200
# Months from one label to the next.
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled day, in per cent of the axis; every other one may be left out where there is little room."""

    day: date
    x: float
    label: str
    is_spare: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of days; both its ends belong to it."""

    start: date
    end: date

    @classmethod
    def around(cls, days: Collection[date], today: date) -> Self:
        """The axis that shows today and these days, but for a few that lie very far from the others."""
        first, last = reach([day.toordinal() for day in days], today.toordinal())
        missing = max(0, SHORTEST - (last - first))
        room = missing // 2 + max(7, (last - first) // 40)
        return cls(_day(first - room), _day(last + room))

    def at(self, day: date) -> float:
        """Where a day lies, in per cent; days beyond either end lie on it."""
        share = (day - self.start).days / (self.end - self.start).days
        return round(min(1.0, max(0.0, share)) * 100, 2)

    def ticks(self, most: int = 10) -> list[Tick]:
        """The first days of months, years or decades that label the axis: as many as there is room for."""
        first, last = months(self.start) + 1, months(self.end)
        step = next((step for step in STEPS if (last - first) // step < most), STEPS[-1])
        days = [first_day(index) for index in range(-(-first // step) * step, last + 1, step)]
        has_years = sum(day.month == 1 for day in days) > 1
        return [
            Tick(
                day,
                self.at(day),
                label(day, step, is_first=number == 0),
                # Where room is scarce the years stay; among years (or months of one year) every other one.
                is_spare=day.month != 1 if has_years and step < 12 else number % 2 == 1 and len(days) > 4,
            )
            for number, day in enumerate(days)
        ]


def label(day: date, step: int, *, is_first: bool) -> str:
    """What stands at a tick: the year, or the month where ticks are closer than years."""
    if step % 12 == 0 or (day.month == 1 and not is_first):
        return str(day.year)
    return written(day, "M Y" if is_first else "M")


def reach(days: Sequence[int], today: int) -> tuple[int, int]:
    """The first and the last of the days (as ordinals) that an axis around today should show."""
    past, future = (sorted(d for d in side if d > 0) for side in ([today - d for d in days], [d - today for d in days]))
    return today - _furthest(past), today + _furthest(future)


def _furthest(distances: Sequence[int]) -> int:
    if not distances:
        return 0
    usual = distances[(len(distances) - 1) * 4 // 5]
    limit = min(NEVER_SHOWN, max(ALWAYS_SHOWN, NEAR_ENOUGH * usual))
    return max((distance for distance in distances if distance <= limit), default=0)


def months(day: date) -> int:
    """Months since the year 0: a number to count with."""
    return day.year * 12 + day.month - 1


def first_day(index: int) -> date:
    """The first day of a month counted that way, no further than the calendar goes."""
    index = min(max(index, 12), 9999 * 12 + 11)
    return date(index // 12, index % 12 + 1, 1)


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
