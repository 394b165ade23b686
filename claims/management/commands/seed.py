"""`manage.py seed`: the first article's claims, from the CSV files in seeds/."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.exchange.importer import load_seeds
from claims.exchange.seeds import BadSeeds


class Command(BaseCommand):
    """Safe to repeat: what was loaded once is left as it is."""

    help = "Load the claims in seeds/ and publish them; those that were loaded before are left as they are."

    def handle(self, *, verbosity: int = 1, **_options: Any) -> None:
        """All or nothing; every row that cannot be loaded gets a line of its own."""
        try:
            added = load_seeds(Path(settings.SEEDS_DIR), at=timezone.now())
        except BadSeeds as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            count = len(error.faults)
            raise CommandError(f"nothing was loaded: {count} {'fault' if count == 1 else 'faults'} to mend") from None
        if verbosity:
            self.stdout.write(f"{added} {'claim' if added == 1 else 'claims'} added" if added else "nothing new")
