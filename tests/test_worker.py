"""The whole alarm: a real beat wakes a real worker through a real broker, and what is due is flagged."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from claims.lifecycle import EventKind, Status
from claims.management import broker
from claims.models import Claim, Event
from tests.factories import open_claim

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PATIENCE = 45.0
Running = AbstractContextManager[subprocess.Popen[bytes]]


def wait_for(what: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "this did not come about in time"
        time.sleep(0.1)


@contextmanager
def running(argv: list[str], environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(argv, env=environ, cwd=settings.ROOT, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of worker and beat: this test's database, and a broker that nobody else uses."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        database = f"sqlite:///{name}"
    else:
        database = f"{os.environ['TEST_DATABASE_URL'].rpartition('/')[0]}/{name}"
    given = {"DATABASE_URL": database, "SWEEP_SECONDS": "1", "VAR_DIR": str(tmp_path)}
    if url := os.environ.get("TEST_REDIS_URL"):
        # A database of the server that is ours for this run, so that no other worker takes our alarms.
        yield {**os.environ, **given, "REDIS_URL": f"{url.rpartition('/')[0]}/{9 + os.getpid() % 6}"}
        return
    ours = broker.embedded(tmp_path / "broker")
    ours.prepare()
    with running(ours.argv, dict(os.environ)):
        wait_for(ours.is_answering, seconds=10)
        yield {**os.environ, **given, "REDIS_URL": ours.url}


def celery(*words: str) -> list[str]:
    return [sys.executable, "-m", "celery", "--quiet", "--app", "project", *words]


def worker(environ: dict[str, str]) -> Running:
    return running(celery("worker", "--pool", "solo", "--without-mingle", "--without-gossip"), environ)


def beat(environ: dict[str, str]) -> Running:
    return running(celery("beat"), environ)


def status(claim: Claim) -> str:
    return Claim.objects.values_list("status", flat=True).get(pk=claim.pk)


def flags(claim: Claim) -> int:
    return Event.objects.filter(claim=claim, kind=EventKind.FLAGGED).count()


def test_a_due_claim_is_flagged_by_the_beat_without_anyones_help_and_once_however_often_it_ticks(environ):
    overdue, ahead = open_claim(edtf="../2026-06"), open_claim(edtf="9999-12-30")
    with worker(environ), beat(environ), beat(environ):
        wait_for(lambda: status(overdue) == Status.DUE)
        next_one = open_claim(edtf="../2026-07")
        wait_for(lambda: status(next_one) == Status.DUE)
        time.sleep(2.5)
    assert (flags(overdue), flags(next_one)) == (1, 1)
    assert (status(ahead), flags(ahead)) == (Status.OPEN, 0)


def test_what_fell_due_while_the_worker_was_killed_is_flagged_once_when_it_is_back(environ):
    with beat(environ):
        with worker(environ) as first:
            first.send_signal(signal.SIGKILL)
            first.wait()
        missed = [open_claim(edtf=edtf) for edtf in ("2024", "2025-03", "../2026-06")]
        time.sleep(2)
        assert all(status(claim) == Status.OPEN for claim in missed)
        with worker(environ):
            wait_for(lambda: all(status(claim) == Status.DUE for claim in missed))
            time.sleep(1.5)
    assert [flags(claim) for claim in missed] == [1, 1, 1]
