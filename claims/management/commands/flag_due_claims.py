"""The sweep by hand."""

import re
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from claims import heartbeat, sweep


def day(text: str) -> date:
    """A day written as YYYY-MM-DD."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(f"write the day as YYYY-MM-DD, not {text!r}")


class Command(BaseCommand):
    """Flags what is due, as the beat does every minute."""

    help = "Flag every open claim whose revisit day has come, and print how many that were."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="the day to go by, instead of the real one")

    def handle(self, *args: Any, today: date | None, **options: Any) -> None:
        now = timezone.now()
        if today:
            # By another day than the real one it says nothing of whether claims are flagged in time.
            flagged = sweep.flag_due(today, now=now)
        else:
            with heartbeat.beating(sweep.JOB, now=now) as run:
                flagged = run.handled = sweep.flag_due(timezone.localdate(now), now=now)
        self.stdout.write(ngettext("%(n)d claim flagged", "%(n)d claims flagged", flagged) % {"n": flagged})
