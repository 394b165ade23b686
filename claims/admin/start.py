"""The desk's start page: what waits to be revisited, and what comes next."""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from claims.admin import words
from claims.admin.claim_filters import due_now, due_soon
from claims.admin.record import person
from claims.models import Claim, Review

ROWS = 10


def start_page(request: HttpRequest) -> dict[str, Any]:
    """The context of the start page: at most ten rows of each, and whether there are more."""
    if not request.user.has_perm("claims.view_claim"):
        return {}
    today = timezone.localdate()
    due, more_due = _some(_mine_first(Claim.objects.filter(due_now(today)), person(request)))
    soon, more_soon = _some(Claim.objects.filter(due_soon(today)).order_by("revisit_on", "id"))
    drafts, more_drafts = _some(
        Review.objects.filter(published_at=None, claim__current_review=None)
        .select_related("claim", "author")
        .order_by("id")
    )
    return {
        "is_newsroom": True,
        "due": [_row(claim, today) for claim in due],
        "more_due": more_due,
        "soon": [_row(claim, today) for claim in soon],
        "more_soon": more_soon,
        "review_drafts": [(review, words.verdict(review)) for review in drafts],
        "more_drafts": more_drafts,
    }


def _mine_first(claims: QuerySet[Claim], user: User) -> QuerySet[Claim]:
    """Mine, then nobody's, then the others'; the oldest first."""
    whose = Case(When(owner=user.pk, then=Value(0)), When(owner=None, then=Value(1)), default=Value(2))
    return claims.order_by(whose, "revisit_on", "id")


def _some(rows: QuerySet) -> tuple[list[Any], bool]:
    """The first rows, and whether there are more; one query."""
    related = ("claimant", "owner", "current_review") if rows.model is Claim else ()
    found = list(rows.select_related(*related)[: ROWS + 1] if related else rows[: ROWS + 1])
    return found[:ROWS], len(found) > ROWS


def _row(claim: Claim, today: date) -> dict[str, Any]:
    return {
        "claim": claim,
        "page": reverse("admin:claims_claim_change", args=[claim.pk]),
        "review": reverse("admin:claims_review_add") + f"?claim={claim.pk}",
        "dated": words.dated(claim.projected),
        "days": abs((today - claim.revisit_on).days) if claim.revisit_on else 0,
    }
