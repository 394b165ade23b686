"""Whether Claimline does its work, for load balancers and whoever watches over it."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from claims import health
from claims.notify import outbox
from claims.tally import as_redis_writes_it

Check = dict[str, Any]
OK: Check = {"status": "ok"}
FAILING: Check = {"status": "failing"}
UNKNOWN: Check = {"status": "unknown"}

# Seconds. Whatever does not answer, be it a server, the network or a name, holds up one thread of ours and no
# request: a question that is still open makes the next ones wait, and fail, behind it.
PATIENCE, BROKER_PATIENCE = 1.5, 1.0
_asks_the_database = ThreadPoolExecutor(1, thread_name_prefix="database")
_asks_the_broker = ThreadPoolExecutor(1, thread_name_prefix="broker")


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """That database and broker answer, that claims are flagged in time and notices go out; else a 503."""
    database = _asks_the_database.submit(_ask_the_database)
    broker = _asks_the_broker.submit(_ask_the_broker, settings.REDIS_URL)
    checks = _in_time(database) or {"database": FAILING, "sweep": UNKNOWN, "outbox": UNKNOWN}
    checks["broker"] = _in_time(broker) or FAILING
    is_ready = all(check["status"] == "ok" for check in checks.values())
    return JsonResponse(
        {"status": "ready" if is_ready else "failing", "checks": checks},
        status=200 if is_ready else 503,
        headers={"Cache-Control": "no-store"},
    )


def _in_time(question: Future[Any]) -> Any:
    try:
        return question.result(timeout=PATIENCE)
    except TimeoutError:
        question.cancel()
        return None


def _ask_the_database() -> dict[str, Check] | None:
    """What stands in the database, by a connection that is made anew; None where it does not answer."""
    try:
        now = timezone.now()
        return {"database": OK, "sweep": _sweep(now), "outbox": _outbox(now)}
    except Error:
        return None
    finally:
        connections.close_all()


def _sweep(now: datetime) -> Check:
    found = health.sweep_health(now)
    return {
        "status": "failing" if found.is_late else "ok",
        "age_seconds": round(found.age.total_seconds()) if found.age is not None else None,
        "limit_seconds": round(health.patience().total_seconds()),
        "flagged": found.flagged,
    }


def _outbox(now: datetime) -> Check:
    waiting = {channel: health.backlog(channel, now) for channel in health.CHANNELS}
    unread_since = outbox.unread_since()
    is_unread = unread_since is not None and now - unread_since > health.STUCK_AFTER
    is_stuck = is_unread or any(found.is_stuck(now) for found in waiting.values())
    told = {
        channel: {
            "ready": _bounded(found.ready),
            "oldest_seconds": round(found.age(now).total_seconds()),
            "parked": _bounded(found.parked),
        }
        for channel, found in waiting.items()
    }
    return {"status": "failing" if is_stuck else "ok", "unread_events": outbox.unread(), **told}


def _bounded(count: int) -> int | str:
    return count if count <= health.MOST else f"more than {health.MOST}"


def _ask_the_broker(url: str) -> Check | None:
    """None where no broker answers at the address."""
    try:
        with Redis.from_url(
            as_redis_writes_it(url),
            socket_timeout=BROKER_PATIENCE,
            socket_connect_timeout=BROKER_PATIENCE,
            retry=Retry(NoBackoff(), 0),
        ) as broker:
            broker.ping()
    except (RedisError, OSError, ValueError):
        return None
    return OK
