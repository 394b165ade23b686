"""The search index by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from claims import search


class Command(BaseCommand):
    """The database keeps the index in step; this is for a restored database, or one that somebody has written into."""

    help = "Build the search index anew, or with --check only say whether it is what it should be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fails where an entry is astray")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        astray = search.astray()
        said = ngettext("%(n)d entry astray", "%(n)d entries astray", astray) % {"n": astray}
        if check and astray:
            raise CommandError(f"{said}: run rebuild_search")
        if not check:
            search.rebuild()
        self.stdout.write(f"{said}, rebuilt" if not check else said)
