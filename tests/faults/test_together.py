"""Several at once: sweeps, and editors who change what is being swept; whoever wins, the ledger is a legal one."""

import os

import pytest
from django.db import connection

from claims import sweep
from claims.lifecycle import EventKind, Status
from claims.models import Claim, Event
from tests.factories import NOW, PersonFactory
from tests.faults import children
from tests.faults.ledger import TODAY, assert_flagged_once, audit, backlog, flags, sweep_to_the_end

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
SEED = 20261122


def test_five_sweeps_released_together_flag_each_claim_once_and_none_of_them_fails():
    ahead = backlog(10, edtf="9999-12-30")
    for chunk in (2, 7, 200):
        claims, barrier = backlog(200), children.CONTEXT.Barrier(5)
        sweeps = [children.start(children.sweep_together, barrier, TODAY, NOW, chunk) for _ in range(5)]
        assert [children.ended(sweep) for sweep in sweeps] == [0] * 5
        # On Postgres one that stood aside may have stopped early: what it left, the next one finds.
        sweep_to_the_end(claims)
        assert_flagged_once(claims)
    assert flags(ahead) == []


def test_claims_that_are_edited_moved_settled_and_withdrawn_while_two_sweeps_run_are_what_their_ledger_says():
    people = [PersonFactory().pk for _ in range(3)]
    claims, stop = backlog(30), children.CONTEXT.Event()
    sweeps = [children.start(children.sweep_on, stop, TODAY, NOW) for _ in range(2)]
    print(f"seed {SEED}")
    editors = [children.start(children.edit_on, SEED + n, 120, claims, people, NOW) for n in range(3)]
    ends = [children.ended(editor) for editor in editors]
    stop.set()
    assert ends + [children.ended(sweep) for sweep in sweeps] == [0] * 5
    told = dict.fromkeys(EventKind, 0)
    for kind in Event.objects.filter(claim__in=claims).values_list("kind", flat=True):
        told[kind] += 1
    print({kind.value: number for kind, number in told.items() if number})
    # All of it has happened, flags of later rounds among it.
    assert told[EventKind.FLAGGED] > len(claims)
    befalls = set(EventKind) - {EventKind.LOGGED, EventKind.CORRECTED}
    assert all(told[kind] for kind in befalls)
    audit(claims)
    # What is still open and due is found by the next sweep, and nothing else.
    left = Claim.objects.filter(pk__in=claims, status=Status.OPEN)
    day = max(left.values_list("revisit_on", flat=True), default=TODAY)
    sweep_to_the_end(claims, day)
    audit(claims)


if os.environ.get("DATABASE_URL", "").startswith("postgres"):

    def test_a_sweep_goes_past_a_claim_that_an_editor_holds_and_takes_it_the_next_time():
        claims = backlog(10)
        is_held, let_go = children.CONTEXT.Event(), children.CONTEXT.Event()
        editor = children.start(children.hold, claims[4], is_held, let_go)
        try:
            assert is_held.wait(30)
            with connection.cursor() as cursor:
                # Waiting for the editor would be a wait for ever: he may wait for the sweep to write into the ledger.
                cursor.execute("SET lock_timeout = '5s'")
                assert sweep.flag_due(TODAY, now=NOW) == 9
                cursor.execute("RESET lock_timeout")
        finally:
            let_go.set()
        assert children.ended(editor) == 0
        sweep_to_the_end(claims)
        assert_flagged_once(claims)
