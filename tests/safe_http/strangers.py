"""Servers that answer byte by byte as a test tells them, and a resolver that leads wherever a test wants."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Script = Callable[[socket.socket], None]
# The name under which the public web is known here.
NAME = "hooks.example.org"


class Stranger:
    """A server on a free port of this machine; each connection is answered by the script, in a thread of its own."""

    def __init__(self, script: Script, tls: ssl.SSLContext | None) -> None:
        self.script, self.tls = script, tls
        self.heard: list[bytes] = []
        self.connections = 0
        self.is_over = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self.url = f"http{'s' if tls else ''}://{self.place}/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self.is_over.is_set():
            with contextlib.suppress(OSError):
                connection, _address = self.listening.accept()
                self.connections += not self.is_over.is_set()
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            self.script(connection)
            connection.close()

    def read(self, connection: socket.socket) -> bytes:
        """The next request on the connection, kept in `heard`."""
        came = b""
        while b"\r\n\r\n" not in came:
            piece = connection.recv(65536)
            if not piece:
                raise ConnectionResetError
            came += piece
        head, _gap, body = came.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0] or 0)
        while len(body) < length:
            body += connection.recv(65536)
        self.heard.append(head + b"\r\n\r\n" + body)
        return self.heard[-1]

    def hold(self) -> None:
        """Says nothing more until the test is over."""
        self.is_over.wait(60)

    def drip(self, connection: socket.socket, text: bytes) -> None:
        """Says it byte by byte, and its last byte for ever, always soon enough for whoever waits for the next one."""
        at = 0
        while not self.is_over.wait(0.02):
            connection.sendall(text[at : at + 1] or text[-1:])
            at += 1


@contextmanager
def stranger(*said: bytes, tls: ssl.SSLContext | None = None) -> Iterator[Stranger]:
    """A server that reads a request and says one thing a connection, the last one again and again, and hangs up.

    What it does may be changed by giving it another `script`.
    """
    left = list(said)

    def script(connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    server = Stranger(script, tls)
    try:
        yield server
    finally:
        server.is_over.set()
        # Wakes whoever waits for a connection.
        with socket.socket() as last:
            last.connect(("127.0.0.1", server.port))
        server.listening.close()


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A whole answer of HTTP/1.1."""
    lines = [f"HTTP/1.1 {status} Reason", *(f"{name.replace('_', '-')}: {text}" for name, text in headers.items())]
    if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def leading_to(*hosts: str) -> Callable[..., object]:
    """A getaddrinfo that answers with these addresses."""

    def found(_host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        families = [socket.AF_INET6 if ":" in host else socket.AF_INET for host in hosts]
        return [(family, socket.SOCK_STREAM, 6, "", (host, port)) for family, host in zip(families, hosts, strict=True)]

    return found
