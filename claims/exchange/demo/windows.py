"""Projected dates of every precision, each as phrase, EDTF and revisit day."""

from calendar import month_name
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from claims.dates import ProjectedDate

Written = tuple[str, str]
FIRST, LAST = date(2015, 1, 1), date(2060, 12, 31)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A projected date as a newsroom logs it."""

    phrase: str
    projected: ProjectedDate
    revisit_on: date


def _day(on: date) -> Written:
    return f"on {on.day} {month_name[on.month]} {on.year}", on.isoformat()


def _month(on: date) -> Written:
    return f"in {month_name[on.month]} {on.year}", f"{on:%Y-%m}"


def _months(on: date, length: int) -> tuple[int, str]:
    """Which stretch of so many months of its year the day lies in, from 0, and its EDTF."""
    number = (on.month - 1) // length
    return number, f"{on.year}-{number * length + 1:02}/{on.year}-{number * length + length:02}"


def _quarter(on: date) -> Written:
    number, edtf = _months(on, 3)
    return f"Q{number + 1} {on.year}", edtf


def _half(on: date) -> Written:
    number, edtf = _months(on, 6)
    return f"H{number + 1} {on.year}", edtf


def _third(on: date) -> Written:
    number, edtf = _months(on, 4)
    return f"{('early', 'mid', 'late')[number]} {on.year}", edtf


# How each is written for the day in it, and how many of a hundred claims are written so.
SHAPES: tuple[tuple[Callable[[date], Written], int], ...] = (
    (lambda on: (f"in {on.year}", f"{on.year}"), 24),
    (lambda on: (f"by {on.year}", f"../{on.year}"), 14),
    (lambda on: (f"by {month_name[on.month]} {on.year}", f"../{on:%Y-%m}"), 6),
    (_month, 12),
    (_quarter, 12),
    (_half, 7),
    (_third, 7),
    (_day, 7),
    (lambda on: (f"the {on.year // 10}0s", f"{on.year // 10}X"), 3),
    (lambda on: (f"around {on.year}", f"{on.year}~"), 4),
    (lambda on: (f"no earlier than {on.year}", f"{on.year}/.."), 2),
    (lambda _on: ("in the coming years", ""), 2),
)
WAYS, WEIGHTS = zip(*SHAPES, strict=True)


def window(rng: Random, first: date, last: date, *, is_near: bool = False) -> Window:
    """A window that ends, or is to be revisited where it never ends, from the day after `first` to that after `last`.

    `is_near`: the closer to the first day the likelier, as most forecasts reach a few years only.
    """
    share = rng.random()
    on = first + timedelta(days=int(((last - first).days + 1) * (share * share if is_near else share)))
    phrase, edtf = rng.choices(WAYS, WEIGHTS)[0](on)
    projected = _read(edtf)
    if projected.end is None:
        return Window(phrase, projected, on + ONE_DAY)
    if not first <= projected.end <= last:
        phrase, edtf = _day(on)
        projected = _read(edtf)
    return Window(phrase, projected, (projected.end or on) + ONE_DAY)


@lru_cache(4096)
def _read(edtf: str) -> ProjectedDate:
    return ProjectedDate(edtf)
