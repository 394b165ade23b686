"""The broker is the alarm clock, never the memory: stopped, emptied or gone for a while, no flag is lost or doubled."""

import time

import pytest

from tests.faults.ledger import assert_flagged_once, backlog, open_among
from tests.faults.newsroom import PATIENCE, beat, worker
from tests.management.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def test_worker_and_beat_that_start_before_the_broker_wait_for_it(environ_before_broker, idle_broker, capfd):
    claims, heard = backlog(3), []
    with worker(environ_before_broker) as one, beat(environ_before_broker) as other:

        def has_tried() -> bool:
            heard.extend(capfd.readouterr())
            return "Cannot connect to" in "".join(heard) or one.poll() is not None

        wait_until(has_tried, seconds=PATIENCE)
        time.sleep(0.5)
        assert (one.poll(), other.poll()) == (None, None)
        idle_broker.start()
        wait_until(lambda: not open_among(claims), seconds=PATIENCE)
    assert_flagged_once(claims)


@pytest.mark.parametrize("is_data_lost", [False, True], ids=["its data kept", "its data lost"])
def test_a_broker_that_is_killed_and_comes_back_needs_no_restart_of_worker_or_beat(environ, broker, is_data_lost):
    claims = backlog(3)
    with worker(environ) as one, beat(environ) as other:
        wait_until(lambda: not open_among(claims), seconds=PATIENCE)
        broker.stop()
        claims += backlog(3)
        time.sleep(1.5)
        if is_data_lost:
            broker.lose_everything()
        broker.start()
        wait_until(lambda: not open_among(claims), seconds=PATIENCE)
        assert (one.poll(), other.poll()) == (None, None)
    assert_flagged_once(claims)


def test_a_broker_that_is_emptied_over_and_over_while_a_backlog_is_flagged_costs_nothing(environ, broker):
    slow = environ | {"APP": "tests.faults.app", "CHUNK": "2"}
    claims = backlog(300)
    with worker(slow), beat(environ):

        def is_flagged() -> bool:
            broker.empty()
            return not open_among(claims)

        # The flood does not stop: an alarm gets through between two waves.
        wait_until(is_flagged, seconds=PATIENCE, pause=0.02)
        # And what worker and beat had agreed on through the broker is not missed either.
        claims += backlog(3)
        wait_until(lambda: not open_among(claims), seconds=PATIENCE)
    assert_flagged_once(claims)
