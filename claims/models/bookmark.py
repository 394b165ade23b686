"""What the outbox remembers of itself: how far the ledger was read, and who is at work."""

from datetime import datetime, timedelta

from django.db import models


class Bookmark(models.Model):
    """How far a reader of the ledger has come; its events are in the order of their ids."""

    name = models.CharField(max_length=20, primary_key=True)
    event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.event}"


class Turn(models.Model):
    """A pass that one process at a time works at: it saves work, and nothing depends on it."""

    name = models.CharField(max_length=20, primary_key=True)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} until {self.ends_at:%H:%M:%S}"

    @classmethod
    def take(cls, name: str, *, now: datetime, lasts: timedelta) -> "Turn | None":
        """The turn, which ends by itself; None while somebody else has it.

        One that lies further ahead than it could last was taken by a clock that has been set back since.
        """
        ends_at = now + lasts
        turn, is_new = cls.objects.get_or_create(name=name, defaults={"ends_at": ends_at})
        if not is_new:
            free = models.Q(ends_at__lte=now) | models.Q(ends_at__gt=ends_at)
            if cls.objects.filter(free, name=name).update(ends_at=ends_at) != 1:
                return None
            turn.ends_at = ends_at
        return turn

    def give_back(self, now: datetime) -> None:
        """Let the next one begin, from a moment on that has been."""
        Turn.objects.filter(name=self.name, ends_at=self.ends_at).update(ends_at=now)
