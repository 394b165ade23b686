"""Webhooks: a server that fails is left alone for a while, and nothing is lost in silence."""

from datetime import timedelta

import pytest

from claims.models import Delivery, Webhook
from claims.models.parcel import PATIENCE, State
from claims.notify import webhooks
from tests.factories import NOW, WebhookFactory
from tests.notify.calling import deliver, moments, waiting, webhook_at

pytestmark = pytest.mark.usefixtures("even_waits")


# When it is not taken


@pytest.mark.django_db
def test_a_call_that_failed_is_made_again_under_the_same_id(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    http_receiver.answers.extend([500, 503])
    assert deliver(clock) == 0
    (delivery,) = moments(webhook)
    assert (delivery.state, delivery.answer_status, delivery.error) == (State.PENDING, 500, "It answered 500.")
    clock.forward(seconds=9)
    assert deliver(clock) == 0
    assert len(http_receiver.posts) == 1
    clock.forward(seconds=2)
    assert deliver(clock) == 0
    clock.forward(seconds=59)
    assert deliver(clock) == 0
    assert len(http_receiver.posts) == 2
    clock.forward(seconds=2)
    assert deliver(clock) == 1
    (delivery,) = moments(webhook)
    assert (delivery.state, delivery.attempts, delivery.error) == (State.DELIVERED, 3, "")
    assert len(http_receiver.posts) == 3
    assert len(http_receiver.distinct) == 1
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.resting_until) == (0, None)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 599])
def test_a_server_that_fails_is_asked_once_a_rest_however_much_waits(status, http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 5)
    http_receiver.status = status
    for seconds, asked in [
        (0, 1),
        (9, 1),
        (2, 2),
        (50, 2),
        (11, 3),
        (290, 3),
        (11, 4),
        (1_790, 4),
        (11, 5),
        (1_811, 6),
    ]:
        clock.forward(seconds=seconds)
        deliver(clock)
        assert len(http_receiver.posts) == asked
    # Each time with another one of those that wait longest.
    assert [d.attempts for d in moments(webhook)] == [2, 1, 1, 1, 1]
    http_receiver.status = 200
    clock.forward(seconds=1_811)
    assert deliver(clock) >= 3
    webhook.refresh_from_db()
    assert webhook.failures == 0


@pytest.mark.django_db
@pytest.mark.parametrize("status", [300, 301, 302, 307, 308, 400, 401, 403, 404, 405, 413, 422, 499])
def test_a_call_that_is_turned_away_holds_up_no_other_one(status, http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 3)
    http_receiver.answers.extend([204, status])
    http_receiver.headers["Location"] = http_receiver.url
    assert deliver(clock) == 2
    assert [d.state for d in moments(webhook)] == [State.DELIVERED, State.PENDING, State.DELIVERED]
    assert moments(webhook)[1].error == f"It answered {status}."
    assert len(http_receiver.posts) == 3
    clock.forward(seconds=11)
    assert deliver(clock) == 1
    assert http_receiver.posts[1].id == http_receiver.posts[3].id


@pytest.mark.django_db
def test_a_webhook_whose_server_says_gone_is_switched_off(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 3)
    http_receiver.answers.append(410)
    assert deliver(clock) == 0
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.stopped_because) == (False, "It answered 410.")
    assert [d.state for d in moments(webhook)] == [State.PARKED, State.PENDING, State.PENDING]
    clock.forward(hours=1)
    assert deliver(clock) == 0
    assert len(http_receiver.posts) == 1
    # Switched on again in time, it is told what waits.
    Webhook.objects.update(is_active=True, stopped_because="")
    assert deliver(clock) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120),
        ("0", 1),
        ("999999999999999999999", 3600),
        ("86400", 3600),
        ("Sun, 22 Nov 2026 09:05:00 GMT", 300),
        ("Sun, 22 Nov 2026 09:05:00", 300),
        ("Sun, 22 Nov 2026 08:00:00 GMT", 1),
        ("Sun, 22 Nov 9999 08:00:00 GMT", 3600),
        ("soon", 10),
        ("-5", 10),
        ("١٢٠", 10),
        ("Sun, 99 Nov 2026 99:00:00 GMT", 10),
        ("Sun, 22 Nov 99999999999999999999 08:00:00 GMT", 10),
        ("Sun, 22 Nov 2026 08:00:00 +99999999999999999999", 10),
        ("", 10),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_says_within_bounds_how_long_it_wants_to_rest(status, asked, seconds, http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    http_receiver.answers.append(status)
    http_receiver.headers["Retry-After"] = asked.encode().decode("latin-1")
    deliver(clock)
    webhook.refresh_from_db()
    assert webhook.resting_until == NOW + timedelta(seconds=seconds)
    assert moments(webhook)[0].next_attempt_at == NOW + timedelta(seconds=max(seconds, 10))


@pytest.mark.django_db
def test_only_a_server_that_is_busy_says_how_long(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    http_receiver.answers.append(500)
    http_receiver.headers["Retry-After"] = "120"
    deliver(clock)
    webhook.refresh_from_db()
    assert webhook.resting_until == NOW + timedelta(seconds=10)


# For a day


@pytest.mark.django_db
def test_a_call_is_tried_for_a_day_and_then_given_up_with_the_reason(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    http_receiver.status = 500
    while moments(webhook)[0].state == State.PENDING:
        deliver(clock)
        assert clock.now < NOW + PATIENCE
        clock.forward(minutes=5)
    (delivery,) = moments(webhook)
    assert (delivery.state, delivery.error) == (State.PARKED, "It answered 500.")
    assert 6 <= len(http_receiver.posts) <= 12
    assert len(http_receiver.distinct) == 1
    assert delivery.expires_at - delivery.parked_at < timedelta(hours=6)


@pytest.mark.django_db
def test_calls_that_nobody_made_for_a_day_are_given_up_with_the_reason(settings, clock):
    resting = WebhookFactory(resting_until=NOW + PATIENCE + timedelta(hours=1), failures=9)
    stopped = WebhookFactory(is_active=False)
    for webhook in [resting, stopped]:
        Delivery.objects.create(webhook=webhook, **Delivery.times(NOW))
    Delivery.objects.create(webhook=resting, error="It answered 500.", **Delivery.times(NOW))
    clock.forward(hours=23, minutes=59)
    deliver(clock)
    assert {d.state for d in Delivery.objects.all()} == {State.PENDING}
    clock.forward(minutes=1)
    deliver(clock)
    never = "It was not called within a day, because it was resting or switched off."
    assert [(d.state, d.error) for d in Delivery.objects.order_by("pk")] == [
        (State.PARKED, never),
        (State.PARKED, never),
        (State.PARKED, "It answered 500."),
    ]


@pytest.mark.django_db
def test_giving_up_is_done_in_bounded_steps_and_leaves_what_is_on_its_way(monkeypatch, clock):
    monkeypatch.setattr(webhooks, "MOST_OVERDUE", 2)
    webhook = WebhookFactory(is_active=False)
    for _number in range(4):
        Delivery.objects.create(webhook=webhook, **Delivery.times(NOW))
    clock.forward(days=1)
    moments(webhook)[0].lease(clock.now)
    assert [webhooks.park_overdue(clock.now) for _time in range(3)] == [2, 1, 0]
    assert [d.state for d in moments(webhook)] == [State.PENDING, *[State.PARKED] * 3]


@pytest.mark.django_db
def test_what_waited_for_us_alone_for_more_than_a_day_is_tried_all_the_same(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 2)
    clock.forward(days=3)
    http_receiver.answers.extend([204, 400])
    assert deliver(clock) == 1
    assert [d.state for d in moments(webhook)] == [State.DELIVERED, State.PARKED]


@pytest.mark.django_db
def test_a_webhook_that_rests_and_calls_that_wait_by_a_clock_that_ran_ahead_go_on_when_that_is_set_back(
    http_receiver, settings, clock
):
    webhook = webhook_at(http_receiver, settings)
    clock.forward(days=400)
    webhook.deliveries.create(**Delivery.times(clock.now))
    http_receiver.answers.append(503)
    assert deliver(clock) == 0
    clock.forward(days=-400)
    assert deliver(clock) == 1
    assert len(http_receiver.distinct) == 1
