"""What befell a claim, in sentences without the names of those who did it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.dates import ProjectedDate, UnreadableDate, word
from claims.lifecycle import EventKind, Verdict
from claims.models import Claim, Event
from claims.web.projection import LONG, slip_words
from claims.web.standing import name

Data = Mapping[str, Any]
# A person is "the newsroom" here; a job has a name that a reader understands.
DOERS = {"sweep": gettext_lazy("the sweep"), "seeds": gettext_lazy("the seeds")}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: on which day (and at what moment, where that is known), what, by whom, and why."""

    on: date
    words: str
    at: datetime | None = None
    doer: str = ""
    reason: str = ""


def history(claim: Claim, events: Iterable[Event]) -> list[Entry]:
    """Everything since the claim was made, oldest first; how the draft was edited is nobody's business."""
    said = _("Said by %(claimant)s") % {"claimant": claim.claimant.name}
    entries = [Entry(claim.made_on, said)]
    for event in events:
        is_public = event.kind == EventKind.LOGGED or _is_on_record(claim, event.at)
        if is_public and (words := sentence(event)):
            reason = event.data.get("reason", "") if isinstance(event.data, dict) else ""
            doer = DOERS.get(event.job, event.job) if event.job else _("the newsroom")
            entries.append(Entry(timezone.localdate(event.at), words, event.at, str(doer), str(reason)))
    return entries


def sentence(event: Event) -> str:
    """The event in words; empty for one that changed nothing a reader sees."""
    data = event.data if isinstance(event.data, dict) else {}
    tell = SENTENCES.get(EventKind(event.kind))
    return tell(data) if tell else str(EventKind(event.kind).label)


def _is_on_record(claim: Claim, at: datetime) -> bool:
    return claim.published_at is not None and at >= claim.published_at


def _logged(_data: Data) -> str:
    return _("Logged")


def _published(data: Data) -> str:
    day = _day(data.get("revisit_on"))
    if not data.get("projected_date"):
        return _("Published without a projected date; to be revisited on %(day)s") % {"day": day}
    when = _projected(data["projected_date"])
    return _("Published, projected for: %(when)s; to be revisited on %(day)s") % {"when": when, "day": day}


def _edited(data: Data) -> str:
    changes = data.get("changes")
    names = {
        "statement": _("the statement"),
        "kind": _("the kind"),
        "made_on": _("the day it was said"),
        "projected_phrase": _("the projected date"),
        "projected_date": _("the projected date"),
        "revisit_on": _("the revisit day"),
        "criteria": _("what would settle it"),
        "claimant": _("the claimant"),
        "topics": _("the topics"),
        "figures": _("the figures"),
        "citations": _("who carried it"),
    }
    changed = dict.fromkeys(names[key] for key in changes if key in names) if isinstance(changes, dict) else {}
    return _("Edited: %(parts)s") % {"parts": ", ".join(changed)} if changed else ""


def _flagged(_data: Data) -> str:
    return _("Its day came: flagged for revisiting")


def _postponed(data: Data) -> str:
    return _("Too early to tell: to be revisited on %(day)s") % {"day": _day(_last(data.get("revisit_on")))}


def _rescheduled(data: Data) -> str:
    old, new = _first(data.get("projected_date")), _last(data.get("projected_date"))
    words = _("The claimant moved the date: from “%(old)s” to “%(new)s”") % {
        "old": _projected(old),
        "new": _projected(new),
    }
    slip = data.get("slip_days")
    return f"{words}; {slip_words(slip)}" if isinstance(slip, int) and slip else words


def _reviewed(data: Data) -> str:
    verdict = data.get("verdict")
    words = _("Verdict: %(verdict)s") % {"verdict": name(verdict) if verdict in Verdict.values else "–"}
    return _("%(words)s, in place of an earlier one") % {"words": words} if data.get("supersedes") else words


def _reopened(_data: Data) -> str:
    return _("Reopened: to be revisited again")


def _withdrawn(_data: Data) -> str:
    return _("Withdrawn")


SENTENCES: dict[EventKind, Callable[[Data], str]] = {
    EventKind.LOGGED: _logged,
    EventKind.PUBLISHED: _published,
    EventKind.EDITED: _edited,
    EventKind.CORRECTED: _edited,
    EventKind.FLAGGED: _flagged,
    EventKind.POSTPONED: _postponed,
    EventKind.RESCHEDULED: _rescheduled,
    EventKind.REVIEWED: _reviewed,
    EventKind.REOPENED: _reopened,
    EventKind.WITHDRAWN: _withdrawn,
}


def _first(pair: Any) -> Any:
    return pair[0] if isinstance(pair, list) and pair else pair


def _last(pair: Any) -> Any:
    return pair[-1] if isinstance(pair, list) and pair else pair


def _day(text: Any) -> str:
    try:
        return written(date.fromisoformat(str(text)), LONG)
    except ValueError:
        return "–"


def _projected(edtf: Any) -> str:
    try:
        return word(ProjectedDate.from_edtf(str(edtf)), get_language() or "en") if edtf else _("no date given")
    except UnreadableDate:
        return "–"
