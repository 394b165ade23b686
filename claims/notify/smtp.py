"""A mail server spoken to under a deadline: one that is slow, or never ends a line, holds nobody up for long."""

import smtplib
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

# How long the answer to a good-bye is waited for.
GOODBYE_SECONDS = 1.0


class Deadline:
    """Shuts the connections that it watches when its time is up, whatever they are waiting for.

    A socket's own timeout begins anew with each byte: a server that sends them one by one would never be given up.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        """Seconds, never none at all: a socket would take that for a wish not to wait."""
        return max(self._end - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._end

    def watch(self, sock: socket.socket | None) -> None:
        """Shut this one too."""
        if sock is not None:
            self._sockets.append(sock)
        if self.is_over:
            self._shut()

    def lift(self) -> None:
        """It was done in time."""
        self._timer.cancel()

    def _shut(self) -> None:
        for sock in self._sockets:
            with suppress(OSError):
                # Not TLS's own good-bye: the other thread is in the middle of a word.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Timed:
    """Comes first, so that the deadline is known before there is a connection."""

    def __init__(self, *args: Any, deadline: Deadline, **options: Any) -> None:
        self.deadline = deadline
        super().__init__(*args, **options)


class _Watched(smtplib.SMTP):
    """Comes last, so that what it opens is watched before TLS begins."""

    deadline: Deadline

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for nth, (family, kind, protocol, _name, address) in enumerate(found):
            sock = socket.socket(family, kind, protocol)
            # Each of its addresses gets its share of the time.
            sock.settimeout(self.deadline.left / (len(found) - nth))
            try:
                sock.connect(address)
            except OSError:
                sock.close()
                if nth == len(found) - 1:
                    raise
                continue
            sock.settimeout(timeout)
            self.deadline.watch(sock)
            return sock
        raise OSError(f"{host} has no address")


class _Plain(_Timed, _Watched):
    """Without TLS from the start."""


class _Encrypted(_Timed, smtplib.SMTP_SSL, _Watched):
    """With TLS from the start."""


class SmtpBackend(EmailBackend):
    """Django's, but what it does from `open` to the end of `send_messages` takes EMAIL_TIMEOUT seconds in all."""

    deadline: Deadline | None = None

    @property
    def connection_class(self) -> Any:
        """What makes a connection and greets the server."""
        return partial(_Encrypted if self.use_ssl else _Plain, deadline=self._begin())

    def open(self) -> bool | None:
        """Whether a new connection was needed; the time runs from here."""
        self._begin()
        try:
            is_new = super().open()
            if is_new and self.connection:
                # Here rather than with the first letter, which is not to blame for a server that cannot be spoken to.
                self.connection.ehlo_or_helo_if_needed()
            return is_new
        except OSError:
            self._explain()
            raise

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were sent. Raises TimeoutError where time was up."""
        self._begin()
        try:
            return super().send_messages(email_messages)
        except OSError:
            self._explain()
            raise
        finally:
            self._end()

    def close(self) -> None:
        """Say good-bye, without waiting for an answer for long."""
        self._end()
        super().close()

    def _begin(self) -> Deadline:
        if self.deadline is None:
            self.deadline = Deadline(float(self.timeout or settings.EMAIL_TIMEOUT))
            if self.connection:
                self.deadline.watch(self.connection.sock)
        return self.deadline

    def _end(self) -> None:
        if self.deadline is not None:
            self.deadline.lift()
            self.deadline = None

    def _explain(self) -> None:
        if self.deadline is not None and self.deadline.is_over:
            raise TimeoutError(f"no answer within {self.timeout} seconds") from None

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        goodbye = Deadline(GOODBYE_SECONDS)
        goodbye.watch(connection.sock)
        try:
            connection.quit()
        except OSError:
            connection.close()
        finally:
            goodbye.lift()
