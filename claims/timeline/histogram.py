"""The whole collection in bins: how many claims end in each stretch of time, by where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, F, Func

from claims.lifecycle import Status, Verdict
from claims.models.claim_set import ClaimSet
from claims.timeline.axis import first_day, label, months, reach

# Where a claim stands for a reader, from what waits to what is settled: a status, or the verdict that took its place.
STANDINGS: tuple[str, ...] = (Status.OPEN, Status.DUE, *Verdict, Status.WITHDRAWN)
FEWEST_BINS, MOST_BINS = 16, 48
STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
# December 9999, the last month that there is.
FURTHEST = 9999 * 12 + 11


class MonthOf(Func):
    """A date's year and month as text; Django's own truncation calls back into Python for every row on SQLite."""

    output_field: CharField = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, 7)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="TO_CHAR(%(expressions)s, 'YYYY-MM')", **context)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims with one standing end in one month (as claims.timeline.axis.months counts)."""

    month: int
    standing: str
    count: int


def standing_of(status: str, verdict: str | None) -> str:
    """The verdict of a claim that has one, otherwise its status."""
    return verdict if status == Status.RESOLVED and verdict else status


def tally(claims: ClaimSet) -> list[Tally]:
    """The claims counted by month and standing, in one query whose answer grows with the months alone."""
    rows = (
        claims.order_by()
        .values("status", month=MonthOf("ends_on"), verdict=F("current_review__verdict"))
        .annotate(count=Count("pk"))
    )
    return [
        Tally(
            int(row["month"][:4]) * 12 + int(row["month"][5:]) - 1,
            standing_of(row["status"], row["verdict"]),
            row["count"],
        )
        for row in rows
    ]


@dataclass(slots=True)
class Bin:
    """A stretch of time with what ends in it; an outermost one that holds all that lies beyond has no edge."""

    first: date | None
    last: date | None
    label: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All claims in it."""
        return sum(self.counts.values())


class Histogram:
    """Bins of equal length around today, as many as suit the span of the tallies."""

    def __init__(self, tallies: Sequence[Tally], today: date) -> None:
        now = months(today)
        first, last = _reach(tallies, now)
        self.step = next((step for step in STEPS if last // step - first // step < MOST_BINS), STEPS[-1])
        self._first, after = first // self.step, last // self.step + 1
        # A single claim is one slim bar among empty ones, not a wall.
        missing = max(0, FEWEST_BINS - (after - self._first))
        end = FURTHEST // self.step + 1
        self._first = max(min(self._first - missing // 2, end - FEWEST_BINS), 12 // self.step)
        after = max(after, min(self._first + FEWEST_BINS, end))
        self.bins = [self._bin(number) for number in range(self._first, after)]
        self._fill(tallies)
        inside = (today - first_day(now)).days / 31
        self.today = (now - self._first * self.step + inside) / (self.step * len(self.bins)) * 100

    @property
    def highest(self) -> int:
        """The most claims that any bin holds."""
        return max(bin_.total for bin_ in self.bins)

    def label_of(self, number: int) -> str:
        """What is written under a bin: the year, or the month where bins are shorter; the first one has both."""
        return label(first_day((self._first + number) * self.step), self.step, is_first=number == 0)

    def starts_year(self, number: int) -> bool:
        """Whether the bin begins with a January, so that its label is a year."""
        return (self._first + number) * self.step % 12 == 0

    def _bin(self, number: int) -> Bin:
        first, after = first_day(number * self.step), first_day((number + 1) * self.step)
        last = date.max if (number + 1) * self.step > FURTHEST else after - timedelta(days=1)
        return Bin(first, last, _name(first, self.step))

    def _fill(self, tallies: Iterable[Tally]) -> None:
        for one in tallies:
            number = one.month // self.step - self._first
            inside = min(max(number, 0), len(self.bins) - 1)
            bin_ = self.bins[inside]
            bin_.counts[one.standing] = bin_.counts.get(one.standing, 0) + one.count
            if number < inside:
                bin_.first = None
            elif number > inside:
                bin_.last = None


def _reach(tallies: Sequence[Tally], now: int) -> tuple[int, int]:
    """First and last month to show; distances count in days, as they do on the axis."""
    first, last = reach([round(one.month * 30.44) for one in tallies], round(now * 30.44))
    return max(round(first / 30.44), 12), min(round(last / 30.44), FURTHEST)


def _name(first: date, step: int) -> str:
    if step == 1:
        return label(first, 1, is_first=True)
    if step == 3:
        return f"Q{first.month // 3 + 1} {first.year}"
    if step == 6:
        return f"H{first.month // 6 + 1} {first.year}"
    return str(first.year) if step == 12 else f"{first.year}–{first.year + step // 12 - 1}"
