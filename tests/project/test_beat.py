"""The beat's scheduler against clocks that start late, are set back, or jump ahead."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery import Celery
from celery.schedules import crontab

from project.beat import PunctualScheduler

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Recorder(PunctualScheduler):
    """Notes what it would have sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.sent: list[str] = []
        super().__init__(*args, **kwargs)

    def apply_async(self, entry: Any, **_: Any) -> None:
        self.sent.append(entry.name)

    def all_ticks(self) -> list[str]:
        """What the ticks of this moment send."""
        self.sent.clear()
        while self.tick() == 0:
            pass
        return sorted(self.sent)


def scheduler(**schedules: Any) -> Recorder:
    app = Celery("clockwork", set_as_current=False)
    app.conf.beat_max_loop_interval = 5
    app.conf.beat_schedule = {name: {"task": name, "schedule": schedule} for name, schedule in schedules.items()}
    return Recorder(app)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_everything_is_due_at_once_at_start(clock: time_machine.Traveller) -> None:
    assert scheduler(sweep=MINUTE, mail=timedelta(hours=6)).all_ticks() == ["mail", "sweep"]


def test_nothing_is_sent_twice_within_its_period(clock: time_machine.Traveller) -> None:
    beat = scheduler(sweep=MINUTE)
    assert beat.all_ticks() == ["sweep"]
    assert beat.all_ticks() == []
    clock.shift(59)
    assert beat.all_ticks() == []
    clock.shift(1)
    assert beat.all_ticks() == ["sweep"]


def test_it_looks_again_within_five_seconds(clock: time_machine.Traveller) -> None:
    beat = scheduler(sweep=MINUTE)
    beat.all_ticks()
    assert 0 < beat.tick() <= 5


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_is_set_back_does_not_silence_it(clock: time_machine.Traveller, back: timedelta) -> None:
    beat = scheduler(sweep=MINUTE, mail=timedelta(hours=6))
    beat.all_ticks()
    clock.shift(-back)
    assert beat.all_ticks() == ["mail", "sweep"]
    clock.shift(MINUTE)
    assert beat.all_ticks() == ["sweep"]


def test_a_clock_set_back_by_seconds_delays_by_those_seconds_only(clock: time_machine.Traveller) -> None:
    beat = scheduler(sweep=MINUTE)
    beat.all_ticks()
    clock.shift(50)
    clock.shift(-40)
    assert beat.all_ticks() == []
    clock.shift(50)
    assert beat.all_ticks() == ["sweep"]


def test_a_clock_that_jumps_ahead_sends_each_once(
    clock: time_machine.Traveller,
) -> None:
    beat = scheduler(sweep=MINUTE)
    beat.all_ticks()
    clock.shift(timedelta(days=30))
    assert beat.all_ticks() == ["sweep"]


def test_a_restart_after_the_clock_was_set_back_starts_afresh(clock: time_machine.Traveller) -> None:
    scheduler(sweep=MINUTE).all_ticks()
    clock.shift(-timedelta(days=1))
    assert scheduler(sweep=MINUTE).all_ticks() == ["sweep"]


def test_a_time_of_day_keeps_to_it(clock: time_machine.Traveller) -> None:
    beat = scheduler(digest=crontab(hour="13", minute="0"))
    assert beat.all_ticks() == []
    clock.shift(timedelta(hours=1))
    assert beat.all_ticks() == ["digest"]
    clock.shift(-timedelta(minutes=30))
    assert beat.all_ticks() == []
    clock.shift(timedelta(minutes=30))
    assert beat.all_ticks() == ["digest"]
