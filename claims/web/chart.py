"""The histogram as shapes: stacked bars of fixed height that are links to what they count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.filters import Query
from claims.timeline import STANDINGS, Bin, Histogram, Tally
from claims.web.standing import name

HEIGHT = 88
# A single claim among a million is still a line.
LOWEST = 2
MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Block:
    """The part of a bar that has one standing; in pixels from the top."""

    code: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A bin's bar; `x` and `width` in per cent, `cut` a sign on one that holds what lies beyond the chart."""

    x: float
    width: float
    words: str
    query: str
    blocks: list[Block]
    cut: str


@dataclass(frozen=True, slots=True)
class Caption:
    """A label under the bars; every other one may be left out where there is little room."""

    x: float
    text: str
    is_spare: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws."""

    columns: list[Column]
    captions: list[Caption]
    today: float
    summary: str
    height: int = HEIGHT


def draw(tallies: Sequence[Tally], query: Query, today: date) -> Chart | None:
    """The chart of the tallies; None where there is nothing to draw."""
    if not tallies:
        return None
    histogram = Histogram(tallies, today)
    pitch = 100 / len(histogram.bins)
    gap = min(pitch * 0.24, 0.6)
    columns = [
        Column(
            x=round(number * pitch + gap / 2, 3),
            width=round(pitch - gap, 3),
            words=_words(bin_),
            query=_within(query, bin_),
            blocks=_blocks(bin_, histogram.highest),
            cut="‹‹" if bin_.first is None else "››" if bin_.last is None else "",
        )
        for number, bin_ in enumerate(histogram.bins)
        if bin_.total
    ]
    return Chart(columns, _captions(histogram, pitch), round(histogram.today, 2), _summary(histogram))


def _blocks(bin_: Bin, highest: int) -> list[Block]:
    """From the ground up: what is settled first, what is open on top."""
    blocks: list[Block] = []
    y = float(HEIGHT)
    for code in reversed(STANDINGS):
        if count := bin_.counts.get(code):
            height = max(LOWEST, round(count / highest * (HEIGHT - 4), 1))
            y = max(0.0, round(y - height, 1))
            blocks.append(Block(code, y, height))
    return blocks


def _captions(histogram: Histogram, pitch: float) -> list[Caption]:
    starts = [number for number in range(len(histogram.bins)) if histogram.starts_year(number)]
    if len(starts) < 2:
        starts = list(range(len(histogram.bins)))
    every = -(-len(starts) // MOST_LABELS)
    kept = [number for number in starts[::every] if number * pitch < 97]
    return [
        Caption(round(number * pitch, 2), histogram.label_of(number), is_spare=place % 2 == 1 and len(kept) > 4)
        for place, number in enumerate(kept)
    ]


def _words(bin_: Bin) -> str:
    counted = ngettext("%(n)s claim", "%(n)s claims", bin_.total) % {"n": bin_.total}
    each = ", ".join(f"{bin_.counts[code]} {name(code).lower()}" for code in STANDINGS if bin_.counts.get(code))
    return f"{_stretch(bin_)}: {counted} ({each})"


def _stretch(bin_: Bin) -> str:
    if bin_.first is None:
        return _("%(label)s and earlier") % {"label": bin_.label}
    return bin_.label if bin_.last is not None else _("%(label)s and later") % {"label": bin_.label}


def _summary(histogram: Histogram) -> str:
    filled = [f"{_stretch(bin_)} {bin_.total}" for bin_ in histogram.bins if bin_.total]
    return _("Claims by the day their window ends: %(bins)s") % {"bins": ", ".join(filled)}


def _within(query: Query, bin_: Bin) -> str:
    edges = {"from": bin_.first, "to": bin_.last}
    return query.string(**{parameter: day.isoformat() if day else None for parameter, day in edges.items()})
