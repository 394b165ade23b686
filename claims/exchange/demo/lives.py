"""What befell each claim, as its events tell it: logged, published, flagged, moved, reviewed, withdrawn."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from claims.exchange.demo.windows import FIRST, LAST, ONE_DAY, Window, window
from claims.lifecycle import EventKind, Status, Verdict

VERDICTS = {Verdict.TRUE: 40, Verdict.PARTLY_TRUE: 20, Verdict.FALSE: 25, Verdict.UNVERIFIABLE: 10, Verdict.VOID: 5}
# Days from a claim to its first possible window, and from the last thing that befell any claim to today.
BEFORE, REST = 10, 5


@dataclass(slots=True)
class Told:
    """An event: what it was, when, and where it left the claim; a flag by the sweep, anything else by a person."""

    kind: EventKind
    at: str
    source: str
    status: Status
    round: int
    version: int
    data: str


@dataclass(slots=True)
class Judged:
    """A published review."""

    verdict: Verdict
    at: str
    is_early: bool


@dataclass(slots=True)
class Life:
    """A claim's standing, and all that led there."""

    made_on: date
    window: Window
    first: Window = field(init=False)
    status: Status = Status.DRAFT
    round: int = 1
    flagged_at: str | None = None
    published_at: str | None = None
    events: list[Told] = field(default_factory=list)
    reviews: list[Judged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = self.window

    @property
    def created_at(self) -> str:
        """When it was logged."""
        return self.events[0].at

    @property
    def updated_at(self) -> str:
        """When anything befell it last."""
        return self.events[-1].at

    def tell(self, kind: EventKind, at: str, status: Status, data: dict[str, Any]) -> None:
        """Move the claim to the status, and write it down."""
        source = self.status.value if self.events else ""
        self.status = status
        self.events.append(Told(kind, at, source, status, self.round, len(self.events) + 1, json.dumps(data)))

    def publish(self, on: date) -> None:
        """Logged in the morning, on the record by noon."""
        edtf = self.window.projected.edtf
        self.tell(EventKind.LOGGED, f"{on} 08:30:00", Status.DRAFT, {"projected_date": edtf})
        self.published_at = f"{on} 11:50:00"
        data = {"projected_date": edtf, "revisit_on": str(self.window.revisit_on)}
        self.tell(EventKind.PUBLISHED, self.published_at, Status.OPEN, data)

    def flag(self) -> date:
        """Flagged by the sweep on its revisit day, which is given back."""
        on = self.window.revisit_on
        self.flagged_at = f"{on} 00:00:40"
        self.tell(EventKind.FLAGGED, self.flagged_at, Status.DUE, {"revisit_on": str(on), "round": self.round})
        return on

    def postpone(self, on: date, until: date) -> None:
        """Too early to tell."""
        self.round, self.flagged_at = self.round + 1, None
        data = {"revisit_on": [str(self.window.revisit_on), str(until)], "reason": "Demo: too early to tell."}
        self.window = Window(self.window.phrase, self.window.projected, until)
        self.tell(EventKind.POSTPONED, f"{on} 14:10:00", Status.OPEN, data)

    def reschedule(self, on: date, to: Window) -> None:
        """The claimant moved the date."""
        before, self.window = self.window, to
        self.round, self.flagged_at = self.round + 1, None
        ends = before.projected.end, to.projected.end
        data = {
            "projected_date": [before.projected.edtf, to.projected.edtf],
            "projected_phrase": [before.phrase, to.phrase],
            "revisit_on": [str(before.revisit_on), str(to.revisit_on)],
            "slip_days": (ends[1] - ends[0]).days if ends[0] and ends[1] else None,
            "reason": "Demo: a later date was announced.",
            "article": None,
        }
        self.tell(EventKind.RESCHEDULED, f"{on} 14:10:00", Status.OPEN, data)

    def review(self, on: date, verdict: Verdict, *, is_early: bool = False) -> None:
        """A verdict; it supersedes the one before."""
        number, at = len(self.reviews) + 1, f"{on} 15:20:00"
        self.reviews.append(Judged(verdict, at, is_early))
        data = {"review": number, "verdict": verdict, "supersedes": number - 1 or None}
        self.tell(EventKind.REVIEWED, at, Status.RESOLVED, data)

    def reopen(self, on: date) -> None:
        """Due again."""
        self.flagged_at = f"{on} 17:00:00"
        self.tell(EventKind.REOPENED, self.flagged_at, Status.DUE, {"reason": "Demo: new figures are out."})

    def withdraw(self, on: date) -> None:
        """Logged in error."""
        self.tell(EventKind.WITHDRAWN, f"{on} 16:40:00", Status.WITHDRAWN, {"reason": "Demo: logged in error."})


Course = Callable[[Random, date, date], Life]


def _published(made_on: date, chosen: Window) -> Life:
    life = Life(made_on, chosen)
    life.publish(made_on + ONE_DAY)
    return life


def _over(rng: Random, made_on: date, today: date, *, rest: int = REST) -> Life:
    """Published, and its day has come."""
    earliest = max(FIRST, made_on + timedelta(days=BEFORE))
    return _published(made_on, window(rng, earliest, today - timedelta(days=rest)))


def overdue(rng: Random, made_on: date, today: date) -> Life:
    """Open, though its day has come: no sweep has run."""
    return _over(rng, made_on, today, rest=1)


def ahead(rng: Random, made_on: date, today: date) -> Life:
    """Open, its day lies ahead."""
    return _published(made_on, window(rng, today, LAST, is_near=True))


def due(rng: Random, made_on: date, today: date) -> Life:
    """Flagged."""
    life = _over(rng, made_on, today)
    life.flag()
    return life


def moved(rng: Random, made_on: date, today: date) -> Life:
    """Flagged once, then open again: a later date was announced, or it was too early to tell."""
    life = due(rng, made_on, today)
    on = _soon(rng, life.window.revisit_on, today)
    to = window(rng, today, LAST, is_near=True)
    if rng.random() < 0.6 and to.projected != life.window.projected:
        life.reschedule(on, to)
    else:
        life.postpone(on, to.revisit_on)
    return life


def resolved(rng: Random, made_on: date, today: date) -> Life:
    """With a verdict; some came early, some had to be given again."""
    verdict, second = rng.choices(list(VERDICTS), list(VERDICTS.values()), k=2)
    how = rng.random()
    if how < 0.1:
        life = ahead(rng, made_on, today)
        life.review(_soon(rng, made_on + timedelta(days=BEFORE), today), verdict, is_early=True)
        return life
    life = due(rng, made_on, today)
    on = _soon(rng, life.window.revisit_on, today)
    life.review(on, verdict)
    if how < 0.15:
        again = _soon(rng, on, today)
        life.reopen(again)
        life.review(again + ONE_DAY, second)
    return life


def draft(rng: Random, made_on: date, today: date) -> Life:
    """Not on the record."""
    life = Life(made_on, window(rng, today, LAST, is_near=True))
    data = {"projected_date": life.window.projected.edtf}
    life.tell(EventKind.LOGGED, f"{made_on + ONE_DAY} 08:30:00", Status.DRAFT, data)
    return life


def withdrawn(rng: Random, made_on: date, today: date) -> Life:
    """Logged in error; most were published by then."""
    life = (ahead if rng.random() < 0.8 else draft)(rng, made_on, today)
    life.withdraw(_soon(rng, made_on + timedelta(days=BEFORE), today))
    return life


def _soon(rng: Random, after: date, today: date) -> date:
    """A day of the following weeks, two days before today at the latest."""
    return after + timedelta(days=rng.randrange(min(60, (today - after).days - 2) + 1))


# Twenty claims in a row: 15 % past due and not flagged, 40 % ahead, 20 % resolved, 10 % due, 5 % of each other kind.
COURSES: tuple[Course, ...] = (
    *(ahead, overdue, resolved, ahead, due, ahead, resolved, ahead, draft, overdue),
    *(ahead, resolved, ahead, moved, due, ahead, overdue, resolved, ahead, withdrawn),
)
