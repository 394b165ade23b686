"""Background jobs write down that they ran, so that a job that stands still is seen."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import Error

from claims.models import Heartbeat

logger = logging.getLogger(__name__)


@dataclass
class Run:
    """What a run tells of itself: how much it handled, and figures for whoever reads the job's row."""

    handled: int = 0
    data: dict[str, Any] | None = None


@contextmanager
def beating(job: str, *, now: datetime) -> Iterator[Run]:
    """Note that a run of the job begins now, and how it ends.

    Each note is a write by itself, outside the job's own transactions. A note that cannot be written is logged and
    nothing more: the job goes on, and its error, where it has one, is its own.
    """
    run = Run()
    began = time.monotonic()
    _write(lambda: Heartbeat.objects.began(job, now))
    try:
        yield run
    except Exception as error:
        failed_at, told = now + timedelta(seconds=time.monotonic() - began), _in_short(error)
        _write(lambda: Heartbeat.objects.failed(job, failed_at, error=told))
        raise
    seconds = time.monotonic() - began
    ended_at = now + timedelta(seconds=seconds)
    _write(lambda: Heartbeat.objects.ended(job, ended_at, seconds=seconds, handled=run.handled, data=run.data))


def _write(note: Callable[[], None]) -> None:
    try:
        note()
    except Error:
        logger.warning("a heartbeat could not be written", exc_info=True)


def _in_short(error: Exception) -> str:
    """The error's kind and first line: what follows in a database's message may quote a whole row."""
    first = next(iter(str(error).strip().splitlines()), "")
    told = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return "".join(letter for letter in told if letter.isprintable())[:200]
