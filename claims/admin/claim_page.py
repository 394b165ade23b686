"""What stands beside a claim's form: its steps, reviews and history; and how a phrase reads while it is typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin import ledger, words
from claims.admin.snoozes import snooze_of
from claims.admin.steps import STEPS
from claims.dates import UnreadableDate, read_phrase
from claims.lifecycle import EventKind, Status, legal_from
from claims.models import Claim

# Of a claim with a longer history the rest is in the ledger.
MOST_EVENTS = 200


def about(claim: Claim, request: HttpRequest) -> dict[str, Any]:
    """The context of a claim's page."""
    events = claim.events.select_related("actor", "claim").order_by("-id")[:MOST_EVENTS]
    reviews = claim.reviews.select_related("author").order_by("-number")
    return {
        "standing": words.standing(claim),
        "steps": _steps(claim, request),
        "reviews": [(review, words.verdict(review)) for review in reviews],
        "ledger": ledger.entries(events),
        "snooze": snooze_of(claim, request),
    }


def _steps(claim: Claim, request: HttpRequest) -> list[tuple[str, str, str]]:
    """Address, name and word of everything this person can do with the claim now."""
    steps = [
        (reverse(f"admin:claims_claim_{step.name}", args=[claim.pk]), step.name, str(step.verb))
        for step in STEPS
        if step.is_open_to(request, claim)
    ]
    if EventKind.REVIEWED in legal_from(Status(claim.status)) and request.user.has_perm("claims.add_review"):
        steps.insert(0, (reverse("admin:claims_review_add") + f"?claim={claim.pk}", "review", _("Review")))
    return steps


def read_aloud(asked: Mapping[str, str]) -> dict[str, str]:
    """How a phrase is read: in words, or why it is not."""
    phrase = asked.get("phrase", "").strip()
    if not phrase:
        return {"words": ""}
    try:
        made_on = date.fromisoformat(asked.get("made_on", ""))
    except ValueError:
        return {"error": _("Fill in the day it was said, and the phrase is read from there.")}
    try:
        read = read_phrase(phrase, made_on=made_on, language=asked.get("language"))
    except UnreadableDate as error:
        return {"error": str(error)}
    return {"words": words.reading(phrase, read.date, revisit_on=read.date.revisit_on(), rule=read.rule)}
