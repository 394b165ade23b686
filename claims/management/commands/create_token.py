"""`manage.py create_token NAME --scope write`: a token for a program that works in a person's name."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.models import ApiToken, Scope

LONGEST = 3650


class Command(BaseCommand):
    """Prints the token alone on a line; every refusal is one line as well."""

    help = "Make an API token for a person and print it, once: only its fingerprint is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read as text, so that a wrong value is refused in our words and not with a page of usage."""
        parser.add_argument("name", metavar="NAME", help="the person in whose name the program works")
        parser.add_argument("--scope", default="", metavar="|".join(Scope.values))
        parser.add_argument("--days", default="", metavar="N", help="expires after so many; never, where left out")

    def handle(self, *, name: str, scope: str, days: str, **_options: Any) -> None:
        """Everything is checked before anything is written."""
        if scope not in Scope.values:
            raise CommandError(f"the scope must be one of {', '.join(Scope.values)}: --scope read")
        if days and not (days.isascii() and days.isdigit() and len(days) <= 4 and 1 <= int(days) <= LONGEST):
            raise CommandError(f"--days must be a whole number from 1 to {LONGEST}")
        person = User.objects.filter(username=name).first() if "\x00" not in name else None
        if person is None:
            raise CommandError(f"there is nobody called {name}")
        if not person.is_active:
            raise CommandError(f"{name} may not log in any more")
        _token, secret = ApiToken.issue(person, scope=scope, now=timezone.now(), days=int(days) if days else None)
        self.stdout.write(secret)
