"""Webhooks: programs that are told what befalls claims, and whether word of it arrived."""

import base64
import secrets
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.lifecycle import EventKind
from claims.models import constraints
from claims.models.event import Event
from claims.models.fields import PlainCharField, TargetField
from claims.models.parcel import PENDING, Parcel


class WebhookFormat(models.TextChoices):
    """How a webhook is spoken to."""

    STANDARD = "standard", _("Standard Webhooks (JSON)")
    SLACK = "slack", _("Slack message")


def make_secret() -> str:
    """192 random bits, written as Standard Webhooks writes a signing secret."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


def check_kinds(kinds: object) -> None:
    """ValidationError unless these are kinds of events, each once."""
    known = set(EventKind.values)
    if not isinstance(kinds, list) or not all(isinstance(kind, str) and kind in known for kind in kinds):
        raise ValidationError(_("Choose among: %(known)s."), params={"known": ", ".join(EventKind.values)})
    if len(set(kinds)) != len(kinds):
        raise ValidationError(_("Name each kind once."))


class WebhookSet(models.QuerySet["Webhook"]):
    """Webhooks."""

    def active(self) -> "WebhookSet":
        """Those that are told."""
        return self.filter(is_active=True)


class Webhook(models.Model):
    """A program that is told of events, at an address of its own."""

    name = PlainCharField(_("name"), max_length=80, blank=True, default="", help_text=_("Who listens there."))
    url = TargetField(_("address"), help_text=_("Where events are posted to, on the public internet."))
    kinds = models.JSONField(
        _("events"),
        default=list,
        blank=True,
        validators=[check_kinds],
        help_text=_("Kinds of events that are told; none chosen: all."),
    )
    query = PlainCharField(
        _("filter"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("As in the timeline's address: topic=compute&source=wsj. Empty: all claims."),
    )
    format = models.CharField(_("format"), max_length=10, choices=WebhookFormat.choices, default=WebhookFormat.STANDARD)
    secret = models.CharField(_("signing secret"), max_length=80, editable=False, default=make_secret)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    # Why it was switched off by us, or its filter cannot be read any more.
    stopped_because = models.CharField(
        _("switched off because"), max_length=200, blank=True, default="", editable=False
    )
    # After a failure of its server, not of one call, all its calls wait.
    resting_until = models.DateTimeField(_("resting until"), null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    # The ledger's last event when it was made: what lies before is not told.
    after_event = models.BigIntegerField(default=0, editable=False)

    objects = WebhookSet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name, verbose_name_plural = _("webhook"), _("webhooks")
        constraints = [
            constraints.filled("url", "secret", table="webhook"),
            constraints.one_of("format", WebhookFormat, table="webhook"),
        ]

    def __str__(self) -> str:
        return self.name or self.url

    def is_resting(self, now: datetime) -> bool:
        """Whether its calls wait for its server to recover."""
        return self.resting_until is not None and self.resting_until > now

    def wants(self, kind: str) -> bool:
        """Whether it is told of events of this kind."""
        return not self.kinds or kind in self.kinds

    def stop(self, reason: str) -> None:
        """Switch it off, with the reason; what is pending stays until it is switched on or patience ends."""
        self.is_active, self.stopped_because = False, reason[:200]
        Webhook.objects.filter(pk=self.pk).update(is_active=False, stopped_because=self.stopped_because)


class Delivery(Parcel):
    """One event on its way to one webhook; without an event, a test."""

    webhook = models.ForeignKey(Webhook, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    answer_status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True, editable=False)
    answer_ms = models.PositiveIntegerField(_("answered in, ms"), null=True, blank=True, editable=False)

    class Meta(Parcel.Meta):
        ordering = ["-id"]
        verbose_name, verbose_name_plural = _("delivery"), _("deliveries")
        constraints = [
            *Parcel.Meta.constraints,
            models.UniqueConstraint(fields=["webhook", "event"], name="delivery_once_a_webhook_and_event"),
        ]
        indexes = [
            # The sender's, webhook by webhook; and what a webhook's list shows.
            models.Index(fields=["webhook", "next_attempt_at", "id"], condition=PENDING, name="delivery_pending"),
            models.Index(fields=["next_attempt_at"], condition=PENDING, name="delivery_ready"),
            models.Index(fields=["parked_at"], condition=Q(parked_at__isnull=False), name="delivery_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook} · {self.event or _('test')}"
