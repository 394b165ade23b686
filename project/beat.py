"""The beat's scheduler: due at once after every start, and unmoved by a clock that is set back."""

from datetime import timedelta
from typing import Any

from celery.beat import Scheduler


class PunctualScheduler(Scheduler):
    """Celery's scheduler without a file: what is due is known to the database, not to the beat.

    The stock scheduler keeps the time of the last run in a file; a clock set back leaves that time in the future, and
    the beat stays silent, over restarts too, until the clock has caught up.
    """

    def setup_schedule(self) -> None:
        """Every entry due at once, so that an outage is caught up on the first tick."""
        self.merge_inplace(self.app.conf.beat_schedule)
        self._make_all_due()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Celery's tick; after a run that seems to lie in the future it forgets what it reckoned by the old clock."""
        runs = [(entry.last_run_at, entry.default_now()) for entry in self.schedule.values()]
        if any(last is None or last > now for last, now in runs):
            self._make_all_due()
            self._heap = None
        seconds: float = super().tick(*args, **kwargs)
        return seconds

    def _make_all_due(self) -> None:
        """A period ago for an entry with a period; an entry for a time of day waits for that time."""
        for entry in self.schedule.values():
            entry.last_run_at = entry.default_now() - getattr(entry.schedule, "run_every", timedelta(0))
