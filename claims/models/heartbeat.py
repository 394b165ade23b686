"""Heartbeats: when each of the background jobs last ran, and how it went."""

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class HeartbeatSet(models.QuerySet["Heartbeat"]):
    """Heartbeats. Each of the writers is one UPDATE that adds to what stands there, so that no run's count is lost."""

    def began(self, job: str, at: datetime) -> None:
        """A run has begun; the job's row is made at its first run."""
        if not self.filter(job=job).update(began_at=at):
            self.bulk_create([self.model(job=job)], ignore_conflicts=True)
            self.filter(job=job).update(began_at=at)

    def ended(self, job: str, at: datetime, *, seconds: float, handled: int, data: dict[str, Any] | None) -> None:
        """A run has ended well; what it found stays as it was where it brings no data."""
        self.filter(job=job).update(
            ended_at=at,
            seconds=seconds,
            handled=handled,
            runs=F("runs") + 1,
            seconds_total=F("seconds_total") + seconds,
            handled_total=F("handled_total") + handled,
            **({} if data is None else {"data": data}),
        )

    def failed(self, job: str, at: datetime, *, error: str) -> None:
        """A run has ended in an error."""
        self.filter(job=job).update(failed_at=at, error=error, failures=F("failures") + 1)


class Heartbeat(models.Model):
    """One background job, such as the sweep. A run that is killed has begun and neither ended nor failed."""

    job = models.CharField(_("job"), max_length=40, unique=True)
    began_at = models.DateTimeField(_("began at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, help_text=_("The last run that ended well."))
    failed_at = models.DateTimeField(_("failed at"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True, default="", help_text=_("Of the last failure."))
    handled = models.BigIntegerField(_("handled"), default=0, help_text=_("By the last run that ended well."))
    seconds = models.FloatField(_("seconds"), default=0.0, help_text=_("Of the last run that ended well."))
    runs = models.BigIntegerField(_("runs"), default=0, help_text=_("That ended well."))
    failures = models.BigIntegerField(_("failures"), default=0)
    handled_total = models.BigIntegerField(_("handled in all"), default=0)
    seconds_total = models.FloatField(_("seconds in all"), default=0.0)
    data = models.JSONField(_("figures"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = HeartbeatSet.as_manager()

    class Meta:
        ordering = ["job"]
        verbose_name, verbose_name_plural = _("heartbeat"), _("heartbeats")

    def __str__(self) -> str:
        return self.job
