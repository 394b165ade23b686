"""`manage.py prepare`: what must stand before the parts are started one by one; `up` does it by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.management import first_start


class Command(BaseCommand):
    """For docker-compose.yml and for operators; safe to repeat."""

    help = "Bring the database up to date, and load the seeds if there are no claims."

    def handle(self, **_options: Any) -> None:
        """Says in a line what was done."""
        first_start.migrate(say=self.stdout.write)
        first_start.load_seeds(say=self.stdout.write)
