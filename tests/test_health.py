"""What is known of the machinery: the sweep's age, what waits to be sent, and how much there is of everything."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import health, tasks
from claims.models import Delivery, Heartbeat, Letter
from tests.factories import NOW, ClaimFactory, PersonFactory, WebhookFactory, due_claim, open_claim, resolved_claim

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def letter(**changes):
    person = User.objects.first() or PersonFactory()
    return Letter.objects.create(person=person, **Letter.times(NOW) | changes)


def delivery(webhook=None, **changes):
    return Delivery.objects.create(webhook=webhook or WebhookFactory(), **Delivery.times(NOW) | changes)


def one_of(channel, **changes):
    return letter(**changes) if channel == "email" else delivery(**changes)


channels = pytest.mark.parametrize("channel", health.CHANNELS)


def swept(at):
    Heartbeat.objects.began("sweep", at)
    Heartbeat.objects.ended("sweep", at, seconds=0, handled=2, data=None)


@pytest.mark.parametrize(
    ("age", "period", "is_late", "is_alarming"),
    [
        (timedelta(seconds=179), 60, False, False),
        (timedelta(seconds=181), 60, True, False),
        (timedelta(seconds=601), 60, True, True),
        (timedelta(seconds=599), 1, True, False),
        (timedelta(seconds=601), 3600, False, False),
        (3 * HOUR + timedelta(seconds=1), 3600, True, True),
        (-timedelta(seconds=100), 60, False, False),
        (-timedelta(days=1), 60, True, True),
    ],
)
def test_a_sweep_is_late_after_three_periods_and_alarming_after_ten_minutes_at_least(
    settings, age, period, is_late, is_alarming
):
    settings.SWEEP_SECONDS = period
    swept(NOW - age)
    found = health.sweep_health(NOW)
    assert (found.is_late, found.is_alarming, found.flagged) == (is_late, is_alarming, 2)


def test_a_sweep_that_never_ran_is_late_and_alarming():
    found = health.sweep_health(NOW)
    assert (found.is_late, found.is_alarming, found.ended_at, found.age) == (True, True, None, None)


@channels
def test_what_lies_in_the_future_was_delivered_or_given_up_is_not_ready(channel):
    one_of(channel, next_attempt_at=NOW + HOUR)
    one_of(channel, delivered_at=NOW)
    assert health.backlog(channel, NOW) == health.Backlog(ready=0, parked=0, oldest_at=NOW + HOUR)
    one_of(channel, parked_at=NOW, next_attempt_at=NOW - HOUR)
    one_of(channel, next_attempt_at=NOW - timedelta(minutes=5))
    found = health.backlog(channel, NOW)
    assert (found.ready, found.parked, found.age(NOW)) == (1, 1, timedelta(minutes=5))


@channels
def test_a_parcel_that_could_be_sent_for_an_hour_and_is_not_tells_of_a_sender_that_stands_still(channel):
    assert not health.backlog(channel, NOW).is_stuck(NOW)
    one_of(channel)
    assert not health.backlog(channel, NOW + HOUR).is_stuck(NOW + HOUR)
    later = NOW + HOUR + timedelta(seconds=1)
    assert health.backlog(channel, later).is_stuck(later)


def test_nobody_waits_for_a_webhook_that_rests_or_is_switched_off():
    ago = NOW - 2 * HOUR
    delivery(WebhookFactory(is_active=False), next_attempt_at=ago)
    resting = WebhookFactory(resting_until=NOW + HOUR)
    delivery(resting, next_attempt_at=ago)
    assert health.backlog("webhook", NOW).oldest_at is None
    assert health.backlog("webhook", NOW).ready == 2
    delivery(WebhookFactory(), next_attempt_at=NOW - timedelta(minutes=1))
    assert health.backlog("webhook", NOW).age(NOW) == timedelta(minutes=1)
    # Having rested, it is waited for from then on.
    found = health.backlog("webhook", NOW + HOUR + timedelta(minutes=2))
    assert found.oldest_at == NOW - timedelta(minutes=1)
    Delivery.objects.exclude(webhook=resting).delete()
    assert health.backlog("webhook", NOW + HOUR + timedelta(minutes=2)).oldest_at == NOW + HOUR


@channels
def test_a_backlog_is_read_by_as_many_queries_however_long_it_is(channel, monkeypatch):
    monkeypatch.setattr(health, "MOST", 3)
    with CaptureQueriesContext(
        connection,
    ) as empty:
        health.backlog(channel, NOW)
    for _ in range(6):
        one_of(channel)
    with CaptureQueriesContext(connection) as long:
        assert health.backlog(channel, NOW).ready == 4
    assert len(long) == len(empty) == 3


def test_stock_is_taken_by_a_task_and_kept_in_its_row():
    ClaimFactory()
    open_claim()
    open_claim()
    due_claim()
    resolved_claim()
    letter(delivered_at=NOW, attempts=3)
    letter(attempts=2)
    delivery(parked_at=NOW, attempts=7)
    tasks.take_stock()
    row = Heartbeat.objects.get(job="stock")
    assert row.runs == 1
    assert row.data == {
        "claims": {"draft": 1, "open": 2, "due": 1, "resolved": 1},
        "parcels": {
            "email": {"pending": 1, "delivered": 1, "parked": 0, "failed_attempts": 4},
            "webhook": {"pending": 0, "delivered": 0, "parked": 1, "failed_attempts": 7},
        },
    }


def test_stock_is_taken_of_an_empty_newsroom_too():
    tasks.take_stock()
    nothing = {"pending": 0, "delivered": 0, "parked": 0, "failed_attempts": 0}
    assert Heartbeat.objects.get(job="stock").data == {"claims": {}, "parcels": {"email": nothing, "webhook": nothing}}
