"""The ledger."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from claims.lifecycle import EventKind, Status
from claims.models import AppendOnly, Event
from tests.factories import NOW, EventFactory, PersonFactory, due_claim

pytestmark = pytest.mark.django_db


def test_an_event_is_neither_changed_nor_removed_through_the_model():
    event = EventFactory()
    event.job = "other"
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(job="other"),
    ):
        with pytest.raises(AppendOnly):
            attempt()


def test_the_database_refuses_to_change_an_event_by_any_other_way():
    EventFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet.update(Event.objects.all(), job="other")


def test_a_claim_is_flagged_once_a_round_whoever_tries():
    claim = due_claim()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.record(claim, EventKind.FLAGGED, by="another sweep", at=NOW, from_status=Status.OPEN)


def test_an_event_has_one_doer():
    with pytest.raises(IntegrityError), transaction.atomic():
        EventFactory(job="")
    with pytest.raises(IntegrityError), transaction.atomic():
        EventFactory(job="sweep", actor=PersonFactory())


def test_a_claim_with_a_history_cannot_be_deleted_from_under_it():
    claim = due_claim()
    claim.citations.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.delete()
