"""Passes of the outbox: bounded in time, and one process at a time works at each."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from claims.models import Turn

# A pass begins nothing new after so many seconds. An attempt that has begun may take ten more.
PASS_SECONDS = 20.0
# After which a process that died in its turn is not waited for any more.
TURN_LASTS = timedelta(seconds=45)


def lasting(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds have passed since now, by a clock that nobody sets."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


@contextmanager
def turn(name: str, *, now: datetime) -> Iterator[Callable[[], bool] | None]:
    """Whether the pass is over, as a function to be asked; None where somebody else is at it."""
    taken = Turn.take(name, now=now, lasts=TURN_LASTS)
    if taken is None:
        yield None
        return
    try:
        yield lasting(PASS_SECONDS)
    finally:
        taken.give_back(now)
