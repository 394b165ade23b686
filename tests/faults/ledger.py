"""Claims by the hundred, and what must be true of claims and their ledger whatever has happened."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction

from claims import lifecycle, sweep
from claims.lifecycle import EventKind, Status
from claims.models import Citation, Claim, Event
from tests.factories import NOW, ArticleFactory, ClaimFactory
from tests.faults.newsroom import PATIENCE
from tests.management.processes import wait_until

TODAY = NOW.date()
MOVED = {EventKind.POSTPONED, EventKind.RESCHEDULED}


@transaction.atomic
def backlog(count: int, *, edtf: str = "2025-06", revisit_on: date | None = None) -> list[int]:
    """Ids of published claims, written in a few statements; they are due unless another day is given."""
    model = ClaimFactory(edtf=edtf)
    names = ("claimant", "made_on", "projected_phrase", "projected_date", "original_projected_date")
    names += ("projected_from", "projected_to", "revisit_on", "created_at", "updated_at")
    fields: dict[str, Any] = {name: getattr(model, name) for name in names}
    fields |= {"status": Status.OPEN, "version": 2, "published_at": NOW}
    if revisit_on:
        fields["revisit_on"] = revisit_on
    claims = Claim.objects.bulk_create(Claim(statement=f"{model.statement}.{n}", **fields) for n in range(count))
    article = ArticleFactory()
    Citation.objects.bulk_create(Citation(claim=claim, article=article) for claim in claims)
    told = {"kind": EventKind.PUBLISHED, "job": "test", "at": NOW, "from_status": "draft", "to_status": "open"}
    keys = ((claim, Event.key_of(claim.pk, EventKind.PUBLISHED, round=1, version=2)) for claim in claims)
    Event.objects.bulk_create(Event(claim=claim, key=key, **told) for claim, key in keys)
    return [claim.pk for claim in claims]


def open_among(ids: Collection[int]) -> int:
    """How many of them are still open."""
    return Claim.objects.filter(pk__in=ids, status=Status.OPEN).count()


def wait_until_begun(ids: Collection[int], before: int) -> None:
    """Until fewer of them are open than before, or none is."""

    def has_begun() -> bool:
        left = open_among(ids)
        return left < before or not left

    wait_until(has_begun, seconds=PATIENCE, pause=0.005, what="a sweep")


def flags(ids: Collection[int]) -> list[int]:
    """The claims of the flags among them, one entry a flag, in order."""
    found = Event.objects.filter(claim__in=ids, kind=EventKind.FLAGGED)
    return list(found.order_by("claim_id").values_list("claim_id", flat=True))


def sweep_to_the_end(ids: Collection[int], today: date = TODAY) -> None:
    """Sweeps until all of them are flagged: a server may hold the rows of a killed client for a moment."""

    def is_done() -> bool:
        sweep.flag_due(today, now=NOW + (today - TODAY))
        return not open_among(ids)

    wait_until(is_done, what="the end of the backlog")


def assert_flagged_once(ids: Collection[int]) -> None:
    """Each of them is due by exactly one flag, and has nothing else in its ledger that does not fit."""
    assert flags(ids) == sorted(ids)
    assert set(Claim.objects.filter(pk__in=ids).values_list("status", flat=True)) == {Status.DUE}
    audit(ids)


def audit(ids: Collection[int]) -> None:
    """Every claim is what its ledger makes of it, and each step of the ledger is a legal one from the step before."""
    told: dict[int, list[Event]] = {pk: [] for pk in ids}
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Both at one moment: a server may still be at the last word of a client that was killed.
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        claims = list(Claim.objects.filter(pk__in=ids))
        for event in Event.objects.filter(claim__in=ids).order_by("id"):
            told[event.claim_id].append(event)
    for claim in claims:
        _audit_one(claim, told[claim.pk])


def _audit_one(claim: Claim, events: Iterable[Event]) -> None:
    status, version, round_, day, flagged_at, flagged_rounds = Status.DRAFT, 1, 1, None, None, []
    for event in events:
        kind, version = EventKind(event.kind), version + 1
        note = f"{event.key} of claim {claim.pk}"
        assert event.from_status == status, f"{note} begins at {event.from_status}, the claim was {status}"
        if kind == EventKind.EDITED:
            assert event.to_status == status, f"{note}: an edit moved the claim"
            changes = event.data["changes"]
        else:
            lifecycle.check(kind, status, Status(event.to_status))
            changes = event.data
        status = Status(event.to_status)
        if kind in MOVED or (kind == EventKind.EDITED and "revisit_on" in changes):
            assert day is None or changes["revisit_on"][0] == day, f"{note} moved another day than the one before it"
            day, round_ = changes["revisit_on"][1], round_ + 1
        if kind == EventKind.FLAGGED:
            assert event.data["round"] == round_, f"{note} is a flag of another round"
            assert day in {None, event.data["revisit_on"]}, f"{note} flags another day than the claim's"
            assert event.data["revisit_on"] <= str(event.at.date()), f"{note} came before its day"
            flagged_rounds.append(round_)
        if status == Status.OPEN:
            flagged_at = None
        elif kind in {EventKind.FLAGGED, EventKind.REOPENED}:
            flagged_at = event.at
    assert len(flagged_rounds) == len(set(flagged_rounds)), f"claim {claim.pk} was flagged twice: {flagged_rounds}"
    assert (claim.status, claim.version, claim.round) == (status, version, round_), f"claim {claim.pk}"
    assert claim.flagged_at == flagged_at, f"claim {claim.pk}"
    assert day in {None, str(claim.revisit_on)}, f"claim {claim.pk}"
