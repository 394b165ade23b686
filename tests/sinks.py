"""Where letters and POSTs arrive: a real SMTP server and a real HTTP server on this machine, for any test.

Both keep what came, in the order in which it came, and answer as they are told: `answers` are used up one by one, after
that everything is welcome. Other processes reach them by `host` and `port`, or by `url`.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
WELCOME = "250 2.0.0 taken"


@dataclass(frozen=True)
class Received:
    """A letter as the server took it; `sender` and `to` are the envelope's."""

    sender: str
    to: tuple[str, ...]
    message: EmailMessage

    @property
    def id(self) -> str:
        """Its Message-ID, by which doubles are told."""
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        """Its plain part."""
        part = self.message.get_body(("plain",))
        assert part is not None, "a letter without a plain part"
        return str(part.get_content())


@dataclass
class SmtpSink:
    """An SMTP server that keeps every letter it took.

    `answers` are given to the next letters after their last dot; `refused` maps addresses to what their RCPT is
    answered; `pause` is how long each letter is held before it is answered.
    """

    host: str = HOST
    port: int = 0
    letters: list[Received] = field(default_factory=list)
    answers: deque[str] = field(default_factory=deque)
    refused: dict[str, str] = field(default_factory=dict)
    pause: float = 0

    @property
    def settings(self) -> dict[str, Any]:
        """Django's settings that send here."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_HOST": self.host, "EMAIL_PORT": self.port}

    @property
    def distinct(self) -> list[Received]:
        """The letters without those that came a second time."""
        return list({letter.id: letter for letter in self.letters}.values())

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        # Each sink has a loop of its own that serves one test: nobody else waits for this.
        time.sleep(self.pause)
        answer = self.answers.popleft() if self.answers else WELCOME
        if answer.startswith("2"):
            content = envelope.content
            message = message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.default)
            self.letters.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), message))
        return answer


class _Listening(Controller):
    """On whichever port is free: known once it listens, and before the controller tries to reach itself."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smtp_server() -> Iterator[SmtpSink]:
    """A sink that listens on a free port while the block runs."""
    sink = SmtpSink()
    controller = _Listening(sink, hostname=HOST, port=0, ready_timeout=10)
    controller.start()
    try:
        sink.port = controller.port
        yield sink
    finally:
        controller.stop(no_assert=True)


@dataclass(frozen=True)
class Post:
    """A request as it came; names of headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Its webhook-id, by which doubles are told."""
        return self.headers["webhook-id"]

    @property
    def document(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


@dataclass
class HttpReceiver:
    """An HTTP server that keeps every POST, those too that it turns away.

    `answers` are the status codes of the next requests, then `status`; `headers` go out with each answer; `pause` is
    how long each request is held before it is answered.
    """

    port: int = 0
    posts: list[Post] = field(default_factory=list)
    answers: deque[int] = field(default_factory=deque)
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0

    @property
    def url(self) -> str:
        """Its address; any path below is taken too."""
        return f"http://{HOST}:{self.port}/"

    @property
    def distinct(self) -> list[Post]:
        """The POSTs without those that came a second time."""
        return list({post.id: post for post in self.posts}.values())

    def take(self, post: Post) -> int:
        """Keeps the request; the status to answer it with."""
        self.posts.append(post)
        time.sleep(self.pause)
        return self.answers.popleft() if self.answers else self.status


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    receiver: HttpReceiver

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that was killed has closed its end: nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver = self.server.receiver
        self.send_response(receiver.take(Post(self.path, headers, body)))
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing on the terminal."""


@contextmanager
def http_server() -> Iterator[HttpReceiver]:
    """A receiver that listens on a free port while the block runs."""
    receiver = HttpReceiver()
    with _Server((HOST, 0), _Handler) as server:
        server.receiver = receiver
        receiver.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join(timeout=5)


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """A real SMTP server of this test's own."""
    with smtp_server() as sink:
        yield sink


@pytest.fixture
def http_receiver() -> Iterator[HttpReceiver]:
    """A real HTTP server of this test's own."""
    with http_server() as receiver:
        yield receiver
