"""A clock that jumps: what is due by it is flagged, nothing is flagged again, and beat and worker go on ticking."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.faults.ledger import assert_flagged_once, backlog, flags, open_among
from tests.faults.newsroom import PATIENCE, beat, kill, worker
from tests.management.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def all_flagged(*claims):
    wait_until(lambda: not open_among([pk for some in claims for pk in some]), seconds=PATIENCE)


def test_a_clock_that_jumps_a_day_ahead_and_back_flags_nothing_twice_and_silences_nobody(environ, clock):
    environ |= clock.environ
    today = timezone.localdate()
    due, tomorrow = backlog(3, revisit_on=today), backlog(3, revisit_on=today + DAY)
    with worker(environ) as one, beat(environ) as other:
        all_flagged(due)
        assert flags(tomorrow) == []
        clock.set(DAY, one, other)
        all_flagged(tomorrow)
        # By now the beat has seen the new time too, and ticked by it.
        for _ in range(2):
            again = backlog(1, revisit_on=today + DAY)
            all_flagged(again)
            tomorrow += again
        clock.set(timedelta(0), one, other)
        late, ahead = backlog(3, revisit_on=today), backlog(3, revisit_on=today + DAY)
        all_flagged(late)
        for jump in (-7 * DAY, 3 * DAY, -timedelta(hours=1), timedelta(0)):
            clock.set(jump, one, other)
            more = backlog(1, revisit_on=today - 8 * DAY)
            all_flagged(more)
            late += more
        assert (one.poll(), other.poll()) == (None, None)
    assert_flagged_once(due + tomorrow + late)
    # Three days ahead these had their day.
    assert_flagged_once(ahead)


def test_what_fell_due_in_a_week_without_a_beat_is_flagged_at_its_first_tick(environ, clock):
    # No other tick comes while this test runs.
    environ |= clock.environ | {"SWEEP_SECONDS": "3600"}
    today = timezone.localdate()
    week = [backlog(4, revisit_on=today + n * DAY) for n in range(1, 8)]
    ahead = backlog(4, revisit_on=today + 8 * DAY)
    with worker(environ) as one:
        first = backlog(1, revisit_on=today)
        with beat(environ) as other:
            all_flagged(first)
            kill(other)
        clock.set(7 * DAY, one)
        assert flags([pk for day in week for pk in day]) == []
        with beat(environ):
            all_flagged(*week)
    assert_flagged_once(first + [pk for day in week for pk in day])
    assert flags(ahead) == []


def test_alarms_that_nobody_heard_for_an_hour_are_let_go_and_the_next_one_is_heard(environ, clock, broker):
    environ |= clock.environ
    claims = backlog(3)
    with beat(environ):
        wait_until(lambda: broker.waiting() >= 2, seconds=PATIENCE)
    clock.set(timedelta(hours=1))
    with worker(environ):
        wait_until(lambda: not broker.waiting(), seconds=PATIENCE)
        time.sleep(0.5)
        assert open_among(claims) == 3
        with beat(environ):
            all_flagged(claims)
    assert_flagged_once(claims)
