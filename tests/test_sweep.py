"""The sweep: a claim whose day has passed is flagged once."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from claims import revisit, sweep, tasks
from claims.dates import ProjectedDate
from claims.lifecycle import EventKind, Status
from claims.models import Claim, Event
from tests.factories import NOW, ClaimFactory, EventFactory, PersonFactory, due_claim, open_claim, resolved_claim

TODAY = date(2028, 1, 1)


def flags(claim):
    return claim.events.filter(kind=EventKind.FLAGGED).count()


@pytest.mark.django_db
def test_a_claim_for_a_year_is_not_due_on_its_last_day_and_is_on_the_next():
    claim = open_claim(edtf="2027")
    assert sweep.flag_due(date(2027, 12, 31), now=NOW) == 0
    assert sweep.flag_due(date(2028, 1, 1), now=NOW) == 1
    claim.refresh_from_db()
    assert (claim.status, claim.flagged_at, claim.version) == (Status.DUE, NOW, 3)


@pytest.mark.django_db
def test_a_flag_is_written_into_the_ledger_with_the_job_that_set_it():
    claim = open_claim(edtf="2027")
    sweep.flag_due(TODAY, now=NOW)
    event = claim.events.get(kind=EventKind.FLAGGED)
    assert (event.job, event.actor, event.at) == ("sweep", None, NOW)
    assert (event.from_status, event.to_status) == ("open", "due")
    assert event.data == {"revisit_on": "2028-01-01", "round": 1}
    assert event.key == Event.key_of(claim.pk, EventKind.FLAGGED, round=1, version=3)


@pytest.mark.django_db
def test_sweeping_again_flags_nothing_again():
    claim = open_claim(edtf="2027")
    assert [sweep.flag_due(TODAY, now=NOW) for _ in range(3)] == [1, 0, 0]
    assert flags(claim) == 1


@pytest.mark.django_db
def test_only_open_claims_are_flagged():
    others = [ClaimFactory(edtf="2020"), due_claim(edtf="2020"), resolved_claim(edtf="2020")]
    before = Event.objects.count()
    assert sweep.flag_due(TODAY, now=NOW) == 0
    assert Event.objects.count() == before
    assert [claim.status for claim in others] == [Claim.objects.get(pk=claim.pk).status for claim in others]


@pytest.mark.django_db
def test_after_an_outage_of_years_each_claim_is_flagged_once_and_not_once_per_missed_day():
    claims = [open_claim(edtf=str(year)) for year in range(2015, 2027)]
    assert sweep.flag_due(TODAY, now=NOW) == len(claims)
    assert all(flags(claim) == 1 for claim in claims)


@pytest.mark.django_db
def test_a_large_backlog_is_flagged_in_chunks_to_its_end():
    claims = [open_claim(edtf="2027") for _ in range(7)]
    assert sweep.flag_due(TODAY, now=NOW, chunk=3) == 7
    assert Event.objects.filter(kind=EventKind.FLAGGED).count() == len(claims)


@pytest.mark.django_db
def test_a_backlog_that_one_look_does_not_hold_is_flagged_to_its_end(monkeypatch):
    monkeypatch.setattr(sweep, "LOOK", 3)
    claims = [open_claim(edtf=edtf) for edtf in ("2026", "2020", "2024", "2022", "2021", "2025", "2023", "2028")]
    assert sweep.flag_due(TODAY, now=NOW, chunk=2) == 7
    assert [flags(claim) for claim in claims] == [1] * 7 + [0]


@pytest.mark.django_db
def test_a_claim_that_was_moved_after_the_sweep_had_found_it_is_left_alone():
    moved, settled, due = (open_claim(edtf="2026") for _ in range(3))
    later = ProjectedDate.from_edtf("2030")
    revisit.reschedule(moved, later, phrase="in 2030", reason="They said so.", by="test", at=NOW)
    revisit.withdraw(settled, reason="Logged in error.", by="test", at=NOW)
    assert sweep.flag_some([moved.pk, settled.pk, due.pk], TODAY, now=NOW) == 1
    assert [flags(claim) for claim in (moved, settled, due)] == [0, 0, 1]


@pytest.mark.django_db
def test_a_postponed_claim_is_flagged_again_on_its_new_day_and_not_before():
    claim = due_claim(edtf="2026")
    later = date(2027, 6, 1)
    revisit.postpone(claim, revisit_on=later, reason="Too early to tell.", by="test", at=NOW, today=NOW.date())
    assert sweep.flag_due(later - timedelta(days=1), now=NOW) == 0
    assert sweep.flag_due(later, now=NOW) == 1
    assert flags(claim) == 2


@pytest.mark.django_db
def test_a_reopened_claim_is_flagged_again_under_its_new_revisit_day():
    claim, editor = resolved_claim(edtf="2020"), PersonFactory()
    revisit.reopen(claim, reason="New facts.", by=editor, at=NOW)
    revisit.postpone(claim, revisit_on=TODAY, reason="Too early.", by=editor, at=NOW, today=NOW.date())
    before = flags(claim)
    assert sweep.flag_due(TODAY - timedelta(days=1), now=NOW) == 0
    assert sweep.flag_due(TODAY, now=NOW) == 1
    assert flags(claim) == before + 1


@pytest.mark.django_db
def test_a_rescheduled_claim_is_flagged_after_its_new_window():
    claim = due_claim(edtf="2025")
    moved = ProjectedDate.from_edtf("2027")
    revisit.reschedule(claim, moved, phrase="in 2027", reason="They said so.", by="test", at=NOW)
    assert sweep.flag_due(date(2027, 12, 31), now=NOW) == 0
    assert sweep.flag_due(date(2028, 1, 1), now=NOW) == 1


@pytest.mark.django_db(transaction=True)
def test_sweeps_that_run_at_once_share_the_work_and_flag_each_claim_once():
    for _ in range(40):
        open_claim(edtf="2027")
    start, counts, errors = threading.Barrier(5), [], []

    def run():
        try:
            start.wait(timeout=10)
            counts.append(sweep.flag_due(TODAY, now=NOW, chunk=4))
        except Exception as error:  # noqa: BLE001 - shown below, whatever it is
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    # One that stood aside may have stopped early: what it left, the next one finds.
    counts.append(sweep.flag_due(TODAY, now=NOW))
    assert not errors
    assert sum(counts) == 40
    assert Event.objects.filter(kind=EventKind.FLAGGED).count() == 40
    assert set(Claim.objects.values_list("status", "version")) == {(Status.DUE, 3)}


@pytest.mark.django_db
def test_a_failure_in_the_middle_leaves_neither_flag_nor_event():
    claims = [open_claim(edtf="2027") for _ in range(3)]
    # An event that should not be there: the second claim's own cannot be written.
    EventFactory(claim=claims[1], key=Event.key_of(claims[1].pk, EventKind.FLAGGED, round=1, version=3))
    with pytest.raises(IntegrityError), transaction.atomic():
        sweep.flag_some([claim.pk for claim in claims], TODAY, now=NOW)
    assert set(Claim.objects.values_list("status", "version", "flagged_at")) == {(Status.OPEN, 2, None)}
    assert not Event.objects.filter(kind=EventKind.FLAGGED).exists()


@pytest.mark.django_db
def test_a_claim_that_the_database_refuses_to_flag_is_told_of_and_keeps_no_other_back(caplog):
    claims = [open_claim(edtf="2020") for _ in range(7)]
    refused = claims[4]
    key = Event.key_of(refused.pk, EventKind.FLAGGED, round=refused.round, version=0)
    EventFactory(claim=refused, kind=EventKind.FLAGGED, to_status=Status.DUE, key=key)
    assert sweep.flag_due(TODAY, now=NOW) == 6
    statuses = {claim.pk: Claim.objects.get(pk=claim.pk).status for claim in claims}
    assert statuses == {claim.pk: Status.OPEN if claim == refused else Status.DUE for claim in claims}
    assert [record.getMessage() for record in caplog.records] == [f"claim {refused.pk} cannot be flagged"]


@pytest.mark.django_db
def test_a_sweep_with_nothing_due_is_one_look_into_its_own_index(django_assert_num_queries):
    open_claim(edtf="2027")
    with django_assert_num_queries(1) as queries:  # no transaction either, which on SQLite would keep writers waiting
        sweep.flag_due(date(2026, 1, 1), now=NOW)
    statement = queries[0]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + statement)
        else:
            cursor.execute("EXPLAIN QUERY PLAN " + statement)
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "claim_sweep" in plan, plan


@pytest.mark.django_db
def test_a_day_passes_at_midnight_of_the_newsroom_and_not_of_greenwich(settings):
    settings.TIME_ZONE = "Asia/Jakarta"
    claim = open_claim(edtf="2027")
    with time_machine.travel(datetime(2027, 12, 31, 16, 59, tzinfo=UTC), tick=False):
        assert tasks.flag_due_claims() == 0
    with time_machine.travel(datetime(2027, 12, 31, 17, 1, tzinfo=UTC), tick=False):
        assert tasks.flag_due_claims() == 1
    assert flags(claim) == 1


@pytest.mark.django_db
def test_the_command_says_how_many_it_flagged(capsys):
    open_claim(edtf="2027")
    call_command("flag_due_claims", "--today", "2027-12-31")
    call_command("flag_due_claims", "--today", "2028-01-01")
    assert capsys.readouterr().out.split("\n")[:2] == ["0 claims flagged", "1 claim flagged"]


@pytest.mark.parametrize("today", ["tomorrow", "2027-02-30", "0000-01-01", "20270101"])
def test_the_command_refuses_a_day_that_it_cannot_read(today):
    with pytest.raises(CommandError, match=f"YYYY-MM-DD, not '{today}'"):
        call_command("flag_due_claims", "--today", today)
