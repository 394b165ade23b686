"""Events in plain sentences: who did what to a claim, and what changed from what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import words
from claims.dates import ProjectedDate, UnreadableDate
from claims.lifecycle import EventKind, Verdict
from claims.models import Article, Claim, Event

SENTENCES = {
    EventKind.LOGGED: gettext_lazy("logged it"),
    EventKind.PUBLISHED: gettext_lazy("published it"),
    EventKind.EDITED: gettext_lazy("edited it"),
    EventKind.FLAGGED: gettext_lazy("flagged it for revisiting"),
    EventKind.POSTPONED: gettext_lazy("postponed it: too early to tell"),
    EventKind.RESCHEDULED: gettext_lazy("rescheduled it: the claimant moved the date"),
    EventKind.REVIEWED: gettext_lazy("published a verdict"),
    EventKind.REOPENED: gettext_lazy("reopened it"),
    EventKind.WITHDRAWN: gettext_lazy("withdrew it"),
    EventKind.CORRECTED: gettext_lazy("corrected it"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became another."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger in words."""

    at: datetime
    who: str
    what: str
    claim: Claim
    reason: str = ""
    changes: Sequence[Change] = field(default_factory=tuple)


def entries(events: Iterable[Event]) -> list[Entry]:
    """The events in words; the articles that they mention are looked up all at once."""
    rows = list(events)
    titles = _titles(rows)
    return [
        Entry(event.at, event.doer, _what(event), event.claim, _reason(event), _changes(event, titles))
        for event in rows
    ]


def _reason(event: Event) -> str:
    return str(event.data.get("reason") or "")


def _what(event: Event) -> str:
    said, data = str(SENTENCES.get(EventKind(event.kind), event.get_kind_display())), event.data
    if event.kind == EventKind.REVIEWED and data.get("verdict") in Verdict.values:
        said += f": {Verdict(data['verdict']).label}"
    if event.kind == EventKind.RESCHEDULED and data.get("slip_days"):
        said += ", " + _("%(days)s days") % {"days": f"{data['slip_days']:+d}"}
    return said


def _changes(event: Event, titles: dict[int, str]) -> list[Change]:
    found = dict(event.data.get("changes") or {})
    found |= {name: pair for name, pair in event.data.items() if name != "changes" and _is_pair(pair)}
    return [change for name, pair in found.items() for change in _worded(name, pair, titles)]


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def _worded(name: str, pair: Any, titles: dict[int, str]) -> list[Change]:
    if not _is_pair(pair):
        return []
    label = _label(name)
    old, new = pair
    if name in {"citations", "figures"}:
        gone = [row for row in old or [] if row not in (new or [])]
        come = [row for row in new or [] if row not in (old or [])]
        width = max(len(gone), len(come))
        padded = zip([*gone, *[None] * width][:width], [*come, *[None] * width][:width], strict=True)
        return [Change(label, _row(name, was, titles), _row(name, now, titles)) for was, now in padded]
    return [Change(label, _value(name, old), _value(name, new))]


def _label(name: str) -> str:
    try:
        field_ = Claim._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ")
    return str(getattr(field_, "verbose_name", name.replace("_", " ")))


def _value(name: str, value: Any) -> str:
    if value in (None, "", []):
        return "—"
    if name == "projected_date":
        try:
            return words.dated(ProjectedDate.from_edtf(str(value)))
        except UnreadableDate:
            return str(value)
    if name in {"revisit_on", "made_on"}:
        try:
            return words.day(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(name: str, row: dict[str, Any] | None, titles: dict[int, str]) -> str:
    if not row:
        return "—"
    if name == "citations":
        parts = [titles.get(row.get("article_id", 0), "?"), row.get("role"), row.get("attribution"), row.get("quote")]
        parts.append(row.get("reported_as"))
    else:
        values = [row.get("value"), row.get("value_to")]
        amount = "–".join(str(value) for value in values if value is not None)
        parts = [f"{row.get('metric')} {row.get('comparator')} {amount} {row.get('unit')}", row.get("role")]
        parts += [row.get("period"), row.get("verbatim")]
    return " · ".join(str(part) for part in parts if part)


def _titles(events: Iterable[Event]) -> dict[int, str]:
    ids = {
        row["article_id"]
        for event in events
        for rows in (event.data.get("changes") or {}).get("citations") or []
        for row in rows or []
    }
    found = Article.objects.filter(pk__in=ids).select_related("source").defer("text") if ids else []
    return {article.pk: str(article) for article in found}
