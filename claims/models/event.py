"""The ledger: everything that befell a claim, in rows that are written once."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.lifecycle import EventKind, Status
from claims.models import constraints

if TYPE_CHECKING:
    from claims.models.claim import Claim

# A person, or the name of the job that did it.
Actor = AbstractBaseUser | str


class AppendOnly(Exception):
    """An attempt to change or remove what stands on the record for ever."""


class EventSet(models.QuerySet["Event"]):
    """Events; they can be added and read."""

    def update(self, **changes: Any) -> NoReturn:
        raise AppendOnly("Events are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Events are never removed.")


class Event(models.Model):
    """Something that befell a claim."""

    claim = models.ForeignKey("claims.Claim", verbose_name=_("claim"), on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("actor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    job = models.CharField(_("job"), max_length=40, blank=True, default="")
    at = models.DateTimeField(_("at"))
    from_status = models.CharField(_("from"), max_length=10, blank=True, default="", choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=10, choices=Status.choices)
    data = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    key = models.CharField(_("key"), max_length=60, unique=True)

    objects = EventSet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name, verbose_name_plural = _("event"), _("events")
        constraints = [
            constraints.one_of("kind", EventKind, table="event"),
            models.CheckConstraint(
                name="event_has_one_doer",
                condition=Q(actor__isnull=False, job="") | (Q(actor__isnull=True) & ~Q(job="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.at:%Y-%m-%d %H:%M}"

    @property
    def doer(self) -> str:
        """The person's name, or the job's."""
        return self.actor.get_username() if self.actor else self.job

    @classmethod
    def record(
        cls,
        claim: "Claim",
        kind: EventKind,
        *,
        by: Actor,
        at: datetime,
        from_status: Status | None = None,
        data: dict[str, Any] | None = None,
    ) -> "Event":
        """The new row about a claim whose status and version are already the new ones."""
        doer: dict[str, Any] = {"job": by} if isinstance(by, str) else {"actor": by}
        return cls.objects.create(
            claim=claim,
            kind=kind,
            at=at,
            from_status=from_status or "",
            to_status=claim.status,
            data=data or {},
            key=cls.key_of(claim.pk, kind, round=claim.round, version=claim.version),
            **doer,
        )

    @staticmethod
    def key_of(claim_id: int, kind: EventKind, *, round: int, version: int) -> str:  # noqa: A002 - the field's name
        """What makes the row unique: one flag a round, and one event a version for everything else."""
        return f"{claim_id}:{kind}:{round}" if kind == EventKind.FLAGGED else f"{claim_id}:{kind}:v{version}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Events are never changed.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly("Events are never removed.")
