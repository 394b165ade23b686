"""The mark of one claim: the day it was said, the flight to its window, and the window with soft or hard ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from claims.models import Claim
from claims.timeline.axis import Axis

# A window of a day stays visible on an axis of decades.
NARROWEST = 1.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A window on the axis, in per cent; `fade` says which of its ends are soft: in, out, both, or none."""

    x: float
    width: float
    fade: str = ""

    @classmethod
    def between(cls, axis: Axis, first: date, last: date, fade: str = "") -> Self:
        """The bar from the first day to the last, wide enough to be seen and never off the axis."""
        x, end = axis.at(first), axis.at(last + timedelta(days=1) if last < date.max else last)
        width = max(NARROWEST, end - x)
        if end - x < NARROWEST:
            x = (x + end - NARROWEST) / 2
        return cls(round(min(max(x, 0.0), 100 - width), 2), round(width, 2), fade)

    @property
    def end(self) -> float:
        """Where it ends."""
        return round(self.x + self.width, 2)

    @property
    def middle(self) -> float:
        """Where its label hangs."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn of a claim on an axis; all places in per cent."""

    said: float
    window: Bar
    first_window: Bar | None
    flight_to: float
    is_undated: bool
    is_cut_before: bool
    is_cut_after: bool

    @classmethod
    def of(cls, claim: Claim, axis: Axis) -> Self:
        """The mark of the claim."""
        start, end = extent(claim)
        window = Bar.between(axis, start, end, _fade(claim))
        said = axis.at(claim.made_on)
        return cls(
            said=said,
            window=window,
            first_window=_first_window(claim, axis),
            flight_to=window.end if window.fade == "in" else _nearest(said, window),
            is_undated=claim.projected_from is None and claim.projected_to is None,
            is_cut_before=min(start, claim.made_on) < axis.start,
            is_cut_after=max(end, claim.made_on) > axis.end,
        )


def extent(claim: Claim) -> tuple[date, date]:
    """The first and last day of the bar: an open start begins when it was said, an open end runs to the revisit day."""
    start = claim.projected_from or min(claim.made_on, claim.projected_to or claim.made_on)
    end = claim.projected_to or max(claim.revisit_on or start, start)
    return start, end


def days_of(claim: Claim) -> list[date]:
    """The days that an axis should reach to show the claim."""
    first = claim.first_projected
    return [claim.made_on, *extent(claim), *(day for day in (first.start, first.end) if day)]


def _fade(claim: Claim) -> str:
    if claim.projected_date and (claim.projected.is_approximate or claim.projected.is_uncertain):
        return "both"
    is_open = (claim.projected_from is None, claim.projected_to is None)
    return {(True, True): "both", (True, False): "in", (False, True): "out"}.get(is_open, "")


def _first_window(claim: Claim, axis: Axis) -> Bar | None:
    first = claim.first_projected
    if claim.original_projected_date in {"", claim.projected_date}:
        return None
    start = first.start or min(claim.made_on, first.end or claim.made_on)
    return Bar.between(axis, start, first.end or start)


def _nearest(said: float, window: Bar) -> float:
    """Where the flight lands: the near end of the window, or nowhere where it was said inside."""
    return window.x if said < window.x else min(said, window.end)
