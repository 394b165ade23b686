"""What the API answers: plain functions from rows, with all their parts, to the JSON of each.

They ask the database nothing: give them reviews with what they name. What webhooks tell too is in `claims.documents`.
"""

from claims.documents import NEWSROOM, Document, citation, cited, claim, day, event, figure, moment
from claims.models import Article, Claimant, Evidence, Review, Source, Topic

__all__ = ["Document", "article", "citation", "claim", "claimant", "event", "figure", "review", "source", "topic"]


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


def _evidence(row: Evidence) -> Document:
    return {
        "article": cited(row.article) if row.article else None,
        "url": row.url,
        "stance": row.stance,
        "quote": row.quote,
    }
