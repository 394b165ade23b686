"""The sweep against its floor: `python -m tests.bench.sweep [--claims N] [--rounds N]`."""

import argparse
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from unittest import mock

import django
from django.core.management import call_command

TODAY, NOW = date(2026, 11, 22), datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LOOKS = 300
QUIET_SECONDS = 5

# The floor: the same rows, one transaction, no Django.
FLAG = """UPDATE claims_claim SET status = 'due', flagged_at = '{now}', updated_at = '{now}', version = version + 1
    WHERE status = 'open' AND revisit_on <= '{today}' RETURNING id, round, revisit_on"""
TELL = "INSERT INTO claims_event (claim_id, kind, job, at, from_status, to_status, data, key)"
TELL_ON_SQLITE = f"{TELL} VALUES (?, 'flagged', 'sweep', '{{now}}', 'open', 'due', ?, ?)"
BOTH_ON_POSTGRES = f"""WITH flagged AS ({FLAG}) {TELL}
    SELECT id, 'flagged', 'sweep', '{{now}}', 'open', 'due',
    jsonb_build_object('revisit_on', revisit_on, 'round', round), id || ':flagged:' || round FROM flagged"""


def floor_on_sqlite(connection) -> int:
    words = {"now": "2026-11-22 09:00:00", "today": TODAY}
    connection.execute("BEGIN IMMEDIATE")
    flagged = connection.execute(FLAG.format(**words)).fetchall()
    events = [
        (pk, f'{{"revisit_on": "{on}", "round": {round_}}}', f"{pk}:flagged:{round_}") for pk, round_, on in flagged
    ]
    connection.executemany(TELL_ON_SQLITE.format(**words), events)
    connection.execute("COMMIT")
    return len(flagged)


def floor_on_postgres(connection) -> int:
    with connection.transaction():
        return connection.execute(BOTH_ON_POSTGRES.format(now=NOW, today=TODAY)).rowcount


def clocked(work: Callable[[], int]) -> tuple[float, int]:
    """Seconds, and what came of it."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def at(seconds: list[float], share: float) -> float:
    """The time within which this share of them had ended."""
    return seconds[min(int(len(seconds) * share), len(seconds) - 1)]


class Bench:
    """One database."""

    def __init__(self, claims: int, rounds: int) -> None:
        from claims import sweep  # noqa: PLC0415 - once Django is set up
        from tests.bench import bystanders, databases  # noqa: PLC0415

        self.claims, self.rounds = claims, rounds
        self.sweep, self.databases, self.bystanders = sweep, databases, bystanders
        self.place = databases.here()
        self.chunks: list[float] = []

    def run(self) -> None:
        self.place.make()
        try:
            self._fill(self.claims // 10)
            self.place.copy()
            self._swept()
            idle = [self._idle(self.claims // 10)]
            self.place.back()
            self._fill(self.claims)
            self._compare()
            for what in ("reader", "writer"):
                self._beside(what)
            idle.append(self._idle(self.claims))
            print(*idle, sep="\n", flush=True)
        finally:
            self.place.drop()

    def _fill(self, claims: int) -> None:
        said = io.StringIO()
        call_command("demo_data", claims=claims, today=TODAY, stdout=said)
        print(f"{self.place.name}: {said.getvalue().strip()}", flush=True)
        self.place.settle()

    def _compare(self) -> None:
        floors, sweeps = [], []
        self.chunks.clear()
        for _ in range(self.rounds):
            self.place.copy()
            floors.append(self._floor())
            self.place.copy()
            sweeps.append(self._swept())
        (floor, by_hand), (swept, flagged) = min(floors), min(sweeps)
        if by_hand != flagged:
            raise SystemExit(f"the floor flagged {by_hand}, the sweep {flagged}")
        size = self.sweep.CHUNKS[self.databases.connection.vendor]
        print(f"\n{self.place.name}, {self.claims:,} claims, {flagged:,} due, best of {self.rounds}")
        print(f"  floor, one transaction by hand    {floor:8.3f} s   1.00 ×")
        print(f"  sweep, chunks of {size:<6,}           {swept:8.3f} s   {swept / floor:.2f} ×")
        middle = statistics.median(self.chunks)
        print(f"  longest chunk, from BEGIN to end  {max(self.chunks):8.3f} s   (median {middle:.3f} s)", flush=True)

    def _floor(self) -> tuple[float, int]:
        connection = self.place.by_hand()
        work = floor_on_sqlite if self.databases.connection.vendor == "sqlite" else floor_on_postgres
        found = clocked(lambda: work(connection))
        connection.close()
        return found

    def _swept(self) -> tuple[float, int]:
        self.databases.warm()
        flag_some = self.sweep.flag_some

        def flag_clocked(*arguments, **options) -> int:
            seconds, taken = clocked(lambda: flag_some(*arguments, **options))
            self.chunks.append(seconds)
            return taken

        with mock.patch.object(self.sweep, "flag_some", flag_clocked):
            return clocked(lambda: self.sweep.flag_due(TODAY, now=NOW))

    def _beside(self, what: str) -> None:
        """How long others wait while the sweep runs, and while it does not."""
        self.place.copy()
        self.databases.warm()
        with self.bystanders.standing_by(what, self.place.duplicate_url()) as end:
            time.sleep(QUIET_SECONDS)
            quiet = sorted(end())
        with self.bystanders.standing_by(what, self.place.duplicate_url()) as end:
            self._swept()
            meanwhile = sorted(end())
        ratio = at(meanwhile, 0.99) / at(quiet, 0.99)
        print(
            f"  {what} meanwhile, p99               {at(meanwhile, 0.99) * 1e3:8.0f} ms  {ratio:.2f} × idle's", end=""
        )
        print(
            f"   (longest {meanwhile[-1] * 1e3:.0f} ms, idle {quiet[-1] * 1e3:.0f}; {len(meanwhile)} turns)", flush=True
        )

    def _idle(self, claims: int) -> str:
        """How long the sweep takes to find nothing: right after one that found all this, and in a tidy database."""
        after = self._look()
        self.place.settle()
        what = f"nothing due, {claims:,} claims"
        return f"  {what:<33} {self._look():8.0f} µs   (right after the sweep {after:.0f} µs)"

    def _look(self) -> float:
        return statistics.median(clocked(lambda: self.sweep.flag_due(TODAY, now=NOW))[0] * 1e6 for _ in range(LOOKS))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sweep", description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    django.setup()
    if given.here:
        Bench(given.claims, given.rounds).run()
    else:
        from tests.bench import databases  # noqa: PLC0415 - once Django is set up

        databases.run_on_each("tests.bench.sweep", sys.argv[1:])


if __name__ == "__main__":
    main()
