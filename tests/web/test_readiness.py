"""/readyz: whether Claimline does its work, as a load balancer and whoever keeps it running see it."""

import json
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from claims import health
from claims.management import broker
from claims.models import Delivery, Heartbeat
from claims.notify import outbox
from claims.web import readiness
from tests.factories import WebhookFactory, open_claim
from tests.management.processes import wait_until

# The answer comes by a connection of its own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def running_broker(tmp_path, settings):
    """A broker of our own that answers, as a process to be tormented."""
    ours = broker.embedded(tmp_path / "broker")
    ours.prepare()
    process = subprocess.Popen(ours.argv)
    try:
        wait_until(ours.is_answering, what="the broker")
        settings.REDIS_URL = ours.url
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def black_hole():
    """The port of something that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as silent:
        yield silent.getsockname()[1]


def swept(ago=timedelta(seconds=1), flagged=3):
    now = timezone.now()
    Heartbeat.objects.began("sweep", now - ago)
    Heartbeat.objects.ended("sweep", now - ago, seconds=0.1, handled=flagged, data=None)


def asked(client):
    response = client.get("/readyz")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    said = json.loads(response.content)
    assert (response.status_code, said["status"]) in {(200, "ready"), (503, "failing")}
    return response.status_code, said["checks"]


def test_it_is_ready_while_everything_answers_and_the_sweep_has_run(client, running_broker):
    swept()
    status, checks = asked(client)
    assert status == 200
    assert {name: check["status"] for name, check in checks.items()} == {
        "database": "ok",
        "broker": "ok",
        "sweep": "ok",
        "outbox": "ok",
    }
    assert 1 <= checks["sweep"]["age_seconds"] < 60
    assert (checks["sweep"]["limit_seconds"], checks["sweep"]["flagged"]) == (180, 3)


def test_it_is_not_ready_before_the_first_sweep(client, running_broker):
    status, checks = asked(client)
    assert status == 503
    assert (checks["sweep"]["status"], checks["sweep"]["age_seconds"]) == ("failing", None)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(seconds=25), 200),
        (timedelta(seconds=31), 503),
        (timedelta(days=400), 503),
        (-timedelta(hours=1), 503),
    ],
)
def test_a_sweep_is_stale_after_three_periods_or_where_a_clock_was_set_back(
    client, running_broker, settings, age, expected
):
    settings.SWEEP_SECONDS = 10
    swept(ago=age)
    assert asked(client)[0] == expected


def test_a_sweep_that_fails_again_and_again_is_as_stale_as_one_that_never_runs(client, running_broker):
    swept(ago=timedelta(hours=1))
    Heartbeat.objects.began("sweep", timezone.now())
    Heartbeat.objects.failed("sweep", timezone.now(), error="OperationalError: a secret of the database")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"secret" not in response.content


def test_the_outbox_is_told_of_and_what_could_be_sent_for_an_hour_is_a_failure(client, running_broker, monkeypatch):
    swept()
    webhook = WebhookFactory()
    claim_event = open_claim(at=timezone.now()).events.get(kind="published")
    ago = timezone.now() - timedelta(minutes=30)
    Delivery.objects.create(webhook=webhook, event=claim_event, **Delivery.times(ago))
    Delivery.objects.create(webhook=webhook, **Delivery.times(ago) | {"parked_at": ago})
    status, checks = asked(client)
    assert (status, checks["outbox"]["status"], checks["outbox"]["unread_events"]) == (200, "ok", claim_event.pk)
    assert checks["outbox"]["email"] == {"ready": 0, "oldest_seconds": 0, "parked": 0}
    assert (checks["outbox"]["webhook"]["ready"], checks["outbox"]["webhook"]["parked"]) == (1, 1)
    assert 1800 <= checks["outbox"]["webhook"]["oldest_seconds"] < 2400

    monkeypatch.setattr(health, "MOST", 0)
    Delivery.objects.pending().update(next_attempt_at=ago - timedelta(hours=1))
    status, checks = asked(client)
    assert (status, checks["outbox"]["status"], checks["outbox"]["webhook"]["ready"]) == (503, "failing", "more than 0")


def test_events_of_which_nobody_has_been_told_for_an_hour_are_a_failure(client, running_broker):
    swept()
    open_claim(at=timezone.now() - timedelta(hours=2))
    assert asked(client)[1]["outbox"]["status"] == "failing"
    outbox.fan_out(timezone.now())
    assert asked(client)[1]["outbox"] | {"email": {}, "webhook": {}} == {
        "status": "ok",
        "unread_events": 0,
        "email": {},
        "webhook": {},
    }


def test_a_broker_that_ended_is_told_and_one_that_is_back_too(client, running_broker):
    swept()
    running_broker.send_signal(signal.SIGSTOP)
    status, checks = asked(client)
    assert (status, checks["broker"]["status"], checks["database"]["status"]) == (503, "failing", "ok")
    running_broker.send_signal(signal.SIGCONT)
    wait_until(lambda: asked(client)[0] == 200, what="a ready answer")
    running_broker.kill()
    running_broker.wait()
    wait_until(lambda: asked(client)[1]["broker"]["status"] == "failing", what="the broker's end")


def test_a_broker_that_swallows_everything_holds_up_no_answer(client, settings, black_hole):
    swept()
    settings.REDIS_URL = f"redis://:hunter2@127.0.0.1:{black_hole}/0"
    for _ in range(2):
        status, checks = asked(client)
        assert (status, checks["broker"]) == (503, {"status": "failing"})
        assert checks["sweep"]["status"] == "ok"


@pytest.mark.parametrize(
    "url", ["redis://nobody.invalid:6379/0", "rediss://127.0.0.1:1/0", "redis+socket:///no/socket"]
)
def test_a_broker_at_no_address_is_told(client, settings, url):
    settings.REDIS_URL = url
    assert asked(client)[1]["broker"] == {"status": "failing"}


def test_a_database_that_is_away_is_told_in_the_same_words(client, running_broker, monkeypatch, black_hole):
    options = {"connect_timeout": 2}
    away = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "claims",
        "HOST": "127.0.0.1",
        "PORT": 1,
        "OPTIONS": options,
    }
    known = dict(connection.settings_dict)
    with monkeypatch.context() as patch:
        # A thread that has known no other database.
        patch.setattr(readiness, "_asks_the_database", ThreadPoolExecutor(1))
        for name, value in away.items():
            patch.setitem(connection.settings_dict, name, value)
        for port in (1, black_hole):
            patch.setitem(connection.settings_dict, "PORT", port)
            status, checks = asked(client)
            assert status == 503
            assert checks == {
                "database": {"status": "failing"},
                "sweep": {"status": "unknown"},
                "outbox": {"status": "unknown"},
                "broker": {"status": "ok"},
            }
    assert connection.settings_dict == known


def test_it_says_nothing_of_addresses_versions_or_claims(client, settings, black_hole):
    claim = open_claim()
    swept()
    settings.REDIS_URL = f"redis://:hunter2@127.0.0.1:{black_hole}/0"
    said = client.get("/readyz").content.decode()
    for secret in ("hunter2", "127.0.0.1", str(black_hole), claim.statement, str(connection.settings_dict["NAME"])):
        assert secret not in said


def test_it_is_only_asked_and_never_told(client, running_broker):
    swept()
    assert client.head("/readyz").status_code == 200
    assert client.head("/readyz").content == b""
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        assert getattr(client, method)("/readyz").status_code == 405
