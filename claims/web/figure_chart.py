"""Figures of one metric drawn over time, where a claim has several of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from claims.dates import ProjectedDate, UnreadableDate
from claims.models import Figure
from claims.timeline import Axis
from claims.web.quantities import amount, in_words

HEIGHT = 190
TOP = 30
MOST_LINES = 4
# Captions closer than this would run into each other; in per cent.
NEAREST = 9


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on the chart: `x` in per cent, `y` in pixels from the top."""

    x: float
    y: float
    role: str
    words: str
    period: str
    anchor: str
    is_below: bool
    is_captioned: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A horizontal line and its value."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class FigureChart:
    """All that is drawn of a metric."""

    metric: str
    points: list[Point]
    lines: list[Line]
    segments: list[tuple[Point, Point]]
    today: float | None
    height: int = HEIGHT

    @property
    def summary(self) -> str:
        """The chart as a sentence."""
        said = "; ".join(f"{point.period}: {point.words}" for point in self.points)
        return f"{self.metric}: {said}"


def charts(figures: Iterable[Figure], today: date) -> list[FigureChart]:
    """A chart for each metric and unit that has at least two figures with periods that can be read."""
    found = []
    ordered = sorted(figures, key=lambda figure: (figure.metric, figure.unit))
    for (metric, unit), group in groupby(ordered, key=lambda figure: (figure.metric, figure.unit)):
        dated = [(day, figure) for figure in group if (day := _middle(figure.period))]
        if len({day for day, _figure in dated}) >= 2 and all(figure.value >= 0 for _day, figure in dated):
            found.append(_chart(metric, unit, sorted(dated, key=lambda pair: pair[0]), today))
    return found


def _chart(metric: str, unit: str, dated: Sequence[tuple[date, Figure]], today: date) -> FigureChart:
    first, last = dated[0][0], dated[-1][0]
    room = max((last - first) // 4, timedelta(days=60))
    # More on the left, where the values of the lines stand.
    axis = Axis(max(first, date.min + room) - room, min(last, date.max - room // 2) + room // 2)
    step = _step(max(figure.value for _day, figure in dated))
    highest = step * MOST_LINES
    points: list[Point] = []
    for day, figure in dated:
        points.append(_point(axis.at(day), figure, highest, points))
    return FigureChart(
        metric=metric,
        points=points,
        lines=[Line(_y(step * n, highest), amount(step * n, unit) if n else "0") for n in range(MOST_LINES + 1)],
        segments=list(pairwise(points)),
        today=axis.at(today) if axis.start < today < axis.end else None,
    )


def _point(x: float, figure: Figure, highest: Decimal, before: Sequence[Point]) -> Point:
    captioned = next((point.x for point in reversed(before) if point.is_captioned), -NEAREST)
    return Point(
        x=x,
        y=_y(figure.value, highest),
        role=figure.role,
        words=_("%(figure)s, %(role)s") % {"figure": in_words(figure), "role": figure.get_role_display().lower()},
        period=figure.period,
        anchor="start" if x < 40 else "end" if x > 60 else "middle",
        # The first stands below its point, out of the way of the line that rises from it.
        is_below=not before and figure.value > 0,
        is_captioned=x - captioned >= NEAREST,
    )


def _y(value: Decimal, highest: Decimal) -> float:
    return round(HEIGHT - float(value / highest) * (HEIGHT - TOP), 1) if highest else float(HEIGHT)


def _step(highest: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten of which a few reach the highest value."""
    power = Decimal(10) ** ((highest / MOST_LINES).adjusted() if highest else 0)
    return next(power * Decimal(n) for n in ("1", "2", "2.5", "5", "10") if power * Decimal(n) * MOST_LINES >= highest)


def _middle(period: str) -> date | None:
    """The middle of a period written as a date; None for any other words."""
    try:
        window = ProjectedDate.from_edtf(period) if period else None
    except UnreadableDate:
        return None
    if window is None or window.start is None or window.end is None:
        return None
    return window.start + (window.end - window.start) // 2
