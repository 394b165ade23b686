"""What leaves the newsroom: leased, tried again, and delivered or parked; e-mails and webhook calls share it."""

import secrets
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# Longer than any single attempt takes; a parcel whose sender died is ready again after it.
LEASE = timedelta(seconds=60)
PATIENCE = timedelta(days=1)
# Waits after the first failure, the second, …; the last is repeated while patience lasts.
WAITS = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1_800, 2 * 3_600, 5 * 3_600))
JITTER = 0.2
# Further ahead lies no attempt, but for those that were put off by a clock that has been set back since.
FARTHEST = 2 * WAITS[-1]
MOST_PUT_RIGHT = 5_000
# Attempts of which nothing could be noted, as they ended the process or its pass.
MOST_SILENT = 30
PENDING = Q(delivered_at=None, parked_at=None)


class State(models.TextChoices):
    """How far a parcel has come; read from its moments, never stored."""

    PENDING = "pending", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    PARKED = "parked", _("Given up")


def make_key() -> str:
    """What a receiver knows a parcel by, the same however often it is sent."""
    return f"msg_{secrets.token_hex(16)}"


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts in vain, give or take a fifth, so that retries do not come in waves."""
    spread = 1 + JITTER * (2 * secrets.randbelow(1_001) / 1_000 - 1)
    return WAITS[min(max(attempts, 1), len(WAITS)) - 1] * spread


class ParcelSet(models.QuerySet[Any]):
    """Parcels."""

    def pending(self) -> Self:
        """Those neither delivered nor given up."""
        return self.filter(PENDING)

    def parked(self) -> Self:
        """Those given up."""
        return self.filter(parked_at__isnull=False)

    def in_state(self, state: State) -> Self:
        """Those that have come so far and no farther."""
        match state:
            case State.PENDING:
                return self.pending()
            case State.DELIVERED:
                return self.filter(delivered_at__isnull=False)
            case State.PARKED:
                return self.parked()

    def ready(self, now: datetime) -> Self:
        """Those to be sent now, longest waiting first."""
        return self.pending().filter(next_attempt_at__lte=now).order_by("next_attempt_at", "id")

    def put_right(self, now: datetime) -> int:
        """How many were put off by a clock that has been set back since; they are to be sent now, as if new."""
        ahead = self.pending().filter(next_attempt_at__gt=now + FARTHEST).order_by().values("pk")[:MOST_PUT_RIGHT]
        rows: Self = self.model._default_manager.filter(PENDING, pk__in=ahead)
        return rows.update(next_attempt_at=now, expires_at=now + PATIENCE)

    def send_again(self, now: datetime) -> int:
        """How many were put back to be sent now, as if new, under their old keys."""
        return self.exclude(PENDING).update(
            delivered_at=None, parked_at=None, error="", attempts=0, next_attempt_at=now, expires_at=now + PATIENCE
        )


class Parcel(models.Model):
    """Something to be sent. At least once: twice only where a process dies between the receiver's yes and our note."""

    key = models.CharField(_("key"), max_length=40, unique=True, editable=False, default=make_key)
    created_at = models.DateTimeField(_("created at"), editable=False)
    next_attempt_at = models.DateTimeField(_("next attempt at"), editable=False)
    expires_at = models.DateTimeField(_("tried until"), editable=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0, editable=False)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True, editable=False)
    parked_at = models.DateTimeField(_("given up at"), null=True, blank=True, editable=False)
    error = models.CharField(_("last error"), max_length=200, blank=True, default="", editable=False)

    objects = ParcelSet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_delivered_or_parked",
                condition=Q(delivered_at__isnull=True) | Q(parked_at__isnull=True),
            )
        ]

    @classmethod
    def times(cls, now: datetime) -> dict[str, datetime]:
        """The moments of a parcel made now."""
        return {"created_at": now, "next_attempt_at": now, "expires_at": now + PATIENCE}

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.delivered_at:
            return State.DELIVERED
        return State.PARKED if self.parked_at else State.PENDING

    def lease(self, now: datetime) -> bool:
        """Whether the attempt is ours; for everybody else it then lies in the future."""
        mine = self._pending().filter(next_attempt_at=self.next_attempt_at)
        if mine.update(next_attempt_at=now + LEASE, attempts=F("attempts") + 1) != 1:
            return False
        self.next_attempt_at, self.attempts = now + LEASE, self.attempts + 1
        return True

    def park_if_deadly(self, now: datetime) -> bool:
        """Whether it was given up because none of its many attempts lived to be noted: it would go on for ever."""
        is_deadly = not self.error and self.attempts > MOST_SILENT
        return is_deadly and self.park(now, _("Whatever tried to send it broke off, %d times.") % (self.attempts - 1))

    def deliver(self, now: datetime, **noted: Any) -> bool:
        """Note that it has arrived, with what the answer said; whether it was still pending."""
        return self._note(delivered_at=now, error="", **noted)

    def fail(self, now: datetime, error: str, *, after: timedelta | None = None, **noted: Any) -> bool:
        """Note an attempt in vain: another one follows, `after` a while if said, until patience ends."""
        again_at = now + (after or wait_after(self.attempts))
        if again_at >= self.expires_at:
            return self.park(now, error, **noted)
        return self._note(next_attempt_at=again_at, error=error[:200], **noted)

    def park(self, now: datetime, error: str, **noted: Any) -> bool:
        """Give it up, with the reason."""
        return self._note(parked_at=now, error=error[:200], **noted)

    def _pending(self) -> ParcelSet:
        rows: ParcelSet = type(self)._default_manager.filter(PENDING, pk=self.pk)
        return rows

    def _note(self, **changes: Any) -> bool:
        for name, value in changes.items():
            setattr(self, name, value)
        return self._pending().update(**changes) == 1
