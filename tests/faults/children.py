"""What other processes do in these tests; they are forked off one that has Django ready, so that each costs little.

The hooks by which a process ends or fails at a chosen statement are put in here, not in the product.
"""

import contextlib
import itertools
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Barrier, Event
from typing import Any

import django
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

django.setup()

from claims import logbook, revisit, sweep  # noqa: E402 - once Django is set up
from claims.dates import ProjectedDate  # noqa: E402
from claims.lifecycle import IllegalTransition, Verdict  # noqa: E402
from claims.models import Claim, Evidence, StaleClaim, Stance  # noqa: E402
from claims.notify import letters, outbox  # noqa: E402

CONTEXT: ForkServerContext = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])
Place = dict[str, Any]


def place() -> Place:
    """Where this test's database is, for a child."""
    return {name: connection.settings_dict[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}


def start(target: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """A process that does this in our database."""
    child: ForkServerProcess = CONTEXT.Process(target=target, args=(place(), *arguments), daemon=True)
    child.start()
    return child


def ended(child: ForkServerProcess, *, seconds: float = 60) -> int:
    """How it ended: its exit code, or minus the signal."""
    child.join(seconds)
    assert child.exitcode is not None, "a child that does not end"
    return child.exitcode


def _go(there: Place) -> None:
    connection.settings_dict.update(there)


class Steps:
    """Counts the statements of this process, before and after each, commits among them; at the chosen one something
    befalls it.
    """

    def __init__(self, chosen: int, befall: Callable[[], None]) -> None:
        self.chosen, self.befall, self.count = chosen, befall, 0

    def reached(self, *_: Any) -> None:
        self.count += 1
        if self.count == self.chosen:
            self.befall()

    def around(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.reached()
        result = execute(*arguments)
        self.reached()
        return result

    def commit(self, commit: Callable[[], None]) -> None:
        if connection.vendor == "postgresql":
            self._commit_unanswered()
        self.around(commit)

    def _commit_unanswered(self) -> None:
        """The server is told to commit; the process ends before it hears what came of it."""
        self.count += 1
        if self.count == self.chosen:
            connection.connection.pgconn.send_query(b"COMMIT")
            self.befall()

    @contextlib.contextmanager
    def counted(self) -> Iterator[None]:
        """All statements in the block."""
        wrapper, commit = connections["default"], connection._commit
        with connection.execute_wrapper(self.around):
            wrapper._commit = lambda: self.commit(commit)
            try:
                yield
            finally:
                del wrapper._commit


def die_at(there: Place, step: int, verb: Callable[..., object], *arguments: Any) -> None:
    """What the verb does, killed at the step; it ends well where it has not so many."""
    _go(there)
    steps = Steps(step, lambda: os.kill(os.getpid(), signal.SIGKILL))
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        # Each row that a statement for many writes, and the commit as SQLite itself sees it.
        connection.connection.set_trace_callback(steps.reached)
    with steps.counted():
        verb(*arguments)


def sweep_in_twos(today: date, now: datetime) -> None:
    """A sweep of several chunks where there are only a few claims."""
    sweep.flag_due(today, now=now, chunk=2)


def prepare_notices(now: datetime) -> None:
    """From the ledger to letters and calls."""
    outbox.fan_out(now)
    letters.write_letters(now)


def sweep_together(there: Place, barrier: Barrier, today: date, now: datetime, chunk: int) -> None:
    """A sweep that begins with others at one moment."""
    _go(there)
    connection.ensure_connection()
    barrier.wait(30)
    sweep.flag_due(today, now=now, chunk=chunk)


def sweep_on(there: Place, stop: Event, first: date, now: datetime) -> None:
    """Sweeps one after the other, for a later and later day, in chunks of which the editors get in between."""
    _go(there)
    look = sweep._look

    def look_long(today: date) -> list[int]:
        found = look(today)
        # Much may happen to what was found.
        time.sleep(0.01)
        return found

    sweep._look = look_long
    for sweeps in itertools.count(1):
        if stop.is_set():
            break
        days = timedelta(days=sweeps // 20)
        sweep.flag_due(first + days, now=now + days + timedelta(seconds=sweeps % 20), chunk=2)


def hold(there: Place, claim: int, is_held: Event, let_go: Event) -> None:
    """An editor in the middle of an edit."""
    _go(there)
    with transaction.atomic():
        Claim.objects.select_for_update().get(pk=claim)
        is_held.set()
        let_go.wait(30)


def edit_on(there: Place, seed: int, steps: int, ids: list[int], people: list[int], now: datetime) -> None:
    """An editor who does this and that to the claims; who was too slow or came too late has written nothing."""
    _go(there)
    chance = random.Random(seed)
    editor = django.contrib.auth.get_user_model().objects.get(pk=chance.choice(people))
    for step in range(steps):
        claim = Claim.objects.get(pk=chance.choice(ids))
        # What an editor thinks before the click: what was read may be old by then.
        time.sleep(chance.choice([0, 0, 0.002]))
        do = chance.choice(
            [_edit, _move_day, _postpone, _postpone, _reschedule, _resolve, _resolve, _reopen, _withdraw]
        )
        with contextlib.suppress(StaleClaim, IllegalTransition, ValidationError):
            do(claim, editor, now + timedelta(seconds=step), chance)


Chance = random.Random


def _edit(claim: Claim, by: Any, at: datetime, chance: Chance) -> None:
    with logbook.amending(claim, by=by, at=at, version=claim.version) as held:
        held.statement = f"{held.statement.partition(' (')[0]} ({chance.random()})"


def _move_day(claim: Claim, by: Any, at: datetime, chance: Chance) -> None:
    with logbook.amending(claim, by=by, at=at, version=claim.version) as held:
        held.revisit_on = at.date() + timedelta(days=chance.randint(-5, 5))


def _postpone(claim: Claim, by: Any, at: datetime, chance: Chance) -> None:
    later = at.date() + timedelta(days=chance.randint(1, 5))
    revisit.postpone(claim, revisit_on=later, reason="Too early.", by=by, at=at, today=at.date())


def _reschedule(claim: Claim, by: Any, at: datetime, chance: Chance) -> None:
    day = at.date() + timedelta(days=chance.randint(-5, 5))
    moved = ProjectedDate.from_edtf(day.isoformat())
    revisit.reschedule(claim, moved, phrase=day.isoformat(), reason="They said so.", by=by, at=at)


def _resolve(claim: Claim, by: Any, at: datetime, chance: Chance) -> None:
    evidence = Evidence(url="https://accounts.example/1", stance=Stance.SUPPORTS)
    review = revisit.draft_review(
        claim, verdict=Verdict.TRUE, summary="So it was.", evidence=[evidence], author=by, at=at
    )
    revisit.publish_review(review, by=by, at=at, today=at.date(), claim=claim)


def _reopen(claim: Claim, by: Any, at: datetime, chance: Chance) -> None:
    revisit.reopen(claim, reason="Not settled.", by=by, at=at)


def _withdraw(claim: Claim, by: Any, at: datetime, chance: Chance) -> None:
    # Seldom: it is the end of a claim.
    if chance.random() < 0.1:
        revisit.withdraw(claim, reason="Logged in error.", by=by, at=at)
