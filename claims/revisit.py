"""What a newsroom does with a published claim: publish, postpone, reschedule, review, reopen, withdraw."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims.dates import ProjectedDate
from claims.lifecycle import NEGATIVE, EventKind, Status, Verdict, check
from claims.logbook import check_revisit_day
from claims.models import Actor, Article, Claim, Event, Evidence, Review, StaleClaim


def publish(claim: Claim, *, by: Actor, at: datetime) -> Event:
    """The Event of a draft that went on the record. ValidationError where it lacks a citation or a revisit day."""
    check(EventKind.PUBLISHED, Status(claim.status), Status.OPEN)
    problems: dict[str, str] = {}
    if not claim.citations.exists():
        problems["citations"] = _("A claim needs at least one citation before it is published.")
    if claim.revisit_on is None:
        problems["revisit_on"] = _("The window of this claim never closes: choose the day to revisit it.")
    if problems:
        raise ValidationError(problems)
    return claim.move_to(
        Status.OPEN,
        EventKind.PUBLISHED,
        by=by,
        at=at,
        data={"projected_date": claim.projected_date, "revisit_on": claim.revisit_on},
        published_at=at,
        original_projected_date=claim.projected_date,
    )


def postpone(claim: Claim, *, revisit_on: date, reason: str, by: Actor, at: datetime, today: date) -> Event:
    """The Event of "too early to tell": the claim is open again until the day, which must lie ahead."""
    check(EventKind.POSTPONED, Status(claim.status), Status.OPEN)
    _need_reason(reason)
    if revisit_on <= today:
        raise ValidationError({"revisit_on": _("Choose a day that lies ahead.")})
    data = {"revisit_on": [claim.revisit_on, revisit_on], "reason": reason}
    return claim.move_to(
        Status.OPEN,
        EventKind.POSTPONED,
        by=by,
        at=at,
        data=data,
        revisit_on=revisit_on,
        round=claim.round + 1,
        flagged_at=None,
    )


def reschedule(
    claim: Claim,
    projected: ProjectedDate,
    *,
    phrase: str,
    reason: str,
    by: Actor,
    at: datetime,
    revisit_on: date | None = None,
    article: Article | None = None,
) -> Event:
    """The Event of goalposts that the claimant moved: old and new date in it, the slip in days; the first date is kept.

    ValidationError where the new date is the old one, or has no end and no day to revisit it was chosen.
    """
    check(EventKind.RESCHEDULED, Status(claim.status), Status.OPEN)
    _need_reason(reason)
    if projected.edtf == claim.projected_date:
        raise ValidationError(
            {"projected_phrase": _("This is the date it has already. To look again later, postpone it.")}
        )
    moved = Claim(status=claim.status, made_on=claim.made_on)
    moved.project(projected, phrase=phrase, revisit_on=revisit_on)
    check_revisit_day(moved)
    slip = (projected.end - claim.projected_to).days if projected.end and claim.projected_to else None
    data = {
        "projected_date": [claim.projected_date, projected.edtf],
        "projected_phrase": [claim.projected_phrase, phrase],
        "revisit_on": [claim.revisit_on, moved.revisit_on],
        "slip_days": slip,
        "reason": reason,
        "article": article.pk if article else None,
    }
    names = ("projected_phrase", "projected_date", "projected_from", "projected_to", "revisit_on")
    changes = {name: getattr(moved, name) for name in names}
    return claim.move_to(
        Status.OPEN, EventKind.RESCHEDULED, by=by, at=at, data=data, round=claim.round + 1, flagged_at=None, **changes
    )


def draft_review(
    claim: Claim,
    *,
    verdict: str,
    summary: str,
    evidence: Sequence[Evidence],
    author: Any,
    at: datetime,
    outcome_known_on: date | None = None,
    early_outcome: bool = False,
) -> Review:
    """A review that is not published yet, with its evidence; ValidationError on the field that is wrong."""
    check(EventKind.REVIEWED, Status(claim.status), Status.RESOLVED)
    with transaction.atomic():
        # The claim's row is the lock under which its reviews are numbered.
        held = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        last = held.reviews.aggregate(last=Max("number"))["last"] or 0
        review = Review(
            claim=held,
            number=last + 1,
            verdict=verdict,
            summary=summary,
            outcome_known_on=outcome_known_on,
            early_outcome=early_outcome,
            author=author,
            created_at=at,
        )
        review.full_clean()
        review.save(force_insert=True)
        for item in evidence:
            item.review = review
            item.full_clean()
            item.save(force_insert=True)
    return review


def publish_review(review: Review, *, by: Actor, at: datetime, today: date, claim: Claim | None = None) -> Event:
    """The Event of a verdict that went on the record and resolved its claim; an earlier verdict is superseded by it.

    ValidationError where it has no evidence, or is a verdict against the claim before the window has closed and is not
    said to be an early outcome. `claim` is the object to be moved, where the caller holds one.
    """
    claim = claim or review.claim
    check(EventKind.REVIEWED, Status(claim.status), Status.RESOLVED)
    if review.published_at is not None:
        raise ValidationError(_("This review is published already."))
    with transaction.atomic():
        # The claim's row is the lock under which its drafts are edited; read again, so that what goes on the record is
        # what was checked.
        Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        held = Review.objects.get(pk=review.pk)
        if not held.evidence.exists():
            raise ValidationError({"evidence": _("A verdict needs at least one piece of evidence.")})
        check_early_outcome(claim, verdict=held.verdict, early_outcome=held.early_outcome, today=today)
        earlier = Review.objects.published().filter(claim=claim, superseded_by__isnull=True).first()
        if Review.objects.filter(pk=review.pk, published_at=None).update(published_at=at, supersedes=earlier) != 1:
            raise StaleClaim
        for one in (review, held):
            one.published_at, one.supersedes = at, earlier
        data = {"review": held.number, "verdict": held.verdict, "supersedes": earlier.number if earlier else None}
        return claim.move_to(Status.RESOLVED, EventKind.REVIEWED, by=by, at=at, data=data, current_review=held)


def check_early_outcome(claim: Claim, *, verdict: str, early_outcome: bool, today: date) -> None:
    """ValidationError on `early_outcome` where a verdict against the claim comes early and does not say so."""
    is_ahead = claim.projected_to is None or claim.projected_to >= today
    if is_ahead and Verdict(verdict) in NEGATIVE and not early_outcome:
        raise ValidationError({"early_outcome": _("The window is still open: say that this is an early outcome.")})


def reopen(claim: Claim, *, reason: str, by: Actor, at: datetime) -> Event:
    """The Event of a resolved claim that is due again; its verdict stays on the record until another supersedes it."""
    check(EventKind.REOPENED, Status(claim.status), Status.DUE)
    _need_reason(reason)
    return claim.move_to(
        Status.DUE, EventKind.REOPENED, by=by, at=at, data={"reason": reason}, flagged_at=at, current_review=None
    )


def withdraw(claim: Claim, *, reason: str, by: Actor, at: datetime) -> Event:
    """The Event of a claim that was logged in error; the record of it stays."""
    check(EventKind.WITHDRAWN, Status(claim.status), Status.WITHDRAWN)
    _need_reason(reason)
    return claim.move_to(
        Status.WITHDRAWN, EventKind.WITHDRAWN, by=by, at=at, data={"reason": reason}, current_review=None
    )


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the reason stands in the history.")})
