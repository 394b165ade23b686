"""How the machinery behind the pages is doing, read from what its jobs have left in the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from claims.models import Heartbeat

SWEEP = "sweep"
# The desk is told later than the machines: an alert that comes and goes with a restart is soon overlooked.
ALARM_AFTER = timedelta(minutes=10)
PERIODS = 3


@dataclass(frozen=True)
class SweepHealth:
    """When claims were last looked through for those that fall due, and how many were flagged."""

    ended_at: datetime | None
    flagged: int
    age: timedelta | None

    @property
    def is_late(self) -> bool:
        """Whether three periods have passed without a sweep."""
        return self._is_older_than(patience())

    @property
    def is_alarming(self) -> bool:
        """Whether journalists must know that claims are not being flagged."""
        return self._is_older_than(max(ALARM_AFTER, patience()))

    def _is_older_than(self, limit: timedelta) -> bool:
        # A sweep that lies in the future was timed by a clock that has been set back since.
        return self.age is None or not -limit <= self.age <= limit


def patience() -> timedelta:
    """How old the last sweep may be."""
    return timedelta(seconds=PERIODS * settings.SWEEP_SECONDS)


def sweep_health(now: datetime) -> SweepHealth:
    """The last sweep that ended well; one query."""
    found = Heartbeat.objects.filter(job=SWEEP).values_list("ended_at", "handled").first()
    ended_at, flagged = found or (None, 0)
    return SweepHealth(ended_at, flagged, now - ended_at if ended_at else None)
