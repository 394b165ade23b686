"""How the machinery behind the pages is doing, read from what its jobs have left in the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from claims.models import Claim, Delivery, Heartbeat, Letter, Webhook

SWEEP, STOCK = "sweep", "stock"
CHANNELS: dict[str, type[Letter | Delivery]] = {"email": Letter, "webhook": Delivery}
# Rows that are counted one by one; of more it is said that they are more.
MOST = 10_000
# The desk is told later than the machines: an alert that comes and goes with a restart is soon overlooked.
ALARM_AFTER = timedelta(minutes=10)
PERIODS = 3
# After which what could be sent and is not tells of a sender that stands still, not of one that is busy.
STUCK_AFTER = timedelta(hours=1)


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


@dataclass(frozen=True)
class Backlog:
    """What waits to be sent on one channel. Counts end at MOST + 1."""

    ready: int
    parked: int
    oldest_at: datetime | None

    def age(self, now: datetime) -> timedelta:
        """For how long the oldest has been waiting for nothing but us."""
        return max(now - self.oldest_at, timedelta(0)) if self.oldest_at else timedelta(0)

    def is_stuck(self, now: datetime) -> bool:
        """Whether it waits longer than a sender at work lets it."""
        return self.age(now) > STUCK_AFTER


def backlog(channel: str, now: datetime) -> Backlog:
    """What is ready to be sent now and what was given up; each query reads a bounded stretch of an index."""
    parcels = CHANNELS[channel]._default_manager.all()
    return Backlog(
        ready=_up_to_most(parcels.ready(now)),
        parked=_up_to_most(parcels.parked()),
        oldest_at=_oldest_letter() if channel == "email" else _oldest_delivery(now),
    )


def _up_to_most(rows: QuerySet) -> int:
    return rows.order_by()[: MOST + 1].count()


def _oldest_letter() -> datetime | None:
    pending = Letter.objects.pending().order_by("next_attempt_at", "id")
    return pending.values_list("next_attempt_at", flat=True).first()


def _oldest_delivery(now: datetime) -> datetime | None:
    """Webhook by webhook, as each has its place in the index; nobody waits for one that rests or is switched off."""
    first = Delivery.objects.pending().filter(webhook=OuterRef("pk")).order_by("next_attempt_at", "id")
    found = (
        Webhook.objects.active()
        .exclude(resting_until__gt=now)
        .annotate(first=Subquery(first.values("next_attempt_at")[:1]))
        .annotate(since=Greatest("first", Coalesce("resting_until", "first")))
        .aggregate(oldest=Min("since"))
    )
    oldest: datetime | None = found["oldest"]
    return oldest


def stock() -> dict[str, Any]:
    """Counts of everything: too slow for a request, so that a job takes them now and then."""
    claims = Claim.objects.order_by().values_list("status").annotate(Count("id"))
    return {"claims": dict(claims), "parcels": {channel: _sent(parcels) for channel, parcels in CHANNELS.items()}}


def _sent(parcels: type[Letter | Delivery]) -> dict[str, int]:
    counted = parcels._default_manager.aggregate(
        all=Count("id"), delivered=Count("delivered_at"), parked=Count("parked_at"), attempts=Sum("attempts", default=0)
    )
    delivered, parked = counted["delivered"], counted["parked"]
    return {
        "pending": counted["all"] - delivered - parked,
        "delivered": delivered,
        "parked": parked,
        # The attempt that arrived is among a delivered parcel's attempts.
        "failed_attempts": max(counted["attempts"] - delivered, 0),
    }
