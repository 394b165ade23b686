"""/metrics, as Prometheus reads it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import RequestFactory
from django.utils import timezone
from prometheus_client import values
from prometheus_client.parser import text_string_to_metric_families

from claims import tasks
from claims.models import Delivery, Heartbeat
from claims.web import metrics as metrics_page
from project import metrics
from project.requests import RequestLog
from tests.factories import PersonFactory, WebhookFactory, due_claim, open_claim

pytestmark = pytest.mark.django_db


def scraped(client):
    """Samples by name and labels."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert response.headers["Cache-Control"] == "no-store"
    found = {}
    for family in text_string_to_metric_families(response.content.decode()):
        for sample in family.samples:
            found[sample.name, *sorted(sample.labels.items())] = sample.value
    return found


def requests_of(client, **labels):
    return scraped(client).get(("claimline_http_requests_total", *sorted(labels.items())), 0)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings, monkeypatch):
    """Counts of this test alone, in a folder as the web server's processes share it."""
    settings.METRICS_DIR = tmp_path
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(values, "ValueClass", values.MultiProcessValue())
    for metric in (metrics.REQUESTS, metrics.SECONDS):
        monkeypatch.setattr(metric, "_metrics", {})


def test_the_sweep_is_told_with_its_failures_flags_and_age(client):
    assert ("claimline_sweep_age_seconds",) not in scraped(client)
    open_claim(edtf="../2020")
    tasks.flag_due_claims()
    tasks.flag_due_claims()
    Heartbeat.objects.failed("sweep", timezone.now(), error="OperationalError: secret")
    Heartbeat.objects.filter(job="sweep").update(ended_at=timezone.now() - timedelta(minutes=5))
    found = scraped(client)
    assert found["claimline_sweeps_total",] == 2
    assert found["claimline_sweep_failures_total",] == 1
    assert found["claimline_flags_total",] == 1
    assert found["claimline_sweep_seconds_total",] >= found["claimline_sweep_last_seconds",] > 0
    assert 300 <= found["claimline_sweep_age_seconds",] < 400


def test_claims_are_told_by_status_from_the_last_count(client):
    open_claim()
    due_claim()
    assert ("claimline_claims", ("status", "open")) not in scraped(client)
    tasks.take_stock()
    open_claim()
    found = scraped(client)
    counts = {labels[0][1]: value for (name, *labels), value in found.items() if name == "claimline_claims"}
    assert counts == {"draft": 0, "open": 1, "due": 1, "resolved": 0, "withdrawn": 0}
    assert 0 <= found["claimline_stock_age_seconds",] < 60


def test_what_waits_to_be_sent_and_what_was_sent_is_told_by_channel(client):
    now = timezone.now()
    webhook = WebhookFactory()
    Delivery.objects.create(webhook=webhook, **Delivery.times(now - timedelta(minutes=10)))
    Delivery.objects.create(webhook=webhook, **Delivery.times(now) | {"parked_at": now, "attempts": 9})
    Delivery.objects.create(webhook=webhook, **Delivery.times(now) | {"delivered_at": now, "attempts": 2})
    tasks.take_stock()
    found = scraped(client)
    assert found["claimline_outbox_ready", ("channel", "webhook")] == 1
    assert found["claimline_outbox_ready", ("channel", "email")] == 0
    assert 600 <= found["claimline_outbox_oldest_seconds", ("channel", "webhook")] < 700
    states = {
        state: found["claimline_parcels", ("channel", "webhook"), ("state", state)]
        for state in ("pending", "delivered", "parked")
    }
    assert states == {"pending": 1, "delivered": 1, "parked": 1}
    assert found["claimline_parcel_failed_attempts", ("channel", "webhook")] == 10
    assert found["claimline_outbox_unread_events",] == 0


def test_a_scrape_costs_as_many_queries_however_many_claims_there_are(client, django_assert_num_queries):
    tasks.take_stock()
    with django_assert_num_queries(10) as few:
        scraped(client)
    for _ in range(5):
        due_claim()
    with django_assert_num_queries(len(few)) as many:
        scraped(client)
    assert not any("claims_claim" in query["sql"] for query in many.captured_queries)


def test_requests_are_counted_by_method_route_and_class_of_status(client):
    for path in ("/robots.txt", "/claims/nobody/", "/claims/nothing/", "/nowhere/", "/elsewhere/deep/"):
        client.get(path)
    client.post("/robots.txt")
    assert requests_of(client, method="GET", route="robots.txt", status="2xx") == 1
    assert requests_of(client, method="POST", route="robots.txt", status="4xx") == 1
    assert requests_of(client, method="GET", route="claims/<slug:public_id>/", status="4xx") == 2
    assert requests_of(client, method="GET", route="unknown", status="4xx") == 2


def test_times_to_an_answer_are_told_as_a_histogram(client):
    for _ in range(3):
        client.get("/robots.txt")
    found = scraped(client)
    assert found["claimline_http_request_seconds_count", ("route", "robots.txt")] == 3
    assert found["claimline_http_request_seconds_bucket", ("le", "+Inf"), ("route", "robots.txt")] == 3
    assert found["claimline_http_request_seconds_sum", ("route", "robots.txt")] > 0


def test_whatever_a_client_asks_for_there_is_no_label_of_its_making(client):
    client.force_login(PersonFactory(role="admin", is_superuser=True))
    before = set(_asked(client, number=0))
    after = {key for number in range(1, 12) for key in _asked(client, number=number)}
    assert after == before


def _asked(client, *, number):
    odd = f"x{number}"
    for path in (
        f"/{odd}",
        f"/{odd}/",
        f"/claims/{odd}/",
        f"/admin/{odd}/",
        f"/api/v1/claims/{odd}/",
        f"/api/v1/{odd}",
        f"/static/{odd}",
    ):
        for method in ("GET", "POST", "BREW", f"M{number}"):
            client.generic(method, path)
    client.get("/", {odd: odd}, headers={"X-Request-ID": odd, "Host": f"{odd}.example"})
    # Its own scrapes are requests too.
    return [
        key for key in scraped(client) if key[0] == "claimline_http_requests_total" and ("route", "metrics") not in key
    ]


def test_a_disk_that_is_full_spoils_the_counts_and_no_answer(monkeypatch, caplog):
    def fail(*_labels):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(metrics.REQUESTS, "labels", fail)
    answer = object.__new__(type("Answer", (), {"status_code": 200, "headers": {}}))
    assert RequestLog(lambda _request: answer)(RequestFactory().get("/")) is answer
    assert "a request could not be counted" in caplog.text


def test_a_database_that_is_away_is_told_and_the_rest_as_well(client, monkeypatch):
    def fail(*_args):
        raise DatabaseError("nobody is in at db.example")

    monkeypatch.setattr(metrics_page.health, "backlog", fail)
    client.get("/robots.txt")
    found = scraped(client)
    assert found["claimline_database_up",] == 0
    assert ("claimline_sweeps_total",) not in found
    assert found["claimline_http_requests_total", ("method", "GET"), ("route", "robots.txt"), ("status", "2xx")] == 1
    monkeypatch.undo()


def test_it_says_nothing_of_what_claims_say(client):
    draft = open_claim(statement="The harbour is closed by confidential order")
    tasks.take_stock()
    client.get(f"/claims/{draft.public_id}/?q=confidential")
    said = client.get("/metrics").content.decode()
    assert "confidential" not in said
    assert draft.public_id not in said


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"Authorization": "Bearer correct-horse"}, 200),
        ({"Authorization": "Bearer correct-hors"}, 401),
        ({"Authorization": "bearer"}, 401),
        ({"Authorization": "Token correct-horse"}, 401),
        ({"Authorization": "Bearer correct-horse "}, 401),
        ({"Authorization": "Bearer cörrect"}, 401),
        ({}, 401),
    ],
)
def test_where_a_token_is_set_it_is_needed(client, settings, given, expected):
    settings.METRICS_TOKEN = "correct-horse"
    response = client.get("/metrics", headers=given)
    assert response.status_code == expected
    if expected == 401:
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert b"claimline_" not in response.content


def test_without_a_token_anybody_may_ask_and_nobody_may_tell(client):
    assert client.get("/metrics").status_code == 200
    assert client.head("/metrics").status_code == 200
    for method in ("post", "put", "delete", "options"):
        assert getattr(client, method)("/metrics").status_code == 405


def test_within_the_proxy_no_address_for_machines_is_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    assert [client.get(path).status_code for path in ("/healthz", "/metrics", "/robots.txt")] == [200, 200, 301]
