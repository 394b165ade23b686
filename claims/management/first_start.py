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
from django.db import connections, transaction

from claims.models import Claim
from claims.models.roles import create_person

EDITOR = "editor"
PASSWORD_LENGTH = 16


def prepare(*, has_seeds: bool, say: Callable[[str], None]) -> None:
    """Bring database and static files up to date; say in a line what was done."""
    call_command("migrate", interactive=False, verbosity=0)
    say("database ready")
    if collect_static(settings.VAR_DIR / "static.digest"):
        say("static files ready")
    if not User.objects.exists():
        password = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(PASSWORD_LENGTH))
        with transaction.atomic():
            create_person(EDITOR, role="editor", password=password)
        say(f"first editor: {EDITOR} · password: {password} · shown only this once")
    if has_seeds and not Claim.objects.exists():
        call_command("seed", verbosity=0)
        say(f"seeds loaded: {Claim.objects.count()} claims")
    # What is forked later must not share a connection.
    connections.close_all()


def collect_static(kept_in: Path) -> bool:
    """Whether anything was new: to hash and compress all files takes seconds, to see that none has changed does not."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            source = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{source.st_size}\0{source.st_mtime_ns}\n".encode())
    found = digest.hexdigest()
    is_known = kept_in.exists() and kept_in.read_text(encoding="ascii") == found
    if is_known and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    kept_in.write_text(found, encoding="ascii")
    return True
