"""What programs are told, made in one place: plain functions from rows, with all their parts, to the JSON of each.

They ask the database nothing: give them claims from `ClaimSet.with_all`, and events with what they name.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from claims.chain import Chain
from claims.lifecycle import EventKind
from claims.models import Article, Citation, Claim, Event, Figure
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
        "made_on": day(row.made_on),
        "projected_phrase": row.projected_phrase,
        "projected_date": row.projected_date,
        "projected_from": day(row.projected_from),
        "projected_to": day(row.projected_to),
        "original_projected_date": row.original_projected_date,
        "slip_days": row.slip_days,
        "revisit_on": day(row.revisit_on),
        "status": row.status,
        "schedule": row.schedule(today).value,
        "flagged_at": moment(row.flagged_at),
        "verdict": row.verdict,
        "criteria": row.criteria,
        "figures": [figure(row) for row in row.figures.all()],
        "topics": [row.slug for row in row.topics.all()],
        "sources": [source.slug for source in chain.sources],
        "citations": [citation(row) for row in citations],
        "independent_origins": chain.independent_origins,
        "version": row.version,
        "created_at": moment(row.created_at),
        "updated_at": moment(row.updated_at),
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
        "article": cited(row.article),
        "role": row.role,
        "via": row.via_id,
        "attribution": row.attribution,
        "quote": row.quote,
        "reported_as": row.reported_as,
    }


def event(row: Event, *, is_newsroom: bool) -> Document:
    """A row of the ledger. The public is told what was done, and by which job, but not by whom of the newsroom."""
    return {
        "id": row.pk,
        "claim": row.claim.public_id,
        "kind": row.kind,
        "at": moment(row.at),
        "actor": row.doer if is_newsroom or row.job else NEWSROOM,
        "from_status": row.from_status or None,
        "to_status": row.to_status,
        "data": row.data if is_newsroom else _on_record(row),
    }


def cited(row: Article) -> Document:
    """An article where something else refers to it."""
    return {"id": row.pk, "source": row.source.slug, "title": row.title, "url": row.url}


def day(value: date | None) -> str | None:
    """The day as JSON has it."""
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    """The moment as JSON has it."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def _on_record(row: Event) -> Document:
    """What the event says, without people and without what stood in the draft alone."""
    if row.kind == EventKind.LOGGED:
        return {}
    data: Document = row.data
    changes = data.get("changes")
    if not isinstance(changes, dict) or "owner" not in changes:
        return data
    return data | {"changes": {name: change for name, change in changes.items() if name != "owner"}}
