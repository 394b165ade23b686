"""Builders that language tables share: parts, distances, relative units, weekdays and refusals."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from . import distances
from .counting import within_coming
from .distances import Distance
from .grammar import Moment, Unread
from .house_rules import Rule
from .meaning import Answer, by, parts_of, span, within
from .periods import Period, calendar_unit, decade_of, shifted
from .slices import Slice

FISCAL = (
    "Fiscal and school years differ from place to place and are not read: write the months, such as “July 2026 "
    "to June 2027”."
)
FEAST = "Feasts and holidays are not read: write the day, such as “25 December 2027”."
SEASON = "Seasons differ from place to place and are not read: write the months, such as “June to August 2027”."
PAST = "A stretch of past time is not a projected date: write the day it ended."


def third(number: int, *, is_end: bool = False) -> Callable[[Moment], Slice]:
    """Make a builder for early (1), mid (2) or late (3); `is_end` where it was said as “the end of”."""
    part = Slice("third", number, rule=Rule.END_OF if is_end else None)
    return lambda _: part


def cut(kind: str, *, is_sure: bool = False) -> Callable[[Moment, int], Slice]:
    """Make a builder for the nth quarter, half or week; `is_sure` where it may stand in a text without its year."""
    return lambda _, number: Slice(kind, number, is_sure=is_sure)


def opening(kind: str, *, closing: bool = False) -> Callable[[Moment, int], Slice]:
    """Make a builder for the first (or last) n months or years."""
    return lambda _, number: Slice(kind, number, day=int(closing))


def edge(number: int) -> Callable[[Moment], Slice]:
    """Make a builder for the first or the last day of a period."""
    return lambda _: Slice("edge", number)


def day_month(_: Moment, *parts: Any) -> Slice:
    """Build 15 June, or Tuesday 15 June."""
    *_weekday, day, month = parts
    return Slice("month", month.number, day, month.is_sure)


def month_day(moment: Moment, *parts: Any) -> Slice:
    """Build June 15, or Tuesday June 15."""
    *_weekday, month, day = parts
    return day_month(moment, day, month)


def first_of_month(_: Moment, month: Slice) -> Slice:
    """Build the first of July."""
    return Slice("month", month.number, 1)


def quarters_of(moment: Moment, first: int, last: int, whole: Period) -> Period | None:
    """Build the first or second quarter of 2027."""
    return parts_of(moment, Slice("quarter", first), Slice("quarter", last), whole)


def days_month(moment: Moment, first: int, last: int, month: Slice, whole: Period) -> Period | None:
    """Build 15-20 June 2027."""
    begin, end = day_month(moment, first, month).of(whole), day_month(moment, last, month).of(whole)
    return span(moment, begin, end) if begin and end else None


def month_days(moment: Moment, month: Slice, first: int, last: int, whole: Period) -> Period | None:
    """Build June 15-20, 2027."""
    return days_month(moment, first, last, month, whole)


def counted(_: Moment, number: int, unit: str) -> Distance:
    """Build five years."""
    return distances.distance(unit, number)


def spread(_: Moment, low: int, high: int, unit: str) -> Distance:
    """Build five to ten years."""
    return distances.distance(unit, low, high)


def half_more(_: Moment, number: int, unit: str) -> Distance:
    """Build two and a half years."""
    return distances.distance(unit, number, halves=1)


def one(_: Moment, unit: str) -> Distance:
    """Build a year."""
    return distances.distance(unit, 1)


def one_and_a_half(_: Moment, unit: str) -> Distance:
    """Build a year and a half."""
    return distances.distance(unit, 1, halves=1)


def one_or_two(_: Moment, unit: str) -> Distance:
    """Build a year or two."""
    return distances.distance(unit, 1, 2)


def half_of(_: Moment, unit: str) -> Distance:
    """Build half a decade."""
    return distances.distance(unit, 0, halves=1)


def times(number: int) -> Callable[[Moment, str], Distance]:
    """Make a builder for a fixed number of units: a couple of years, a dozen years."""
    return lambda _, unit: distances.distance(unit, number)


def several(_: Moment, unit: str) -> Distance:
    """Build a few years: how many is not said."""
    return replace(distances.distance(unit, 1), is_several=True)


def roughly(_: Moment, reach: Distance) -> Distance:
    """Build about five years."""
    return replace(reach, mark="~")


def unit_around(offset: int) -> Callable[[Moment, str], Period]:
    """Make a builder for this year (0), next year (1), last year (-1)."""
    return lambda moment, unit: calendar_unit(unit, moment.made_on, offset)


def this_unit(moment: Moment, unit: str) -> Period | None:
    """Build “the year” in “the end of the year”; the end of the day is an idiom."""
    return None if unit == "day" else calendar_unit(unit, moment.made_on)


def fixed(unit: str, offset: int) -> Callable[[Moment], Period]:
    """Make a builder for tomorrow, the year after next."""
    return lambda moment: calendar_unit(unit, moment.made_on, offset)


def third_of(unit: str, number: int) -> Callable[..., Period | None]:
    """Make a builder for mid-year and year-end, of a year given or of this one."""
    part = Slice("third", number, rule=Rule.END_OF)

    def build(moment: Moment, whole: Period | None = None) -> Period | None:
        period = part.of(whole or calendar_unit(unit, moment.made_on))
        return replace(period, needs_relation=whole is None) if period else None

    return build


def weekday(offset: int) -> Callable[[Moment, int], Period]:
    """Make a builder for Friday (0: today or the next), next Friday (1: after today), last Friday (-1)."""

    def build(moment: Moment, number: int) -> Period:
        ahead = (number - moment.made_on.weekday()) % 7
        if offset > 0 and ahead == 0:
            ahead = 7
        if offset < 0:
            ahead -= 7
        day = shifted(moment.made_on, days=ahead)
        return Period(day, day, "day", Rule.YEARLESS, needs_relation=offset == 0)

    return build


def weekday_in_figures(moment: Moment, weekday: int, day: int, month: int) -> Period | None:
    """Build “Rabu (12/8)”: the nearest year in which that day falls on that weekday."""
    days = []
    for year in range(moment.made_on.year - 1, moment.made_on.year + 2):
        with suppress(ValueError):
            days.append(date(year, month, day))
    fitting = [found for found in days if found.weekday() == weekday]
    if not fitting:
        return None
    nearest = min(fitting, key=lambda found: abs(found - moment.made_on))
    return Period(nearest, nearest, "day", Rule.YEARLESS)


def weekend(moment: Moment) -> Period:
    """Build a weekend that is not said to be this or the next one: no date without a relation."""
    return replace(calendar_unit("weekend", moment.made_on), is_sure=False)


def decade_in(_: Moment, year: Period) -> Period | None:
    """Build “dekade 2030”."""
    return decade_of(year.first.year) if year.first.year % 10 == 0 else None


def some(unit: str) -> Callable[[Moment, Period], Period | None]:
    """Make a builder for “some month in 2027”: EDTF with unspecified digits."""

    def build(_: Moment, whole: Period) -> Period | None:
        if whole.kind not in ("year", "month") or whole.first_mark or whole.spelled:
            return None
        if whole.kind == "month" and unit == "month":
            return None
        digits = "-XX-XX" if whole.kind == "year" and unit == "day" else "-XX"
        return replace(whole, spelled=whole.first_edtf + digits, rule=Rule.WHOLE, is_bare_year=False)

    return build


def some_day_of_month(moment: Moment, month: Slice, year: Period) -> Period | None:
    """Build “some day in June 2027”."""
    whole = month.of(year)
    return some("day")(moment, whole) if whole else None


def by_year_end(moment: Moment, year: Period | None = None) -> Answer:
    """Build “by year-end”, of a year given or of this one."""
    return by(moment, year or calendar_unit("year", moment.made_on))


def in_this_unit(moment: Moment, unit: str) -> Answer:
    """Build “within the year”: what is left of it."""
    return within(moment, calendar_unit(unit, moment.made_on))


def refused(reason: str) -> Callable[..., Unread]:
    """Make a builder for a kind of date that is not read."""
    return lambda *_: Unread(reason)


def next_unit(moment: Moment, unit: str) -> Answer:
    """Build “over the next year”: within one from now; “in the next quarter” is the calendar's."""
    if unit in ("quarter", "weekend"):
        return within(moment, calendar_unit(unit, moment.made_on, 1))
    return within_coming(moment, distances.distance(unit, 1))
