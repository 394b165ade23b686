"""What a webhook is sent: an event with its claim, as Standard Webhooks or as a message for Slack and its kin."""

import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from standardwebhooks import Webhook as Signer

from claims import documents
from claims.models import Claim, Delivery, Event, WebhookFormat

TEST = "claimline.test"
# Characters of each text in a message.
MOST = 400
# Slack's own three; then what its kin read in plain text: mentions and links under another name. A word joiner is
# not seen, and what stands on both sides of it is not read as one.
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@\u2060", "]": "]\u2060", "\u2060": None})


def body(delivery: Delivery, claim: Claim | None, *, now: datetime) -> bytes:
    """The delivery's JSON; the claim is one of `ClaimSet.with_all`, None for a test."""
    event = delivery.event
    if delivery.webhook.format == WebhookFormat.SLACK:
        told: dict[str, Any] = {"text": _message(event, claim) if event and claim else _test(), "link_names": False}
    elif event and claim:
        root, today = settings.BASE_URL, timezone.localdate(now)
        data = documents.event(event, is_newsroom=False)
        data["claim"] = documents.claim(claim, root=root, today=today)
        told = {"type": f"claim.{event.kind}", "timestamp": documents.moment(event.at), "data": data}
    else:
        told = {"type": TEST, "timestamp": documents.moment(delivery.created_at), "data": {"text": _test()}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def headers(delivery: Delivery, sent: bytes, *, now: datetime) -> dict[str, str]:
    """What tells the receiver who calls, and that it is the same call as before; the signature is of these bytes."""
    told = {
        "Content-Type": "application/json",
        "webhook-id": delivery.key,
        "webhook-timestamp": str(int(now.timestamp())),
    }
    if delivery.webhook.format == WebhookFormat.STANDARD:
        # The library takes a clock's digits for those of UTC, whatever the zone.
        told["webhook-signature"] = Signer(delivery.webhook.secret).sign(
            delivery.key, now.astimezone(UTC), sent.decode()
        )
    return told


def _message(event: Event, claim: Claim) -> str:
    link = f"<{settings.BASE_URL}{reverse('web:claim', args=[claim.public_id])}|{_('The claim')}>"
    return "\n".join(
        [
            f"*{event.get_kind_display()}* · {_harmless(claim.claimant.name)}",
            f"“{_harmless(claim.statement)}”",
            " · ".join(filter(None, [_harmless(claim.projected_phrase), link])),
        ]
    )


def _test() -> str:
    return _("A test from %(newsroom)s: webhooks arrive here.") % {"newsroom": settings.NEWSROOM_NAME}


def _harmless(text: str) -> str:
    """The text in one line that mentions nobody and forges no link."""
    text = " ".join(text.split())
    text = f"{text[:MOST].rstrip()}…" if len(text) > MOST else text
    return text.translate(ESCAPES)
