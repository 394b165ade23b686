"""The projected date of one claim in sentences: as printed, as read, by which rule, and when it is looked at again."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.dateformat import format as written
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.dates import UnreadableDate, read_phrase, word
from claims.models import Claim
from claims.web.standing import distance

LONG = "j F Y"


@dataclass(frozen=True, slots=True)
class Projection:
    """What a reader is told of the date; any of it may be empty."""

    words: str
    phrase: str
    window: str
    rule: str
    first: str
    slip: str

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """The projection of the claim."""
        words = projected_words(claim)
        phrase = claim.projected_phrase if claim.projected_phrase not in {words, claim.projected_date} else ""
        moved = claim.original_projected_date not in {"", claim.projected_date}
        return cls(
            words=words,
            phrase=phrase,
            window=window_words(claim.projected_from, claim.projected_to),
            rule=rule_of(claim),
            first=word(claim.first_projected) if moved else "",
            slip=slip_words(claim.slip_days) if moved else "",
        )


def projected_words(claim: Claim) -> str:
    """The projected date in the page's language; a claim whose article gives none says so."""
    if not claim.projected_date and not claim.projected_phrase:
        return _("no date given")
    return word(claim.projected, get_language() or "en")


def window_words(first: date | None, last: date | None) -> str:
    """The window's days: 1 January to 31 December 2027."""
    if first is None:
        if last is None:
            return ""
        return _("until %(last)s") % {"last": written(last, LONG)}
    if last is None:
        return _("from %(first)s on") % {"first": written(first, LONG)}
    if first == last:
        return written(first, LONG)
    short = "j F" if first.year == last.year else LONG
    return _("%(first)s to %(last)s") % {"first": written(first, short), "last": written(last, LONG)}


def rule_of(claim: Claim) -> str:
    """The number of the house rule by which the phrase was read; empty where it was not read from a phrase."""
    if not claim.projected_phrase:
        return ""
    try:
        reading = read_phrase(claim.projected_phrase, made_on=claim.made_on, language=claim.language)
    except UnreadableDate:
        return ""
    return reading.rule if reading.date.edtf == claim.projected_date else ""


def slip_words(days: int) -> str:
    """How far the claimant moved the date."""
    if days < 0:
        return ngettext("brought forward %(n)s day", "brought forward %(n)s days", -days) % {"n": -days}
    return ngettext("slipped %(n)s day", "slipped %(n)s days", days) % {"n": days} if days else ""


def ahead(day: date, today: date) -> str:
    """How far off a day is: in 405 days, tomorrow, today, 3 days ago."""
    days = (day - today).days
    if days in {0, 1}:
        return _("tomorrow") if days else _("today")
    near = abs(days) < 2 * 366
    words = ngettext("%(n)s day", "%(n)s days", abs(days)) % {"n": abs(days)} if near else distance(abs(days))
    return (_("in %(distance)s") if days > 0 else _("%(distance)s ago")) % {"distance": words}
