"""A process that dies while it sweeps leaves each claim either as it was or flagged with its event, nothing between."""

import itertools
import os
import random
import signal
import time
from contextlib import ExitStack

import pytest
from celery import Celery

from tests.factories import NOW
from tests.faults import children
from tests.faults.ledger import (
    TODAY,
    assert_flagged_once,
    audit,
    backlog,
    flags,
    open_among,
    sweep_to_the_end,
    wait_until_begun,
)
from tests.faults.newsroom import PATIENCE, beat, kill, worker
from tests.management.processes import family, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
ROUNDS = 20
SEED = 20261122


def test_a_sweep_killed_before_or_after_any_of_its_statements_loses_no_flag_and_doubles_none():
    everything, settled = [], 0
    for step in itertools.count(1):
        claims = backlog(5)
        everything += claims
        code = children.ended(children.start(children.die_at, step, children.sweep_in_twos, TODAY, NOW))
        if code == 0:
            break
        assert code == -signal.SIGKILL, f"step {step}"
        audit(claims)
        settled += len(flags(claims))
        sweep_to_the_end(claims)
        assert_flagged_once(claims)
    # Three chunks, each with its statements and its commit; the looks around them.
    assert step > 15
    assert settled, "no step came after a commit"
    assert_flagged_once(everything)


def test_a_worker_killed_at_twenty_random_moments_of_a_backlog_flags_each_claim_once(environ):
    chance, left = random.Random(SEED), []
    slow = environ | {"APP": "tests.faults.app", "CHUNK": "1", "PAUSE": "0.003"}
    alarm, claims = Celery(broker=environ["REDIS_URL"], set_as_current=False), []
    with ExitStack() as newsroom:
        newsroom.enter_context(beat(environ))
        workers = [newsroom.enter_context(worker(slow)) for _ in range(2)]
        for _ in range(ROUNDS):
            claims += backlog(40)
            before = open_among(claims)
            alarm.send_task("claims.flag_due_claims")
            wait_until_begun(claims, before)
            time.sleep(chance.uniform(0, 0.05))
            # The older one goes, with the sweep that it is at; the next one starts while the other goes on.
            kill(workers.pop(0))
            left.append(open_among(claims))
            workers.append(newsroom.enter_context(worker(slow)))
        newsroom.enter_context(worker(environ))
        wait_until(lambda: not open_among(claims), seconds=PATIENCE)
    print(f"seed {SEED}; claims that were still open at each kill: {left}")
    assert sum(map(bool, left)) > ROUNDS / 2, "nearly every kill came too late"
    assert_flagged_once(claims)


def test_a_worker_whose_processes_are_killed_goes_on_without_a_restart(environ):
    alarm, gone, claims = Celery(broker=environ["REDIS_URL"], set_as_current=False), set(), backlog(5)

    def is_flagged() -> bool:
        alarm.send_task("claims.flag_due_claims")
        return not open_among(claims)

    with worker(environ, processes=1) as process:
        for _ in range(4):
            wait_until(is_flagged, seconds=PATIENCE, pause=0.3, what="the next sweep")
            # What has just swept.
            (pool,) = family(process.pid).keys() - gone
            gone.add(pool)
            claims += backlog(5)
            os.kill(pool, signal.SIGKILL)
            # Handed to a process that is no more, before the worker has seen it go.
            alarm.send_task("claims.flag_due_claims")
        wait_until(is_flagged, seconds=PATIENCE, pause=0.3, what="the next sweep")
        assert process.poll() is None
    assert_flagged_once(claims)
