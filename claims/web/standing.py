"""Where a claim stands, in a reader's words."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.lifecycle import Status, Verdict
from claims.models import Claim
from claims.timeline import standing_of

# Each has a drawing of its own (claims/sprite.html); the two that say "nobody can tell" share a dash.
MARKS = {Verdict.VOID.value: Verdict.UNVERIFIABLE.value}
DAYS_UNTIL_YEARS = 2 * 365


def name(code: str) -> str:
    """The short name of a standing."""
    names: dict[str, str] = {
        Status.OPEN: _("Open"),
        Status.DUE: _("Due"),
        Status.WITHDRAWN: _("Withdrawn"),
        Verdict.TRUE: _("True"),
        Verdict.PARTLY_TRUE: _("Partly true"),
        Verdict.FALSE: _("False"),
        Verdict.UNVERIFIABLE: _("Unverifiable"),
        Verdict.VOID: _("Void"),
    }
    return names[code]


def mark(code: str) -> str:
    """The name of the drawing that goes with it."""
    return MARKS.get(code, code)


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing as it is shown: its code (for colours), its drawing and its words."""

    code: str
    mark: str
    name: str
    words: str

    @classmethod
    def of(cls, claim: Claim, today: date) -> Self:
        """The standing of the claim."""
        code = standing_of(claim.status, claim.verdict)
        words = {Status.OPEN.value: open_words, Status.DUE.value: due_words}.get(code)
        return cls(code, mark(code), name(code), words(claim, today) if words else name(code))


def open_words(claim: Claim, today: date) -> str:
    """How long the window of an open claim still lasts, or when it is looked at again."""
    end, revisit = claim.projected_to, claim.revisit_on
    if end is not None and end == today:
        return _("Open, last day today")
    if end is not None and end > today:
        return _("Open, %(left)s left") % {"left": distance((end - today).days)}
    if revisit is not None and revisit > today:
        return _("Open, to be revisited on %(day)s") % {"day": written(revisit, "j M Y")}
    return _("Open, to be revisited now")


def due_words(claim: Claim, today: date) -> str:
    """Since when a claim has been waiting."""
    since = claim.revisit_on
    if since is None or since > today:
        since = timezone.localdate(claim.flagged_at) if claim.flagged_at else today
    return _("Due for revisiting since %(day)s") % {"day": written(since, "j M Y")}


def distance(days: int) -> str:
    """A number of days in words, in whole years where there are many."""
    if days < DAYS_UNTIL_YEARS:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    years = int(days / 365.25)
    return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
