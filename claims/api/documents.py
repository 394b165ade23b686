"""What the API answers: plain functions from rows, with all their parts, to the JSON of each.

They ask the database nothing: give them reviews with what they name. What webhooks tell too is in `claims.documents`.
"""

from claims.documents import NEWSROOM, Document, citation, cited, claim, day, event, figure, moment
from claims.models import Article, Claimant, Delivery, Evidence, Review, Source, Topic, Webhook
from claims.models.parcel import State

__all__ = [
    "Document",
    "article",
    "citation",
    "claim",
    "claimant",
    "delivery",
    "event",
    "figure",
    "review",
    "source",
    "topic",
    "webhook",
]


def review(row: Review, *, is_newsroom: bool) -> Document:
    """A review with its evidence; one without `published_at` is a draft."""
    return {
        "number": row.number,
        "claim": row.claim.public_id,
        "verdict": row.verdict,
        "rating": row.rating,
        "summary": row.summary,
        "outcome_known_on": day(row.outcome_known_on),
        "early_outcome": row.early_outcome,
        "evidence": [_evidence(item) for item in row.evidence.all()],
        "author": row.author.get_username() if is_newsroom else NEWSROOM,
        "created_at": moment(row.created_at),
        "published_at": moment(row.published_at),
        "supersedes": row.supersedes.number if row.supersedes else None,
    }


def claimant(row: Claimant) -> Document:
    """Who makes claims."""
    return {"slug": row.slug, "name": row.name, "kind": row.kind, "same_as": row.same_as}


def source(row: Source) -> Document:
    """An outlet."""
    return {"slug": row.slug, "name": row.name, "homepage": row.homepage, "language": row.language}


def topic(row: Topic) -> Document:
    """A subject."""
    return {"slug": row.slug, "name": row.name}


def article(row: Article) -> Document:
    """An article; its text is kept privately and stands in no answer."""
    return {
        "id": row.pk,
        "source": row.source.slug,
        "url": row.url,
        "title": row.title,
        "byline": row.byline,
        "published_on": day(row.published_on),
        "language": row.language,
        "archived_url": row.archived_url,
    }


def webhook(row: Webhook) -> Document:
    """A webhook without its secret."""
    return {
        "id": row.pk,
        "url": row.url,
        "name": row.name,
        "kinds": row.kinds,
        "filter": row.query,
        "format": row.format,
        "is_active": row.is_active,
        "stopped_because": row.stopped_because,
        "resting_until": moment(row.resting_until),
        "created_by": row.created_by.get_username() if row.created_by else None,
        "created_at": moment(row.created_at),
    }


def delivery(row: Delivery) -> Document:
    """A call of a webhook, and how far it has come; one without an event is a test."""
    return {
        "id": row.pk,
        "webhook": row.webhook_id,
        "message_id": row.key,
        "event": row.event_id,
        "kind": row.event.kind if row.event else None,
        "claim": row.event.claim.public_id if row.event else None,
        "state": row.state.value,
        "attempts": row.attempts,
        "answer_status": row.answer_status,
        "answer_ms": row.answer_ms,
        "error": row.error,
        "created_at": moment(row.created_at),
        "next_attempt_at": moment(row.next_attempt_at) if row.state == State.PENDING else None,
        "expires_at": moment(row.expires_at),
        "delivered_at": moment(row.delivered_at),
        "parked_at": moment(row.parked_at),
    }


def _evidence(row: Evidence) -> Document:
    return {
        "article": cited(row.article) if row.article else None,
        "url": row.url,
        "stance": row.stance,
        "quote": row.quote,
    }
