"""The whole alarm: a real beat wakes a real worker through a real broker, and what is due is flagged."""

import time

import pytest

from claims.lifecycle import EventKind, Status
from claims.models import Claim, Event
from tests.factories import open_claim
from tests.faults.ledger import assert_flagged_once, backlog, open_among
from tests.faults.newsroom import PATIENCE, beat, kill, worker
from tests.management.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def status(claim: Claim) -> str:
    return Claim.objects.values_list("status", flat=True).get(pk=claim.pk)


def flags(claim: Claim) -> int:
    return Event.objects.filter(claim=claim, kind=EventKind.FLAGGED).count()


def test_a_due_claim_is_flagged_by_the_beat_without_anyones_help_and_once_however_often_it_ticks(environ):
    overdue, ahead = open_claim(edtf="../2026-06"), open_claim(edtf="9999-12-30")
    with worker(environ), beat(environ), beat(environ):
        wait_until(lambda: status(overdue) == Status.DUE, seconds=PATIENCE)
        next_one = open_claim(edtf="../2026-07")
        wait_until(lambda: status(next_one) == Status.DUE, seconds=PATIENCE)
        time.sleep(2.5)
    assert (flags(overdue), flags(next_one)) == (1, 1)
    assert (status(ahead), flags(ahead)) == (Status.OPEN, 0)


def test_what_fell_due_while_the_worker_was_killed_is_flagged_once_when_it_is_back(environ):
    with beat(environ):
        with worker(environ) as first:
            kill(first)
        missed = backlog(3, edtf="2024") + backlog(3, edtf="2025-03")
        time.sleep(2)
        assert open_among(missed) == 6
        with worker(environ):
            wait_until(lambda: not open_among(missed), seconds=PATIENCE)
            time.sleep(1.5)
    assert_flagged_once(missed)
