"""Tasks that are to run soon: sent once the data stands, and never at the cost of whoever asks for it."""

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction

from claims.tasks import deliver_letters, nudge


@pytest.fixture
def sent(monkeypatch):
    """How the task was sent, each time."""
    options = []
    monkeypatch.setattr(deliver_letters, "apply_async", lambda **given: options.append(given))
    return options


@pytest.mark.django_db(transaction=True)
def test_a_task_is_nudged_when_the_data_stands_and_not_before(sent):
    with transaction.atomic():
        nudge(deliver_letters)
        assert sent == []
    (options,) = sent
    assert (options["expires"], options["retry"]) == (60, False)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_nudged_by_what_is_undone(sent):
    with transaction.atomic():
        nudge(deliver_letters)
        transaction.set_rollback(True)
    assert sent == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker", ["redis://127.0.0.1:1/0", "redis://nowhere.invalid:6379/0"])
def test_a_broker_that_is_away_is_told_of_in_the_log_and_keeps_nobody(monkeypatch, caplog, broker):
    monkeypatch.setattr(current_app.conf, "broker_write_url", broker)
    monkeypatch.setattr("kombu.utils.functional.sleep", lambda _seconds: pytest.fail("it waits and tries again"))
    caplog.set_level("INFO", logger="claims.tasks")
    nudge(deliver_letters)
    assert "claims.deliver_letters could not be nudged" in caplog.text


def test_a_nudge_goes_where_the_beats_alarms_go():
    routed = current_app.amqp.router.route({}, deliver_letters.name)
    assert routed["queue"].name == "outbox"
    assert settings.CELERY_TASK_ROUTES
