"""What a letter says at this moment: the claims it tells of that are still as they were when it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.dates import word
from claims.lifecycle import Schedule, Status
from claims.models import Citation, Claim, Letter, Notice, Occasion, Preference
from claims.notify.audience import followed_by

# Claims still due from earlier that a digest names; of the others it says how many they are.
MOST_EARLIER = 20
MOST_SOURCES = 5


@dataclass(frozen=True)
class Told:
    """One claim as a letter tells of it, with what there is to say of it, label and words."""

    statement: str
    facts: list[tuple[str, str]]
    links: list[tuple[str, str]]


@dataclass(frozen=True)
class Group:
    """Claims that are told for the same reason."""

    occasion: Occasion
    claims: list[Told]

    @property
    def heading(self) -> str:
        """How many they are and what befell them, as a sentence begins."""
        count = len(self.claims)
        words = {
            Occasion.DUE: ngettext("%(count)d claim fell due", "%(count)d claims fell due", count),
            Occasion.OVERDUE: ngettext("%(count)d claim is still due", "%(count)d claims are still due", count),
            Occasion.RESOLVED: ngettext("%(count)d claim was resolved", "%(count)d claims were resolved", count),
        }
        return words[self.occasion] % {"count": count}


@dataclass(frozen=True)
class Earlier:
    """What a digest recalls: claims that were told before and are still due."""

    claims: list[Told]
    more: int

    @property
    def heading(self) -> str:
        """Over the list."""
        return _("Still due from earlier")

    @property
    def and_more(self) -> str:
        """Under the list."""
        return ngettext("and %(count)d more", "and %(count)d more", self.more) % {"count": self.more}


@dataclass(frozen=True)
class Contents:
    """All that a letter tells."""

    groups: list[Group]
    earlier: Earlier | None = None

    @property
    def subject(self) -> str:
        """The claim where it is one, else how many they are; one line whatever the claim is called."""
        first = self.groups[0]
        if len(self.groups) > 1 or len(first.claims) > 1:
            return ", ".join(group.heading for group in self.groups)
        words = {
            Occasion.DUE: _("Due: %(statement)s"),
            Occasion.OVERDUE: _("Still due: %(statement)s"),
            Occasion.RESOLVED: _("Resolved: %(statement)s"),
        }
        return words[first.occasion] % {"statement": _shortened(first.claims[0].statement)}


def contents_of(letter: Letter, preference: Preference, now: datetime) -> Contents | None:
    """What is still to be told; None where nothing is."""
    citations: QuerySet[Citation] = Citation.objects.select_related("article__source").defer("article__text")
    notices = list(
        Notice.objects.standing()
        .filter(letter=letter)
        .select_related("claim__claimant", "claim__current_review")
        .prefetch_related(Prefetch("claim__citations", citations))
        .order_by("claim__revisit_on", "pk")
    )
    if not notices:
        return None
    today = timezone.localdate(now)
    groups = [
        Group(occasion, claims)
        for occasion in Occasion
        if (claims := [_told(notice.claim, today) for notice in notices if notice.occasion == occasion])
    ]
    named = {notice.claim_id for notice in notices}
    return Contents(groups, _earlier(preference, named, today) if letter.is_digest else None)


def _earlier(preference: Preference, named: set[int], today: date) -> Earlier | None:
    put_off = preference.person.snoozes.filter(until__gt=today).values("claim")
    due = followed_by(preference).filter(status=Status.DUE).exclude(Q(pk__in=named) | Q(pk__in=put_off))
    claims = [_recalled(claim, today) for claim in due.order_by("revisit_on", "pk")[:MOST_EARLIER]]
    more = due.order_by().count() - MOST_EARLIER if len(claims) == MOST_EARLIER else 0
    return Earlier(claims, max(more, 0)) if claims else None


def _told(claim: Claim, today: date) -> Told:
    facts = [(label, words) for label, words in _facts(claim, today) if words]
    return Told(claim.statement, [*facts, *_since(claim, today)], [_desk(claim), (_("Read"), _address(claim))])


def _recalled(claim: Claim, today: date) -> Told:
    """In short: the rest was told when it fell due."""
    return Told(claim.statement, _since(claim, today), [_desk(claim)])


def _facts(claim: Claim, today: date) -> Iterator[tuple[str, str]]:
    yield _("Verdict"), claim.current_review.get_verdict_display() if claim.current_review else ""
    yield _("Said by"), f"{claim.claimant}, {_day(claim.made_on)}"
    in_words = word(claim.projected, get_language() or "en") if claim.projected_date else ""
    yield _("Projected for"), claim.projected_phrase or in_words
    label = _("Window closed on") if claim.schedule(today) == Schedule.OVERDUE else _("Window closes on")
    yield label, _day(claim.projected_to) if claim.projected_to else ""
    yield _("Carried by"), _names(claim)


def _since(claim: Claim, today: date) -> list[tuple[str, str]]:
    """For how long it has been due; there is nothing to say of it on the day itself."""
    if claim.status != Status.DUE or claim.flagged_at is None:
        return []
    since = timezone.localdate(claim.flagged_at)
    days = (today - since).days
    told = ngettext("%(days)d day, since %(day)s", "%(days)d days, since %(day)s", days)
    return [(_("Due for"), told % {"days": days, "day": _day(since)})] if days > 0 else []


def _desk(claim: Claim) -> tuple[str, str]:
    label = _("Revisit") if claim.status == Status.DUE else _("At the desk")
    return label, f"{settings.BASE_URL}{reverse('admin:claims_claim_change', args=[claim.pk])}"


def _address(claim: Claim) -> str:
    return f"{settings.BASE_URL}{claim.get_absolute_url()}"


def _day(on: date) -> str:
    return date_format(on, "j F Y")


def _names(claim: Claim) -> str:
    names = list(dict.fromkeys(citation.article.source.name for citation in claim.citations.all()))
    more = len(names) - MOST_SOURCES
    return ", ".join(names[:MOST_SOURCES]) + (_(" and %(count)d more") % {"count": more} if more > 0 else "")


def _shortened(statement: str, most: int = 90) -> str:
    words = " ".join(statement.split())
    return words if len(words) <= most else f"{words[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
