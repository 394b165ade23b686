"""What the API answers, made in one place: plain functions from rows, with all their parts, to the JSON of each.

They ask the database nothing: give them claims from `ClaimSet.with_all`, reviews and events with what they name.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from claims.chain import Chain
from claims.lifecycle import EventKind
from claims.models import Article, Citation, Claim, Claimant, Event, Evidence, Figure, Review, Source, Topic
from claims.models.fields import written

Document = dict[str, Any]
# Whom the public sees at work where the newsroom sees a colleague's name.
NEWSROOM = "newsroom"


def claim(row: Claim, *, root: str, today: date) -> Document:
    """A claim with its chain; `root` is scheme and host, `today` the newsroom's day."""
    citations = list(row.citations.all())
    chain = Chain(citations)
    return {
        "public_id": row.public_id,
        "url": root + reverse("api:claim", args=[row.public_id]),
        "page": root + reverse("web:claim", args=[row.public_id]),
        "statement": row.statement,
        "kind": row.kind,
        "language": row.language,
        "claimant": {"slug": row.claimant.slug, "name": row.claimant.name},
        "made_on": _day(row.made_on),
        "projected_phrase": row.projected_phrase,
        "projected_date": row.projected_date,
        "projected_from": _day(row.projected_from),
        "projected_to": _day(row.projected_to),
        "original_projected_date": row.original_projected_date,
        "slip_days": row.slip_days,
        "revisit_on": _day(row.revisit_on),
        "status": row.status,
        "schedule": row.schedule(today).value,
        "flagged_at": _moment(row.flagged_at),
        "verdict": row.verdict,
        "criteria": row.criteria,
        "figures": [figure(row) for row in row.figures.all()],
        "topics": [row.slug for row in row.topics.all()],
        "sources": [source.slug for source in chain.sources],
        "citations": [citation(row) for row in citations],
        "independent_origins": chain.independent_origins,
        "version": row.version,
        "created_at": _moment(row.created_at),
        "updated_at": _moment(row.updated_at),
    }


def figure(row: Figure) -> Document:
    """A figure, its numbers digit for digit."""
    return {
        "metric": row.metric,
        "role": row.role,
        "comparator": row.comparator,
        "value": written(row.value),
        "value_to": None if row.value_to is None else written(row.value_to),
        "unit": row.unit,
        "period": row.period,
        "verbatim": row.verbatim,
    }


def citation(row: Citation) -> Document:
    """A citation; `via` is the id of another one of the claim."""
    return {
        "id": row.pk,
        "article": _cited(row.article),
        "role": row.role,
        "via": row.via_id,
        "attribution": row.attribution,
        "quote": row.quote,
        "reported_as": row.reported_as,
    }


def review(row: Review, *, is_newsroom: bool) -> Document:
    """A review with its evidence; one without `published_at` is a draft."""
    return {
        "number": row.number,
        "claim": row.claim.public_id,
        "verdict": row.verdict,
        "rating": row.rating,
        "summary": row.summary,
        "outcome_known_on": _day(row.outcome_known_on),
        "early_outcome": row.early_outcome,
        "evidence": [_evidence(item) for item in row.evidence.all()],
        "author": row.author.get_username() if is_newsroom else NEWSROOM,
        "created_at": _moment(row.created_at),
        "published_at": _moment(row.published_at),
        "supersedes": row.supersedes.number if row.supersedes else None,
    }


def event(row: Event, *, is_newsroom: bool) -> Document:
    """A row of the ledger. The public is told what was done, and by which job, but not by whom of the newsroom."""
    return {
        "id": row.pk,
        "claim": row.claim.public_id,
        "kind": row.kind,
        "at": _moment(row.at),
        "actor": row.doer if is_newsroom or row.job else NEWSROOM,
        "from_status": row.from_status or None,
        "to_status": row.to_status,
        "data": row.data if is_newsroom else _on_record(row),
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
        "published_on": _day(row.published_on),
        "language": row.language,
        "archived_url": row.archived_url,
    }


def _cited(row: Article) -> Document:
    return {"id": row.pk, "source": row.source.slug, "title": row.title, "url": row.url}


def _evidence(row: Evidence) -> Document:
    return {
        "article": _cited(row.article) if row.article else None,
        "url": row.url,
        "stance": row.stance,
        "quote": row.quote,
    }


def _on_record(row: Event) -> Document:
    """What the event says, without people and without what stood in the draft alone."""
    if row.kind == EventKind.LOGGED:
        return {}
    data: Document = row.data
    changes = data.get("changes")
    if not isinstance(changes, dict) or "owner" not in changes:
        return data
    return data | {"changes": {name: change for name, change in changes.items() if name != "owner"}}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
