"""The beat's scheduler: due at once after every start, and unmoved by a clock that is set back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery.beat import ScheduleEntry, Scheduler


class PunctualScheduler(Scheduler):
    """Celery's scheduler without a file: what is due is known to the database, not to the beat.

    The stock scheduler keeps the time of the last run in a file; a clock set back leaves that time in the future, and
    the beat stays silent, over restarts too, until the clock has caught up.
    """

    def setup_schedule(self) -> None:
        """Every entry due at once, so that an outage is caught up on the first tick."""
        self.merge_inplace(self.app.conf.beat_schedule)
        for entry in self.schedule.values():
            self._make_due(entry)

    def is_due(self, entry: ScheduleEntry) -> Any:
        """Celery's answer, after a run that seems to lie in the future is taken as long past."""
        if entry.last_run_at > entry.default_now():
            self._make_due(entry)
        return entry.is_due()

    def _make_due(self, entry: ScheduleEntry) -> None:
        period: Callable[[], timedelta] | timedelta = entry.schedule.run_every
        entry.last_run_at = entry.default_now() - (period if isinstance(period, timedelta) else period())
