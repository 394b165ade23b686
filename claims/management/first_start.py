"""What must stand before anything runs: tables, static files, a first editor, and seeds in an empty database."""

import hashlib
import secrets
import string
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import transaction

from claims.models import Claim
from claims.models.roles import create_person

EDITOR = "editor"
PASSWORD_LENGTH = 16

Say = Callable[[str], None]


def migrate(*, say: Say) -> None:
    """Tables, groups, and what else stands in the database beside the rows."""
    call_command("migrate", interactive=False, verbosity=0)
    say("database ready")


def load_seeds(*, say: Say) -> None:
    """Only where there is no claim at all: what a newsroom threw away does not come back."""
    if not Claim.objects.exists():
        call_command("seed", verbosity=0)
        say(f"seeds loaded: {Claim.objects.count()} claims")


def create_first_editor(*, say: Say) -> None:
    """Only where nobody can log in (the demo's editor cannot); the password is said once and kept nowhere."""
    if not User.objects.filter(is_active=True).exists():
        password = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(PASSWORD_LENGTH))
        with transaction.atomic():
            create_person(EDITOR, role="editor", password=password)
        say(f"first editor: {EDITOR} · password: {password} · shown only this once")


def collect_static(*, kept_in: Path, say: Say) -> None:
    """Only where a file changed: to hash and compress all takes seconds, to see that none changed does not."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            source = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{source.st_size}\0{source.st_mtime_ns}\n".encode())
    found = digest.hexdigest()
    is_known = kept_in.exists() and kept_in.read_text(encoding="ascii") == found
    if is_known and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    kept_in.write_text(found, encoding="ascii")
    say("static files ready")
