"""`manage.py up`: everything Claimline needs, from nothing but Python, in one terminal."""

import argparse
import os
import sys
from shlex import split
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connections

from claims.management import broker, first_start, lock
from claims.management.front_door import ClosedDoor, FrontDoor
from claims.management.supervisor import Child, Supervisor

COLOURS = {"broker": 35, "worker": 36, "beat": 33, "web": 32}
# Celery's warnings that it runs as root, and that a lost connection leaves tasks running: both are meant.
QUIET = [
    "-Wignore::UserWarning:celery.platforms",
    "-Wignore::PendingDeprecationWarning:celery.worker.consumer.consumer",
]
CELERY = split("celery --quiet --no-color --app project")
# One each for e-mails and webhooks, which wait for other people's servers, and one that is free to sweep.
WORKER = split("worker --loglevel INFO --concurrency 3 --without-mingle --without-gossip --hostname")
BEAT = split("beat --loglevel WARNING --pidfile=")
WEB = split("gunicorn project.wsgi -k gthread -w 2 --threads 4 --preload --no-control-socket")
WEB += split("--graceful-timeout 2 --log-level warning --bind")


class Command(BaseCommand):
    """Prepares what must stand, then runs broker, worker, beat and web server until it is told to stop."""

    help = "Start everything: database, seeds, first editor, broker, worker, beat and web server. Ctrl-C stops it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Address, and whether an empty database gets the seeds."""
        parser.add_argument("--port", type=_port, default=8000, help="port of the web server (default: 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--no-seeds", action="store_true", help="leave an empty database empty")

    def handle(self, *, port: int, host: str, no_seeds: bool, **_options: Any) -> None:
        """Until SIGINT or SIGTERM."""
        if settings.DEBUG:
            # Settings are read once: this is how DEBUG is off here and in all that is started.
            os.environ["DEBUG"] = "0"
            os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - ourselves
        # Whatever is made from here on, the database above all, is read by this user alone, in whatever folder it lies.
        os.umask(0o077)
        try:
            folder_lock = lock.take_lock(settings.VAR_DIR / "up.lock")
            door = FrontDoor(host, port)
            ours = _broker_of_our_own()
            self._prepare(has_seeds=not no_seeds)
        except lock.AlreadyRunning as error:
            raise CommandError(f"already running as process {error} from {settings.VAR_DIR}") from None
        except (broker.NoBroker, ClosedDoor) as error:
            raise CommandError(str(error)) from None
        except OperationalError as error:
            raise CommandError(f"the database cannot be used: {str(error).strip().splitlines()[0]}") from None
        except KeyboardInterrupt:
            sys.exit(130)

        def announce() -> None:
            self._say(f"Claimline is at {door.address}/ · desk at {door.address}/admin/ · Ctrl-C stops it")

        supervisor = Supervisor(_children(door, ours), lock=folder_lock, say=self._forward, on_ready=announce)
        sys.exit(supervisor.run())

    def _prepare(self, *, has_seeds: bool) -> None:
        first_start.migrate(say=self._say)
        first_start.collect_static(kept_in=settings.VAR_DIR / "static.digest", say=self._say)
        first_start.create_first_editor(say=self._say)
        if has_seeds:
            first_start.load_seeds(say=self._say)
        connections.close_all()

    def _forward(self, name: str, line: str) -> None:
        """One line of a child; what could steer the terminal is left out."""
        head = f"{name:<{max(map(len, COLOURS))}} |"
        if self.stdout.isatty():
            head = f"\x1b[{COLOURS[name]}m{head}\x1b[0m"
        self._say(f"{head} {''.join(letter for letter in line if letter.isprintable())}")

    def _say(self, line: str) -> None:
        try:
            self.stdout.write(line)
            self.stdout.flush()
        except (OSError, ValueError):
            pass  # the terminal or pipe is gone: no reason to stop


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")


def _broker_of_our_own() -> broker.EmbeddedBroker | None:
    """Ready to be started; None where REDIS_URL names one that answers."""
    if os.environ.get("REDIS_URL", "").strip():
        broker.check(settings.REDIS_URL)
        return None
    ours = broker.embedded(settings.VAR_DIR / "broker")
    ours.prepare()
    return ours


def _children(door: FrontDoor, ours: broker.EmbeddedBroker | None) -> list[Child]:
    environ = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.ROOT), os.environ.get("PYTHONPATH")])),
        "VAR_DIR": str(settings.VAR_DIR),
        "BASE_URL": os.environ.get("BASE_URL", "").strip() or door.address,
        "REDIS_URL": ours.url if ours else settings.REDIS_URL,
        # A line for each page would bury what a person at the terminal must see.
        "LOG_REQUESTS": os.environ.get("LOG_REQUESTS", "").strip() or "false",
    }
    celery = [sys.executable, *QUIET, "-m", *CELERY]
    worker = [*celery, *WORKER, f"up-{os.getpid()}@%h"]
    fd = door.listener.fileno()
    web = [sys.executable, "-m", *WEB, f"fd://{fd}", "--config", str(settings.ROOT / "gunicorn.conf.py")]
    # Their patience, in all, is less than the ten seconds in which everything has ended.
    children = [
        Child("worker", worker, environ, patience=4.5),
        Child("beat", [*celery, *BEAT], environ, patience=1),
        Child("web", web, environ, is_ready=door.is_answering, patience=2.5, pass_fds=[fd]),
    ]
    if ours:
        running = Child("broker", ours.argv, environ, is_ready=ours.is_answering, patience=1, mend=ours.set_data_aside)
        children.insert(0, running)
    return children
