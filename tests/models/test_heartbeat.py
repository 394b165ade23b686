"""Heartbeats: what stands of the runs of a background job."""

import pytest

from claims.models import Heartbeat
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_job_has_one_row_however_often_it_begins():
    for _ in range(3):
        Heartbeat.objects.began("sweep", NOW)
    assert Heartbeat.objects.get().began_at == NOW


def test_runs_add_up_and_the_last_one_stands_by_itself():
    Heartbeat.objects.began("sweep", NOW)
    Heartbeat.objects.ended("sweep", NOW, seconds=0.5, handled=3, data=None)
    Heartbeat.objects.ended("sweep", NOW, seconds=0.25, handled=4, data=None)
    Heartbeat.objects.failed("sweep", NOW, error="OperationalError: gone")
    beat = Heartbeat.objects.get(job="sweep")
    assert (beat.runs, beat.failures, beat.handled, beat.handled_total) == (2, 1, 4, 7)
    assert (beat.seconds, beat.seconds_total, beat.error) == (0.25, 0.75, "OperationalError: gone")


def test_a_run_without_figures_leaves_those_of_the_run_before():
    Heartbeat.objects.began("stock", NOW)
    Heartbeat.objects.ended("stock", NOW, seconds=0, handled=0, data={"open": 2})
    Heartbeat.objects.ended("stock", NOW, seconds=0, handled=0, data=None)
    assert Heartbeat.objects.get(job="stock").data == {"open": 2}
