"""The processes of a newsroom, each started, killed and started again by a test: broker, worker, beat."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import redis
from django.conf import settings
from django.db import connection

from claims.management import broker
from tests.management.processes import free_port, wait_until

# Seconds for what takes a few on an idle machine.
PATIENCE = 90.0
# As `up` starts it, with what a test has no use for left out.
WORKER = ("worker", "--without-mingle", "--without-gossip")
Process = subprocess.Popen[bytes]
Running = AbstractContextManager[Process]


@contextmanager
def running(argv: list[str], environ: dict[str, str]) -> Iterator[Process]:
    """The process while the block runs; at its end nothing of its group is left."""
    process = subprocess.Popen(argv, env=environ, cwd=settings.ROOT, start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process: Process) -> None:
    """`kill -9` of the process and its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def celery(environ: dict[str, str], *words: str) -> list[str]:
    """The command for a part of Celery, in our own application or in the one that a test names in `APP`."""
    return [sys.executable, "-m", "celery", "--quiet", "--app", environ.get("APP", "project"), *words]


def worker(environ: dict[str, str], *, processes: int = 0) -> Running:
    """A worker that works by itself, or with so many processes below it."""
    pool = ("--concurrency", str(processes)) if processes else ("--pool", "solo")
    return running(celery(environ, *WORKER, *pool), environ)


def beat(environ: dict[str, str]) -> Running:
    """A beat."""
    return running(celery(environ, "beat", "--pidfile="), environ)


class OwnBroker:
    """A broker that nobody else uses, which a test may stop, empty and start.

    Where the tests run on Redis (TEST_REDIS_URL) it is one on a port, otherwise the embedded one on its socket.
    """

    def __init__(self, folder: Path) -> None:
        self.embedded = broker.embedded(folder)
        self.embedded.prepare()
        self.is_on_port = "TEST_REDIS_URL" in os.environ
        self.port = free_port()
        self.process: Process | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0" if self.is_on_port else self.embedded.url

    @property
    def argv(self) -> list[str]:
        if not self.is_on_port:
            return self.embedded.argv
        server = shutil.which("redis-server") or self.embedded.server
        rest = f"--port {self.port} --bind 127.0.0.1 --appendonly yes --appendfsync everysec --loglevel warning"
        return [server, *rest.split(), "--save", "", "--dir", str(self.embedded.folder)]

    def start(self) -> None:
        """Up, with what it kept on disk."""
        self.process = subprocess.Popen(self.argv)
        wait_until(self.is_answering, what="the broker")

    def stop(self) -> None:
        """`kill -9`."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def lose_everything(self) -> None:
        """What it keeps on disk; it must be stopped."""
        for kept in self.embedded.folder.glob("appendonly*"):
            shutil.rmtree(kept)

    def empty(self) -> None:
        """FLUSHALL."""
        with self.client() as client:
            client.flushall()

    def waiting(self) -> int:
        """How many alarms nobody has taken yet."""
        with self.client() as client:
            return int(client.llen("celery"))

    def is_answering(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except (redis.ConnectionError, redis.BusyLoadingError):
            return False

    def client(self) -> redis.Redis:
        if self.is_on_port:
            return redis.Redis(port=self.port)
        return redis.Redis.from_url(f"unix://{quote(str(self.embedded.socket))}")


def database_url() -> str:
    """Where this test's database is, for other processes."""
    described = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{described['NAME']}"
    login = quote(described["USER"]) + (f":{quote(described['PASSWORD'])}" if described["PASSWORD"] else "")
    port = f":{described['PORT']}" if described["PORT"] else ""
    return f"postgres://{login}@{quote(described['HOST'], safe='')}{port}/{described['NAME']}"
