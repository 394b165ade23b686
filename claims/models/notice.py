"""Notices: what a person is told about a claim, once each, and the letters that carry them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.lifecycle import Status
from claims.models import constraints
from claims.models.claim import Claim
from claims.models.event import Event
from claims.models.parcel import PENDING, Parcel

WAITING = Q(letter=None, dropped_at=None)


class Occasion(models.TextChoices):
    """Why somebody is told."""

    DUE = "due", _("Fell due")
    OVERDUE = "overdue", _("Still due")
    RESOLVED = "resolved", _("Resolved")


class Letter(Parcel):
    """One e-mail to one person."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), on_delete=models.CASCADE, related_name="letters"
    )
    is_digest = models.BooleanField(_("digest"), default=False)

    class Meta(Parcel.Meta):
        ordering = ["-id"]
        verbose_name, verbose_name_plural = _("e-mail"), _("e-mails")
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=PENDING, name="letter_pending"),
            models.Index(fields=["parked_at"], condition=Q(parked_at__isnull=False), name="letter_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.created_at:%Y-%m-%d %H:%M}"


class NoticeSet(models.QuerySet["Notice"]):
    """Notices."""

    def waiting(self) -> Self:
        """Those in no letter yet."""
        return self.filter(WAITING)

    def standing(self) -> Self:
        """Those still true: the claim is in the very spell of being due, or has the very verdict, that they tell of.

        Whatever settles or moves a claim thereby cancels its notices in the same transaction.
        """
        return self.filter(
            Q(
                occasion__in=[Occasion.DUE, Occasion.OVERDUE],
                claim__status=Status.DUE,
                claim__flagged_at=F("event__at"),
            )
            | Q(occasion=Occasion.RESOLVED, claim__current_review__published_at=F("event__at"))
        )


class Notice(models.Model):
    """One person is to be told of one event, on one occasion."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notices")
    occasion = models.CharField(max_length=8, choices=Occasion.choices)
    key = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    # No longer true when its turn came.
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeSet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name, verbose_name_plural = _("notice"), _("notices")
        constraints = [constraints.one_of("occasion", Occasion, table="notice")]
        indexes = [models.Index(fields=["person", "id"], condition=WAITING, name="notice_waiting")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_occasion_display()} · {self.claim}"

    @staticmethod
    def key_of(person: int, event: int, occasion: Occasion, *, nth: str = "") -> str:
        """What makes it unique; `nth` tells reminders of one spell apart."""
        return f"{person}:{event}:{occasion}" + (f":{nth}" if nth else "")
