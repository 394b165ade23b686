"""Calling webhooks: many at a time, stopped anywhere, in bounded memory, and whatever strangers answer."""

import socket
import threading
import tracemalloc
from datetime import timedelta
from unittest.mock import Mock

import pytest
import structlog
from django.db import OperationalError, connections

from claims import safe_http
from claims.models import Delivery, Event, Turn, Webhook
from claims.models.parcel import LEASE, MOST_SILENT, State
from claims.notify import payload, webhooks
from claims.notify.turns import TURN_LASTS
from tests.factories import NOW, WebhookFactory
from tests.notify.calling import deliver, due, moments, waiting, webhook_at
from tests.safe_http.strangers import answer, leading_to, stranger
from tests.sinks import http_server

pytestmark = pytest.mark.usefixtures("even_waits")


# What is wrong with one call or one process


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["body", "headers"])
def test_a_call_that_cannot_be_written_is_given_up_and_holds_up_no_other_one(
    place, http_receiver, settings, clock, monkeypatch
):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 3)
    poison = moments(webhook)[0].pk
    write = getattr(payload, place)

    def written(delivery, *given, **options):
        if delivery.pk == poison:
            raise KeyError("with a secret in it")
        return write(delivery, *given, **options)

    monkeypatch.setattr(payload, place, written)
    assert deliver(clock) == 2
    assert [d.state for d in moments(webhook)] == [State.PARKED, State.DELIVERED, State.DELIVERED]
    assert moments(webhook)[0].error == "It cannot be written: KeyError"


@pytest.mark.django_db
def test_a_fault_of_the_database_is_no_fault_of_the_call(http_receiver, settings, clock, monkeypatch):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    with monkeypatch.context() as failing:
        failing.setattr(payload, "body", Mock(side_effect=OperationalError))
        with pytest.raises(OperationalError):
            deliver(clock)
    assert [d.state for d in moments(webhook)] == [State.PENDING]
    clock.forward(seconds=LEASE.seconds)
    assert deliver(clock) == 1


@pytest.mark.django_db
def test_a_call_that_cannot_be_sent_for_a_fault_of_ours_is_tried_again_and_holds_up_no_other_one(
    http_receiver, settings, clock, monkeypatch
):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 2)
    post = safe_http.Line.post
    monkeypatch.setattr(safe_http.Line, "post", Mock(side_effect=[ZeroDivisionError, Mock(status=200, seconds=1)]))
    assert deliver(clock) == 1
    assert [d.state for d in moments(webhook)] == [State.PENDING, State.DELIVERED]
    assert moments(webhook)[0].error == "It cannot be sent: ZeroDivisionError"
    monkeypatch.setattr(safe_http.Line, "post", post)
    clock.forward(seconds=11)
    assert deliver(clock) == 1


@pytest.mark.django_db
def test_a_call_whose_sender_died_is_made_again_after_its_lease_and_not_before(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    (delivery,) = moments(webhook)
    # What a process does before it calls; then it is killed.
    assert delivery.lease(NOW)
    clock.forward(seconds=LEASE.seconds - 1)
    assert deliver(clock) == 0
    assert http_receiver.posts == []
    clock.forward(seconds=1)
    assert deliver(clock) == 1
    assert [post.id for post in http_receiver.posts] == [delivery.key]


@pytest.mark.django_db
def test_a_call_that_ends_whatever_makes_it_is_given_up_in_the_end(http_receiver, settings, clock, monkeypatch):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    monkeypatch.setattr(payload, "body", Mock(side_effect=SystemExit))
    for _minute in range(MOST_SILENT):
        with pytest.raises(SystemExit):
            deliver(clock)
        clock.forward(seconds=LEASE.seconds)
    assert deliver(clock) == 0
    assert moments(webhook)[0].state == State.PARKED


@pytest.mark.django_db
def test_a_sender_that_dies_between_the_receivers_yes_and_our_note_calls_again_under_the_same_id(
    http_receiver, settings, clock, monkeypatch
):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    with monkeypatch.context() as dying:
        dying.setattr(Delivery, "deliver", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            deliver(clock)
    assert moments(webhook)[0].state == State.PENDING
    clock.forward(seconds=LEASE.seconds)
    assert deliver(clock) == 1
    assert len(http_receiver.posts) == 2
    assert len(http_receiver.distinct) == 1


@pytest.mark.django_db
def test_one_process_at_a_time_makes_the_calls(http_receiver, settings, clock):
    waiting(webhook_at(http_receiver, settings))
    assert Turn.take(webhooks.NAME, now=NOW, lasts=TURN_LASTS)
    assert deliver(clock) == 0
    clock.forward(seconds=TURN_LASTS.seconds)
    assert deliver(clock) == 1


@pytest.mark.django_db
def test_a_pass_begins_no_call_when_its_time_is_over(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 3)
    round_ = webhooks.Round(clock, Mock(side_effect=[False, False, True, True]))
    assert round_.run() == 2
    assert [d.state for d in moments(webhook)] == [State.DELIVERED, State.DELIVERED, State.PENDING]
    assert webhooks.Round(clock, lambda: True).run() == 0


@pytest.mark.django_db
def test_a_webhook_that_is_switched_off_or_removed_in_the_middle_of_a_pass_is_not_called_any_more(
    http_receiver, settings, clock, monkeypatch
):
    monkeypatch.setattr(webhooks, "LOOK", 1)
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook, 3)
    post = safe_http.Line.post

    def then(change):
        def posting(*given, **options):
            got = post(*given, **options)
            change()
            return got

        monkeypatch.setattr(safe_http.Line, "post", posting)

    then(lambda: Webhook.objects.update(is_active=False))
    assert deliver(clock) == 1
    Webhook.objects.update(is_active=True)
    then(lambda: Webhook.objects.all().delete())
    deliver(clock)
    assert len(http_receiver.posts) == 2


# Several at a time


@pytest.mark.django_db(transaction=True)
def test_a_server_that_says_nothing_takes_no_time_from_the_others(http_receiver, settings, clock, monkeypatch):
    monkeypatch.setattr(safe_http, "SECONDS", 0.5)
    with stranger(b"") as silent:
        silent.script = lambda connection: silent.hold()
        slow, good = webhook_at(silent, settings), webhook_at(http_receiver, settings)
        due(3)
        Delivery.objects.exclude(event__kind="flagged").delete()
        assert deliver(clock) == 3
        assert silent.connections == 1
    slow.refresh_from_db()
    assert slow.resting_until == NOW + timedelta(seconds=10)
    assert [(d.attempts, d.error) for d in moments(slow)] == [
        (1, "The call failed: no answer in time."),
        (0, ""),
        (0, ""),
    ]
    assert {d.state for d in moments(good)} == {State.DELIVERED}


@pytest.mark.django_db(transaction=True)
def test_many_webhooks_are_called_at_a_time_and_each_is_told_everything_once_in_order(settings, clock, monkeypatch):
    monkeypatch.setattr(webhooks, "SLICE_SECONDS", 0.01)
    monkeypatch.setattr(webhooks, "LOOK", 2)
    with http_server() as one, http_server() as two, http_server() as three:
        called = [webhook_at(server, settings) for server in [one, two, three]]
        due(6)
        assert deliver(clock) == 36
        for webhook, server in zip(called, [one, two, three], strict=True):
            events = [delivery.event_id for delivery in moments(webhook)]
            assert [post.document["data"]["id"] for post in server.posts] == events


@pytest.mark.django_db(transaction=True)
def test_a_pass_leaves_no_connection_to_the_database_behind(http_receiver, settings, clock, monkeypatch):
    for _number in range(2):
        webhook_at(http_receiver, settings)
    due()
    opened, ready = [], webhooks.Round._ready

    def reading(self, pk):
        found = ready(self, pk)
        opened.append(connections["default"])
        return found

    monkeypatch.setattr(webhooks.Round, "_ready", reading)
    assert deliver(clock) == 4
    assert connections["default"] not in opened
    assert {one.connection for one in opened} == {None}


@pytest.mark.django_db(transaction=True)
def test_two_passes_at_once_call_nobody_twice(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    http_receiver.pause = 0.01
    due(10)
    rounds = [webhooks.Round(clock, lambda: False) for _number in range(2)]
    threads = [threading.Thread(target=one._work_in_thread) for one in rounds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(http_receiver.posts) == len(http_receiver.distinct) == 20
    assert {d.state for d in moments(webhook)} == {State.DELIVERED}


@pytest.mark.django_db(transaction=True)
def test_what_is_logged_of_a_webhook_bears_the_name_of_the_task(http_receiver, settings, clock, monkeypatch):
    told = []
    monkeypatch.setattr(webhooks.logger, "warning", lambda *_: told.append(structlog.contextvars.get_contextvars()))
    http_receiver.status = 503
    webhook_at(http_receiver, settings)
    webhook_at(http_receiver, settings)
    due()
    with structlog.contextvars.bound_contextvars(task="claims.deliver_webhooks"):
        deliver(clock)
    assert told == [{"task": "claims.deliver_webhooks"}] * 2


@pytest.mark.django_db(transaction=True)
def test_an_error_with_one_webhook_is_raised_when_the_others_have_been_called(
    http_receiver, settings, clock, monkeypatch
):
    broken, good = webhook_at(http_receiver, settings, "broken"), webhook_at(http_receiver, settings)
    due(2)
    ready = webhooks.Round._ready

    def reading(self, pk):
        if pk == broken.pk:
            raise ZeroDivisionError
        return ready(self, pk)

    monkeypatch.setattr(webhooks.Round, "_ready", reading)
    with pytest.raises(ZeroDivisionError):
        deliver(clock)
    assert {d.state for d in moments(good)} == {State.DELIVERED}


# Strangers


@pytest.mark.django_db
def test_a_name_that_leads_inside_by_now_is_not_called(settings, clock, monkeypatch, http_receiver):
    """The name passed when it was entered; then its owner lets it lead to this machine."""
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("93.184.216.34"))
    url = "http://hooks.example.org/"
    safe_http.check(url)
    webhook = WebhookFactory(url=url)
    waiting(webhook, 2)
    monkeypatch.setattr(socket, "getaddrinfo", leading_to("127.0.0.1"))
    monkeypatch.setattr(socket.socket, "connect", Mock(side_effect=AssertionError))
    assert deliver(clock) == 0
    webhook.refresh_from_db()
    assert webhook.resting_until == NOW + timedelta(seconds=10)
    first, second = moments(webhook)
    assert (first.error, first.answer_status) == ("This address is not on the public web.", None)
    assert (second.attempts, second.error) == (0, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"", "The call failed: hung up without an answer."),
        (b"HTTP/1.1 200 Yes\r\n" + b"X-Flood: 1\r\n" * 50_000, "The call failed: the answer is no HTTP."),
        (b"220 smtp.example.org ESMTP\r\n\r\n", "The call failed: the answer is no HTTP."),
        (answer(500, b"secret " * 50), "It answered 500."),
    ],
)
def test_of_a_server_that_lies_a_short_reason_is_kept(said, error, settings, clock):
    with stranger(said) as server:
        webhook = webhook_at(server, settings)
        waiting(webhook)
        assert deliver(clock) == 0
    (delivery,) = moments(webhook)
    assert (delivery.state, delivery.error) == (State.PENDING, error)
    assert str(server.port) not in delivery.error


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        answer(200, b"short", Content_Length="500"),
        answer(200, b"endless" * 100_000, Content_Length=str(10**15)),
        answer(202, b"zz", Transfer_Encoding="chunked"),
    ],
)
def test_a_yes_counts_whatever_follows_it(said, settings, clock):
    with stranger(said) as server:
        webhook = webhook_at(server, settings)
        waiting(webhook, 2)
        assert deliver(clock) == 2
    assert len(server.heard) == 2


@pytest.mark.django_db
def test_the_connection_is_kept_from_one_call_to_the_next(settings, clock):
    with stranger(b"") as server:

        def script(connection):
            while server.read(connection):
                connection.sendall(answer(204))

        server.script = script
        waiting(webhook_at(server, settings), 5)
        assert deliver(clock) == 5
    assert (len(server.heard), server.connections) == (5, 1)


@pytest.mark.django_db
def test_ten_thousand_calls_wait_in_the_database_and_not_in_memory(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    (claim,) = waiting(webhook)
    claim_events = [
        Event(
            claim=claim, kind="flagged", job="test", at=NOW, from_status="open", to_status="due", key=f"again:{number}"
        )
        for number in range(9_999)
    ]
    Event.objects.bulk_create(claim_events)
    Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event=event, **Delivery.times(NOW))
        for event in Event.objects.filter(job="test", kind="flagged")
    )
    assert Delivery.objects.count() == 10_000
    calls = iter(range(40))
    tracemalloc.start()
    try:
        taken = webhooks.Round(clock, lambda: next(calls, None) is None).run()
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken == len(http_receiver.posts) > 30
    assert most < 10_000_000
    assert Delivery.objects.pending().count() == 10_000 - taken
