"""`manage.py intake --jsonl`: proposes claims and reads dates, as a filter for other programs."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.intake import jsonl


class Command(BaseCommand):
    """Answer JSON lines on standard input; store nothing."""

    help = "Read one JSON object a line on standard input and answer each with one line; nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the input."""
        parser.add_argument("--jsonl", action="store_true", help="one JSON object a line in, one out, in order")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer until the input ends."""
        if not options["jsonl"]:
            raise CommandError("Reading a file or a web address is not available yet: use --jsonl on standard input.")
        for line in jsonl.answers(sys.stdin.buffer, timezone.localdate()):
            self.stdout.write(line)
            self.stdout.flush()
