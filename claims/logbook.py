"""Logging claims and editing them; every edit writes an Event with what changed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from claims.dates import ProjectedDate, UnreadableDate, read_phrase
from claims.lifecycle import EventKind, Status
from claims.models import Actor, Citation, Claim, Event, StaleClaim
from claims.models.citation import makes_circle
from claims.models.fields import written

WATCHED = ("statement", "kind", "made_on", "language", "projected_phrase", "projected_date", "revisit_on", "criteria")
PARTS = {
    "figures": ("metric", "role", "comparator", "value", "value_to", "unit", "period", "verbatim"),
    "citations": ("article_id", "role", "via_id", "attribution", "quote", "reported_as"),
}


def read_projection(*, phrase: str, edtf: str, made_on: date, language: str) -> tuple[ProjectedDate, str]:
    """The projected date and its phrase from whichever was written; nothing written is an open date.

    Raises ValidationError on `projected_phrase` or `projected_date`, in words that say what was not understood.
    """
    name = "projected_date" if edtf else "projected_phrase"
    try:
        if edtf:
            return ProjectedDate.from_edtf(edtf), phrase or edtf
        if phrase:
            return read_phrase(phrase, made_on=made_on, language=language).date, phrase
    except UnreadableDate as error:
        raise ValidationError({name: ValidationError(str(error), code="unreadable_date")}) from None
    return ProjectedDate.open(), ""


def check_revisit_day(claim: Claim) -> None:
    """ValidationError on `revisit_on` where a claim past its draft has none, or was to be revisited before it was made.

    A window that ended before the claim was made is no fault: it is about the past, and due at once.
    """
    if claim.status != Status.DRAFT and claim.revisit_on is None:
        raise ValidationError({"revisit_on": "The window of this claim never closes: choose the day to revisit it."})
    is_before = claim.revisit_on is not None and claim.made_on is not None and claim.revisit_on < claim.made_on
    if is_before and claim.is_revisit_chosen:
        raise ValidationError({"revisit_on": "The revisit day lies before the day the claim was made."})


def check_chain(citations: list[Citation]) -> None:
    """ValidationError where `via` runs in a circle among these citations of one claim, saved or not."""
    order = {id(citation): number for number, citation in enumerate(citations)}
    via_of = {order[id(c)]: order.get(id(c.via)) if c.via is not None else None for c in citations}
    for start in via_of:
        if makes_circle(via_of, start=start):
            raise ValidationError({"via": "This makes a circle: no article can have had the claim from itself."})


def log(claim: Claim, *, by: Actor, at: datetime, parts: Callable[[Claim], None] | None = None) -> Event:
    """The Event of a new draft; `parts` saves its topics, figures and citations, all in one transaction."""
    claim.created_at = claim.updated_at = at
    with transaction.atomic():
        claim.save(force_insert=True)
        if parts is not None:
            parts(claim)
        return Event.record(claim, EventKind.LOGGED, by=by, at=at, data={"projected_date": claim.projected_date})


@contextmanager
def amending(claim: Claim, *, by: Actor, at: datetime, version: int | None = None, reason: str = "") -> Iterator[Claim]:
    """The claim under lock, to be changed; on leaving the block it is written, with one Event of the difference.

    In the block fields are set and parts are saved. `version` is the one the editor saw: StaleClaim where it is no
    longer the present one. ValidationError where the date of a claim past editing is changed. Nothing is written when
    anything in the block fails.
    """
    with transaction.atomic():
        held, before = begin(claim, version=version)
        yield held
        finish(held, before, by=by, at=at, reason=reason)


def begin(claim: Claim, *, version: int | None = None) -> tuple[Claim, Mapping[str, Any]]:
    """The claim under lock, and its snapshot, for an edit that takes steps; `finish` writes it in the same transaction.

    Raises StaleClaim where `version` is no longer the present one.
    """
    held = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if version is not None and held.version != version:
        raise StaleClaim
    return held, snapshot(held)


def finish(claim: Claim, before: Mapping[str, Any], *, by: Actor, at: datetime, reason: str = "") -> Event | None:
    """The Event of an edit whose parts are saved, written with the claim's fields; None where nothing has changed."""
    after = snapshot(claim)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return None
    if changed.keys() & {"projected_date", "revisit_on"}:
        check_date_may_change(claim)
        check_revisit_day(claim)
    elif "made_on" in changed and claim.revisit_on is not None:
        check_revisit_day(claim)
    if "citations" in changed and not after["citations"] and claim.status not in {Status.DRAFT, Status.WITHDRAWN}:
        raise ValidationError({"citations": "A published claim needs at least one citation."})
    if "revisit_on" in changed:
        claim.round += 1
    fields = {
        name: getattr(claim, name) for name in (*WATCHED, "projected_from", "projected_to", "original_projected_date")
    }
    fields |= {"round": claim.round, "claimant": claim.claimant, "owner": claim.owner, "updated_at": at}
    if Claim.objects.filter(pk=claim.pk, version=claim.version).update(version=F("version") + 1, **fields) != 1:
        raise StaleClaim
    claim.version, claim.updated_at = claim.version + 1, at
    data = {"changes": changed} | ({"reason": reason} if reason else {})
    return Event.record(claim, EventKind.EDITED, by=by, at=at, from_status=Status(claim.status), data=data)


def check_date_may_change(claim: Claim) -> None:
    """ValidationError on `projected_phrase` where the claim is past the editing of its date."""
    instead = {
        Status.DUE: "This claim is due: postpone or reschedule it instead.",
        Status.RESOLVED: "This claim is resolved: reopen it before changing its date.",
        Status.WITHDRAWN: "This claim was withdrawn: its date stays as it was.",
    }.get(Status(claim.status))
    if instead:
        raise ValidationError({"projected_phrase": instead})


def discard(claim: Claim) -> None:
    """Remove a draft with all its parts: it was never on the record. Raises ValidationError for any other claim."""
    with transaction.atomic():
        held = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
        if held.status != Status.DRAFT:
            raise ValidationError(
                "Only drafts can be deleted; a published claim is withdrawn, and stays on the record."
            )
        if held.reviews.exists():
            raise ValidationError("A draft with a review cannot be deleted; withdraw it.")
        events = Event.objects.filter(claim=held)
        events._raw_delete(events.db)  # the one way past the append-only set
        held.citations.update(via=None)
        held.delete()


def snapshot(claim: Claim) -> dict[str, Any]:
    """Everything of the claim that an edit can change, in values that JSON holds."""
    seen: dict[str, Any] = {name: _plainly(getattr(claim, name)) for name in WATCHED}
    seen["claimant"] = claim.claimant.slug
    seen["owner"] = claim.owner.get_username() if claim.owner else None
    seen["topics"] = sorted(claim.topics.values_list("slug", flat=True))
    for part, names in PARTS.items():
        rows = getattr(claim, part).order_by("id").values(*names)
        seen[part] = [{name: _plainly(value) for name, value in row.items()} for row in rows]
    return seen


def _plainly(value: Any) -> Any:
    if isinstance(value, Decimal):
        return written(value)
    return value.isoformat() if isinstance(value, date) else value
