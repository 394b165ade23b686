"""The rows of the timeline: what is written and drawn of each claim."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from claims.chain import Chain
from claims.models import Claim, Source
from claims.timeline import Axis, Mark
from claims.timeline.marks import days_of
from claims.web.projection import projected_words, slip_words
from claims.web.quantities import spellings
from claims.web.standing import Standing

LONGEST_TAG = 44


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a statement; figures in it are marked."""

    text: str
    is_figure: bool


def parts_of(claim: Claim) -> list[Part]:
    """The statement cut where its figures stand in it."""
    known = {spelling for figure in claim.figures.all() for spelling in spellings(figure)}
    if not known:
        return [Part(claim.statement, is_figure=False)]
    # The longest first: "$20 billion" before "$20".
    ways = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pieces = re.split(rf"(?<!\w)(?<!\d[.,])({ways})(?!\w|[.,]\d)", claim.statement)
    return [Part(piece, is_figure=number % 2 == 1) for number, piece in enumerate(pieces) if piece]


class Row:
    """One claim on the timeline."""

    def __init__(self, claim: Claim, axis: Axis, today: date) -> None:
        self.claim = claim
        self.mark = Mark.of(claim, axis)
        self.standing = Standing.of(claim, today)
        self.parts = parts_of(claim)

    @cached_property
    def chains(self) -> list[list[Source]]:
        """The outlets that carried it, origin first."""
        return Chain(list(self.claim.citations.all())).lines

    @cached_property
    def tag(self) -> str:
        """The projected date in words, with the slip where it was moved."""
        words = projected_words(self.claim)
        words = words if len(words) <= LONGEST_TAG else words[:LONGEST_TAG].rstrip() + "…"
        return f"{words} · {self.slip}" if self.slip else words

    @property
    def slip(self) -> str:
        """How far the claimant moved the date; empty where the ends cannot be compared."""
        return slip_words(self.claim.slip_days)

    @property
    def dates_in_words(self) -> str:
        """Everything that the drawing says, as a sentence."""
        said = _("Said on %(day)s") % {"day": written(self.claim.made_on, "j F Y")}
        return _("%(said)s, projected for: %(when)s.") % {"said": said, "when": self.tag}

    @property
    def anchor(self) -> str:
        """Which end of the tag hangs on the bar: the one that the date is about, unless it would run off the page."""
        bar = self.mark.window
        if bar.end > 78 or bar.fade == "in":
            return "end" if bar.end > 22 else "start"
        return "start" if bar.x < 22 or bar.fade == "out" else "middle"

    @property
    def tag_x(self) -> float:
        """Where the tag hangs, in per cent."""
        bar = self.mark.window
        return {"start": bar.x, "end": bar.end}.get(self.anchor, bar.middle)


def rows_of(claims: Sequence[Claim], today: date) -> tuple[Axis, list[Row]]:
    """The rows, and the axis that they share."""
    axis = Axis.around([day for claim in claims for day in days_of(claim)], today)
    return axis, [Row(claim, axis, today) for claim in claims]
