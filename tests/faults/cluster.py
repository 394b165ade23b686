"""A Postgres server of a test's own, which it may stop at once and start again."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.management.processes import free_port

# The newest of those that Debian keeps side by side, none of which is on the PATH.
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name))


class Cluster:
    """In a folder of its own; run as the user `postgres` where we are root, which Postgres refuses to be."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "data", free_port()
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        self._run("initdb", "--no-sync", "--auth", "trust", "--username", "postgres", "--pgdata", str(self.data))

    def start(self) -> None:
        """Up, after the recovery of what an immediate stop has left; the answer comes when it takes connections."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=16MB"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.data / "log"), "-o", options, "start")

    def stop(self) -> None:
        """As a crash: every client is cut off where it is."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", "immediate", "stop")

    @property
    def settings(self) -> dict[str, Any]:
        """Django's, for the database that it comes with."""
        return {"HOST": "127.0.0.1", "PORT": str(self.port), "USER": "postgres", "PASSWORD": "", "NAME": "postgres"}

    def _run(self, name: str, *arguments: str) -> None:
        # Nothing of its output is read: the server holds on to it for as long as it runs.
        subprocess.run(
            [tool(name), *arguments], user=self.user, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=60
        )


def tool(name: str) -> str:
    """Where a program of the Postgres server is; a test without it is skipped, in CI failed."""
    if found := shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, reversed(DEBIAN))])):
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(f"needs {name}")
    pytest.skip(f"needs {name}: install the Postgres server")


@contextmanager
def private_cluster() -> Iterator[Cluster]:
    """A server with our tables, to which Django's connection leads while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="claimline-"))
    before = {name: connection.settings_dict[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    cluster = Cluster(folder)
    cluster.start()
    try:
        connection.close()
        connection.settings_dict.update(cluster.settings)
        call_command("migrate", verbosity=0)
        yield cluster
    finally:
        connection.close()
        connection.settings_dict.update(before)
        cluster.stop()
        shutil.rmtree(folder)
