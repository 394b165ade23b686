"""How the desk says things: days, windows, where a claim stands."""

from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.dates import ProjectedDate, word
from claims.lifecycle import Status, Verdict
from claims.models import Claim, Review

DAY = "j F Y"
# Each has its own mark, so that nothing is told by colour alone.
MARKS: dict[str, str] = {
    Status.DRAFT: "◌",
    Status.OPEN: "○",
    Status.DUE: "◔",
    Status.WITHDRAWN: "⊘",
    Verdict.TRUE: "●",
    Verdict.PARTLY_TRUE: "◐",
    Verdict.FALSE: "✕",
    Verdict.UNVERIFIABLE: "–",
    Verdict.VOID: "–",
}
MARK = '<span class="mark mark-{}"><span aria-hidden="true">{}</span> {}</span>'


def day(on: date) -> str:
    """A day as people write it: 30 June 2026."""
    return date_format(on, DAY)


def window(projected: ProjectedDate) -> str:
    """The days that a projected date covers: until 30 June 2026."""
    if projected.start and projected.end:
        if projected.start == projected.end:
            return _("on %(day)s") % {"day": day(projected.end)}
        return _("from %(start)s to %(end)s") % {"start": day(projected.start), "end": day(projected.end)}
    if projected.end:
        return _("until %(end)s") % {"end": day(projected.end)}
    if projected.start:
        return _("from %(start)s, without an end") % {"start": day(projected.start)}
    return _("no day at all")


def dated(projected: ProjectedDate) -> str:
    """A projected date in words: by June 2026."""
    return word(projected, get_language() or "en")


def reading(phrase: str, projected: ProjectedDate, *, revisit_on: date | None, rule: str) -> str:
    """How a phrase was understood, in one sentence."""
    parts = [_("“%(phrase)s” is read as: %(window)s") % {"phrase": phrase, "window": window(projected)}]
    if revisit_on:
        parts.append(_("to be revisited on %(day)s") % {"day": day(revisit_on)})
    else:
        parts.append(_("choose the day to revisit it"))
    return "; ".join(parts) + (f" ({_('rule')} {rule})" if rule else "")


def projection(claim: Claim) -> SafeString:
    """How a claim's date was understood: in words, its days, its EDTF, its revisit day, and what it was at first."""
    lines = [
        (_("In words"), dated(claim.projected)),
        (_("Window"), window(claim.projected)),
        (_("EDTF"), claim.projected_date or "—"),
        (_("Revisit on"), day(claim.revisit_on) if claim.revisit_on else "—"),
    ]
    if claim.original_projected_date != claim.projected_date:
        lines.append((_("At first"), dated(claim.first_projected)))
    if claim.slip_days:
        lines.append((_("Slip"), ngettext("%+d day", "%+d days", claim.slip_days) % claim.slip_days))
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", lines)
    return format_html('<dl class="projection">{}</dl>', rows)


def standing(claim: Claim) -> SafeString:
    """Where a claim stands, as mark and word; of a resolved one its verdict."""
    review = claim.current_review
    key, label = (
        (review.verdict, review.get_verdict_display()) if review else (claim.status, claim.get_status_display())
    )
    return format_html(MARK, key, MARKS[key], label)


def verdict(review: Review) -> SafeString:
    """A verdict with its mark."""
    return format_html(MARK, review.verdict, MARKS[review.verdict], review.get_verdict_display())
