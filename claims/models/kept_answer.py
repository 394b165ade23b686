"""Answers that are kept for a day, so that a request sent twice is done once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

KEPT = timedelta(hours=24)
ROWS = 1_000


class KeptAnswerSet(models.QuerySet["KeptAnswer"]):
    """Answers to requests that bore a key."""

    def expired(self, now: datetime) -> "KeptAnswerSet":
        """Those whose keys may mean something else by now."""
        return self.filter(created_at__lte=now - KEPT)

    def forget(self, now: datetime, *, is_over: Callable[[], bool] = lambda: False) -> int:
        """How many expired ones were removed, in small steps, until there are none or `is_over`."""
        removed = 0
        while found := list(self.expired(now).order_by("created_at").values_list("pk", flat=True)[:ROWS]):
            removed += self.expired(now).filter(pk__in=found).delete()[0]
            if is_over():
                break
        return removed


class KeptAnswer(models.Model):
    """What a person's program was answered under its key. Written with what the request made, or not at all."""

    person: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    # Of method, path and body.
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="")
    location = models.TextField(default="")
    etag = models.CharField(max_length=80, default="")

    objects = KeptAnswerSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="keptanswer_created_at")]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="keptanswer_once_a_person_and_key")]

    def __str__(self) -> str:
        return self.key
