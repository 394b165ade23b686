"""What a worker writes: lines like everybody's, which name the task that they tell of."""

import json
import subprocess

import pytest
import structlog
from celery import Celery
from django.db import connection

from claims import tasks
from project.celery import forget_the_task, name_the_task
from tests.factories import open_claim
from tests.faults.conftest import broker, environ, environ_before_broker, idle_broker  # noqa: F401 - fixtures
from tests.faults.newsroom import celery
from tests.management.processes import wait_until


def test_what_a_task_has_told_of_itself_does_not_stick_to_the_process():
    structlog.contextvars.bind_contextvars(left="over")
    name_the_task(task_id="t-1", task=tasks.flag_due_claims)
    assert structlog.contextvars.get_contextvars() == {"task": "claims.flag_due_claims", "task_id": "t-1"}
    forget_the_task()
    assert structlog.contextvars.get_contextvars() == {}


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_the_lines_of_a_task_bear_its_id_and_name_those_of_its_failure_too(tmp_path, environ, pool):  # noqa: F811
    open_claim(edtf="../2020")
    log = tmp_path / "log.txt"
    words = [
        "worker",
        "--pool",
        pool,
        "--concurrency",
        "1",
        "--loglevel",
        "INFO",
        "--without-mingle",
        "--without-gossip",
    ]
    with log.open("w") as output:
        settings = {**environ, "LOG_FORMAT": "json"}
        worker = subprocess.Popen(celery(environ, *words), env=settings, stdout=output, stderr=output)
    try:
        alarm = Celery(broker=environ["REDIS_URL"], set_as_current=False)
        flagging = alarm.send_task("claims.flag_due_claims").id
        wait_until(lambda: "flagged 1 claims" in log.read_text(), what="the line of the task")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE claims_claim RENAME TO claims_lost")
        try:
            failing = alarm.send_task("claims.flag_due_claims").id
            wait_until(lambda: "raised unexpected" in log.read_text(), what="the line of the failure")
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE claims_lost RENAME TO claims_claim")
    finally:
        worker.terminate()
        worker.wait(15)
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    told = {line["event"]: line for line in lines if line.get("task_id") == flagging}
    assert told["flagged 1 claims for revisiting"]["task"] == "claims.flag_due_claims"
    (failure,) = [line for line in lines if "raised unexpected" in line["event"]]
    assert (failure["level"], failure["task"], failure["task_id"]) == ("error", "claims.flag_due_claims", failing)
    assert "claims_claim" in failure["exception"]
    # What the worker says of itself is no task's.
    assert any("ready" in line["event"] and "task_id" not in line for line in lines)
