"""Celery's entry points: each calls one verb; the database, not the message, says what is to be done."""

import logging
from functools import partial

from celery import Task, current_app, shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from claims import health, heartbeat, sweep
from claims.models import KeptAnswer
from claims.notify import letters, mail, outbox, pruning, reminders, webhooks
from claims.notify.turns import PASS_SECONDS, lasting

logger = logging.getLogger(__name__)
# A broker that is away must not keep the person waiting who only wants something to happen soon.
AT_ONCE_OR_NOT = {"max_retries": 0, "socket_connect_timeout": 1, "socket_timeout": 1}
NUDGE_EXPIRES = 60


def nudge(task: Task) -> None:
    """Let the task run once what is being written stands; without a broker, the beat lets it run later anyway."""
    transaction.on_commit(partial(_send, task), robust=True)


def _send(task: Task) -> None:
    try:
        with current_app.connection_for_write(transport_options=AT_ONCE_OR_NOT) as connection:
            task.apply_async(connection=connection, retry=False, expires=NUDGE_EXPIRES)  # type: ignore[call-arg]
    except (OperationalError, OSError) as error:
        logger.info("%s could not be nudged: %s", task.name, error)


@shared_task(name="claims.flag_due_claims")
def flag_due_claims() -> int:
    """Flag every claim whose revisit day has come in the newsroom's time zone; the number flagged."""
    now = timezone.now()
    with heartbeat.beating(sweep.JOB, now=now) as run:
        run.handled = sweep.flag_due(timezone.localdate(now), now=now)
    if run.handled:
        logger.info("flagged %d claims for revisiting", run.handled)
    return run.handled


@shared_task(name="claims.prepare_notices")
def prepare_notices() -> int:
    """Read the ledger from where it was left, and write down who is told of what; the events that were read."""
    now = timezone.now()
    with heartbeat.beating(outbox.NAME, now=now) as run:
        run.handled = outbox.fan_out(now, is_over=lasting(PASS_SECONDS))
    return run.handled


@shared_task(name="claims.write_letters")
def write_letters() -> int:
    """Put into letters what waits to be told, and recall claims that stay due; the letters written."""
    now, is_over = timezone.now(), lasting(PASS_SECONDS)
    with heartbeat.beating("letters", now=now) as run:
        run.handled = letters.write_letters(now, is_over=is_over)
        reminders.remind(timezone.localdate(now), now, is_over=is_over)
    return run.handled


@shared_task(name="claims.prune_notices")
def prune_notices() -> int:
    """Remove what was told long ago; the rows removed."""
    return pruning.prune(timezone.now())


@shared_task(name="claims.forget_answers")
def forget_answers() -> int:
    """Remove the answers whose Idempotency-Key has expired; the rows removed."""
    return KeptAnswer.objects.forget(timezone.now(), is_over=lasting(PASS_SECONDS))


@shared_task(name="claims.deliver_letters")
def deliver_letters() -> int:
    """Hand to the mail server what is ready to be sent; the letters that it took."""
    return mail.deliver_letters(timezone.now)


@shared_task(name="claims.deliver_webhooks")
def deliver_webhooks() -> int:
    """Call the webhooks that are to be told something; the calls that were taken."""
    return webhooks.deliver_webhooks(timezone.now)


@shared_task(name="claims.take_stock")
def take_stock() -> None:
    """Count everything, for those who watch over it."""
    with heartbeat.beating(health.STOCK, now=timezone.now()) as run:
        run.data = health.stock()
