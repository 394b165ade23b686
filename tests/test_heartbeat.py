"""The heartbeat of background jobs: what a run leaves behind, however it ends."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection

from claims import heartbeat, sweep, tasks
from claims.models import Claim, Event, Heartbeat
from tests.factories import NOW, open_claim

pytestmark = pytest.mark.django_db


def beat(job="sweep"):
    return Heartbeat.objects.get(job=job)


def test_a_run_that_ends_well_leaves_when_it_ended_and_what_it_handled():
    with heartbeat.beating("sweep", now=NOW) as run:
        assert (beat().began_at, beat().ended_at) == (NOW, None)
        run.handled, run.data = 3, {"open": 1}
    assert beat().ended_at - NOW == timedelta(seconds=round(beat().seconds, 6))
    assert (beat().handled, beat().runs, beat().failures, beat().data) == (3, 1, 0, {"open": 1})


def test_a_run_that_fails_leaves_its_error_and_the_moment_of_the_last_success_and_is_not_hushed_up():
    with heartbeat.beating("sweep", now=NOW):
        pass
    ended_at = beat().ended_at
    with pytest.raises(ValueError, match="no such day"), heartbeat.beating("sweep", now=NOW + timedelta(hours=1)):
        raise ValueError("no such day\nFailing row contains (a draft of ours)\x1b[31m")
    assert beat().ended_at == ended_at
    assert beat().failed_at >= NOW + timedelta(hours=1)
    assert (beat().runs, beat().failures, beat().error) == (1, 1, "ValueError: no such day")


def test_a_run_that_is_stopped_from_outside_has_neither_ended_nor_failed():
    with pytest.raises(SystemExit), heartbeat.beating("sweep", now=NOW):
        raise SystemExit
    assert (beat().began_at, beat().ended_at, beat().failed_at) == (NOW, None, None)


@pytest.mark.parametrize("error", [OperationalError("the disk is full"), KeyError("claim")])
def test_a_database_that_takes_no_heartbeat_does_not_hide_the_jobs_own_error(monkeypatch, caplog, error):
    def fail(*_args, **_words):
        raise DatabaseError("nobody is in")

    for write in ("began", "failed"):
        monkeypatch.setattr(type(Heartbeat.objects.all()), write, fail)
    with pytest.raises(type(error)) as caught, heartbeat.beating("sweep", now=NOW):
        raise error
    assert caught.value is error
    assert caplog.text.count("a heartbeat could not be written") == 2


def test_work_that_is_done_stays_done_where_its_heartbeat_cannot_be_written(monkeypatch):
    def fail(*_args, **_words):
        raise DatabaseError("nobody is in")

    monkeypatch.setattr(type(Heartbeat.objects.all()), "ended", fail)
    claim = open_claim(edtf="../2020")
    assert tasks.flag_due_claims() == 1
    claim.refresh_from_db()
    assert claim.status == "due"


def test_the_beats_sweep_and_the_sweep_by_hand_write_the_same_row(capsys):
    open_claim(edtf="../2020")
    with time_machine.travel(NOW, tick=False):
        assert tasks.flag_due_claims() == 1
        open_claim(edtf="../2021")
        call_command("flag_due_claims")
    assert "1 claim flagged" in capsys.readouterr().out
    assert (beat().runs, beat().handled, beat().handled_total) == (2, 1, 2)
    assert NOW <= beat().ended_at < NOW + timedelta(minutes=1)


def test_a_sweep_by_another_day_than_today_says_nothing_of_the_beat():
    call_command("flag_due_claims", "--today", "2020-01-01")
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_of_a_sweep_that_fails_halfway_is_written_and_its_flags_are_not(monkeypatch):
    claim = open_claim(edtf="../2020")
    monkeypatch.setattr(sweep, "TELL_ON_SQLITE", "INSERT INTO nowhere VALUES (%s, %s, %s, %s, %s, %s, %s, %s)")
    monkeypatch.setattr(
        sweep, "FLAG_AND_TELL_ON_POSTGRES", sweep.FLAG_AND_TELL_ON_POSTGRES.replace("claims_event", "nowhere")
    )
    with pytest.raises(DatabaseError, match="nowhere"):
        tasks.flag_due_claims()
    assert Claim.objects.get(pk=claim.pk).status == "open"
    assert not Event.objects.filter(kind="flagged").exists()
    assert beat().failures == 1
    assert "nowhere" in beat().error


@pytest.mark.django_db(transaction=True)
def test_sweeps_side_by_side_lose_no_count():
    def run_some():
        for _ in range(10):
            with heartbeat.beating("sweep", now=NOW) as run:
                run.handled = 2
        connection.close()

    threads = [threading.Thread(target=run_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (beat().runs, beat().handled_total) == (40, 80)
