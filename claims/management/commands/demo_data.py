"""`manage.py demo_data --claims N`: invented claims, for benchmarks and for trying out."""

import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.exchange import demo
from claims.management.commands.flag_due_claims import day

MOST = 10_000_000
# The demo's first and last windows; a day outside them would have nothing behind it or nothing ahead.
YEARS = range(2016, 2060)


def number(text: str) -> int:
    """A whole number of claims, written plainly or as 1_000_000."""
    digits = text.replace("_", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 8 and 0 < int(digits) <= MOST):
        raise ArgumentTypeError(f"write a whole number from 1 to {MOST}, not {text!r}")
    return int(digits)


def standing_day(text: str) -> date:
    """A day that has some of the demo behind it and some ahead."""
    found = day(text)
    if found.year not in YEARS:
        raise ArgumentTypeError(f"choose a day from {YEARS[0]} to {YEARS[-1]}, not {text!r}")
    return found


class Command(BaseCommand):
    """Tops up to N, so that it may be repeated and interrupted."""

    help = (
        "Fill the database with invented claims, up to N in all: 2,000 claimants, 40 sources, three citations each, "
        "15 %% past due and not flagged. The same seed and day give the same claims."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, which, and whether among real ones."""
        parser.add_argument("--claims", type=number, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number gives other claims")
        parser.add_argument(
            "--today", type=standing_day, metavar="YYYY-MM-DD", help="the day to go by, instead of the real one"
        )
        parser.add_argument("--force", action="store_true", help="even where there are claims that are no demo")

    def handle(self, *, claims: int, seed: int, today: date | None, force: bool, **_options: Any) -> None:
        """All of a chunk or nothing of it."""
        if not force and not demo.is_all_demo():
            raise CommandError("there are claims here that are no demo data; --force puts the demo among them for ever")
        began = time.monotonic()
        try:
            added = demo.fill(claims, seed=seed, today=today or timezone.localdate(), tell=self._progress(began))
        except KeyboardInterrupt:
            raise CommandError("stopped; what was added is whole, the same command goes on from there") from None
        seconds = time.monotonic() - began
        self.stdout.write(f"{added:,} demo claims added in {seconds:.0f} s" if added else "nothing new")

    def _progress(self, began: float) -> Callable[[int, int], None]:
        def tell(done: int, total: int) -> None:
            if self.stdout.isatty():
                end = "\n" if done == total else ""
                line = f"\r{done / total:4.0%}  {done:,} of {total:,} claims, {time.monotonic() - began:.0f} s"
                self.stdout.write(line, ending=end)
                self.stdout.flush()

        return tell
