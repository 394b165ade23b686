"""What the desk tells of the sweep: calmly, or as an alert on every page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from claims.admin.desk import the_desk
from claims.models import Heartbeat
from tests.factories import due_claim
from tests.web.reading import find, text_of

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
WHAT_TO_DO = "claims that fall due are not flagged. Check that worker, beat and broker run."


@pytest.fixture(autouse=True)
def _at_half_past_two():
    with time_machine.travel(NOW, tick=False):
        yield


def swept(ago, flagged=3):
    Heartbeat.objects.began("sweep", NOW - ago)
    Heartbeat.objects.ended("sweep", NOW - ago, seconds=0, handled=flagged, data=None)


def alerts(response):
    return [text_of(item) for item in find(response, "p", "alarm") if item.get("role") == "alert"]


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=25), f"Alert No sweep has run since 14:05: {WHAT_TO_DO}"),
        (timedelta(minutes=11), f"Alert No sweep has run since 14:19: {WHAT_TO_DO}"),
        (timedelta(hours=20), f"Alert No sweep has run since 21 November 2026, 18:30: {WHAT_TO_DO}"),
        (None, f"Alert No sweep has run yet: {WHAT_TO_DO}"),
    ],
)
def test_when_no_sweep_has_run_for_ten_minutes_the_desk_says_since_when_and_what_to_do(reporter, ago, said):
    if ago:
        swept(ago)
    page = reporter.get("/admin/")
    assert alerts(page) == [said]
    assert "Last sweep" not in page.content.decode()


def test_the_moment_is_told_in_the_newsrooms_time(editor, settings):
    settings.TIME_ZONE = "Asia/Jakarta"
    swept(timedelta(minutes=25))
    assert "since 21:05:" in alerts(editor.get("/admin/"))[0]


def test_every_page_of_the_desk_shows_the_alert_at_the_cost_of_one_query(admin, django_assert_max_num_queries):
    claim = due_claim(edtf="../2025-01")
    models = [model._meta for model in the_desk()._registry]
    lists = [reverse(f"admin:{model.app_label}_{model.model_name}_changelist") for model in models]
    pages = ["/admin/", "/admin/password_change/", *lists]
    pages += [reverse(f"admin:claims_claim_{step}", args=[claim.pk]) for step in ("change", "postpone", "history")]
    for page in pages:
        with django_assert_max_num_queries(200) as asked:
            response = admin.get(page)
        assert response.status_code == 200, page
        assert len(alerts(response)) == 1, page
        assert sum("claims_heartbeat" in query["sql"] for query in asked.captured_queries) == 1, page


@pytest.mark.parametrize(
    ("ago", "flagged", "said"),
    [
        (timedelta(seconds=20), 3, "Last sweep 20 s ago, flagged 3"),
        (timedelta(minutes=5, seconds=10), 0, "Last sweep 5 min ago, flagged 0"),
        (-timedelta(seconds=2), 1, "Last sweep 0 s ago, flagged 1"),
    ],
)
def test_while_claims_are_flagged_the_start_page_says_so_calmly(reporter, ago, flagged, said):
    swept(ago, flagged)
    page = reporter.get("/admin/")
    assert alerts(page) == []
    assert said in page.content.decode()


def test_a_newsroom_that_sweeps_twice_a_day_is_not_alarmed_in_between(reporter, settings):
    settings.SWEEP_SECONDS = 12 * 3600
    swept(timedelta(hours=11))
    page = reporter.get("/admin/")
    assert alerts(page) == []
    assert "Last sweep 11 h ago" in page.content.decode()


def test_whoever_has_not_logged_in_is_told_nothing(client, db):
    assert alerts(client.get("/admin/login/")) == []
    assert "weep" not in client.get("/admin/login/").content.decode()
