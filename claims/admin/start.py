"""The desk's start page: what waits to be revisited, what comes next, and what could not be delivered."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from claims.admin import words
from claims.admin.claim_filters import due_now, due_soon
from claims.admin.notices import in_short
from claims.admin.record import person
from claims.admin.snoozes import held, offer
from claims.admin.undelivered import undelivered
from claims.lifecycle import Status
from claims.models import Claim, Review

ROWS = 10


def start_page(request: HttpRequest) -> dict[str, Any]:
    """The context of the start page: at most ten rows of each, and whether there are more."""
    about = {"undelivered": undelivered(request), "notices": in_short(person(request))}
    return about | _newsroom(request) if request.user.has_perm("claims.view_claim") else about


def _newsroom(request: HttpRequest) -> dict[str, Any]:
    today = timezone.localdate()
    put_off = held(request, today)
    due, more_due = _some(_mine_first(Claim.objects.filter(due_now(today)), person(request), put_off=put_off))
    soon, more_soon = _some(Claim.objects.filter(due_soon(today)).order_by("revisit_on", "id"))
    drafts, more_drafts = _some(
        Review.objects.filter(published_at=None, claim__current_review=None)
        .select_related("claim", "author")
        .order_by("id")
    )
    return {
        "is_newsroom": True,
        "due": [_due_row(claim, today, put_off.get(claim.pk)) for claim in due],
        "more_due": more_due,
        "soon": [_row(claim, today) for claim in soon],
        "more_soon": more_soon,
        "review_drafts": [(review, words.verdict(review)) for review in drafts],
        "more_drafts": more_drafts,
    }


def _mine_first(claims: QuerySet[Claim], user: User, *, put_off: Collection[int]) -> QuerySet[Claim]:
    """Mine, then nobody's, then the others', then what I put off; the oldest first."""
    whose = Case(
        When(pk__in=list(put_off), then=Value(3)),
        When(owner=user.pk, then=Value(0)),
        When(owner=None, then=Value(1)),
        default=Value(2),
    )
    return claims.order_by(whose, "revisit_on", "id")


def _some(rows: QuerySet) -> tuple[list[Any], bool]:
    """The first rows, and whether there are more; one query."""
    related = ("claimant", "owner", "current_review") if rows.model is Claim else ()
    found = list(rows.select_related(*related)[: ROWS + 1] if related else rows[: ROWS + 1])
    return found[:ROWS], len(found) > ROWS


def _due_row(claim: Claim, today: date, until: date | None) -> dict[str, Any]:
    row = _row(claim, today)
    # What the sweep has not flagged yet is reminded of by the flag.
    return row | {"offer": offer(claim, today, until)} if claim.status == Status.DUE else row


def _row(claim: Claim, today: date) -> dict[str, Any]:
    return {
        "claim": claim,
        "page": reverse("admin:claims_claim_change", args=[claim.pk]),
        "review": reverse("admin:claims_review_add") + f"?claim={claim.pk}",
        "dated": words.dated(claim.projected),
        "days": abs((today - claim.revisit_on).days) if claim.revisit_on else 0,
    }
