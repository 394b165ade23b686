"""The web server's socket and address; knows nothing of Django."""

import errno
import socket
from typing import Any


class ClosedDoor(Exception):
    """The address cannot be listened on; the text is one line for the operator."""


class FrontDoor:
    """A listening socket, held by whoever starts the web server and inherited by it.

    While the web server starts again, callers wait in the socket's queue and are not refused.
    """

    def __init__(self, host: str, port: int, *, backlog: int = 1024) -> None:
        try:
            found: Any = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            family, kind, protocol, _name, place = found[0]
            self.listener = socket.socket(family, kind, protocol)
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.listener.bind(place)
            self.listener.listen(backlog)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ClosedDoor(f"port {port} on {host} is taken: choose another with --port") from None
            raise ClosedDoor(f"cannot listen on port {port} of {host}: {error.strerror}") from None
        self._call: socket.socket | None = None
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only compared with
        self._reachable = (everywhere.get(host, host), port)
        name = "localhost" if host in everywhere else f"[{host}]" if ":" in host else host
        self.address = f"http://{name}:{port}"

    def is_answering(self) -> bool:
        """Whether a web server behind the socket answered anything at all; never waits."""
        try:
            if self._call is None:
                self._call = socket.create_connection(self._reachable, timeout=1)
                self._call.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                self._call.settimeout(0)
            answer = self._call.recv(64)
        except BlockingIOError:
            return False
        except OSError:
            answer = b""
        if self._call is not None:
            self._call.close()
            self._call = None
        return answer.startswith(b"HTTP/")
