"""Connections whose every wait ends at one deadline, to addresses that were checked."""

import functools
import ipaddress
import queue
import selectors
import socket
import ssl
import threading
import time
from typing import Any

import certifi
import httpcore

from claims.safe_http.targets import Target, is_open, not_public

TIMED_OUT = "no answer in time"
TOO_LARGE = "the answer is too large"
# Bytes of one answer, head and body and all, as they come.
ROOM = 2 * 1024 * 1024 + 128 * 1024

SocketAddress = tuple[socket.AddressFamily, Any]


class Unanswered(Exception):
    """A request without a usable answer; the message is a short reason."""


class Deadline:
    """A moment from which on nobody waits any more."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than none; raises Unanswered when they are over."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise Unanswered(TIMED_OUT)
        return left


class Stream(httpcore.NetworkStream):
    """A socket for one request after another, each with its deadline and its room."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def begin(self, deadline: Deadline) -> None:
        """To be called before each request."""
        self._deadline = deadline
        self._room = ROOM
        self.has_heard = False
        self.has_ended = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._socket.settimeout(self._deadline.left())
            came = self._socket.recv(max_bytes)
        except TimeoutError:
            raise Unanswered(TIMED_OUT) from None
        except OSError:
            came = b""
        self._room -= len(came)
        if self._room < 0:
            raise Unanswered(TOO_LARGE)
        self.has_heard = self.has_heard or bool(came)
        self.has_ended = not came
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            # Not sendall: on TLS its patience begins anew with each piece.
            while buffer:
                self._socket.settimeout(self._deadline.left())
                buffer = buffer[self._socket.send(buffer) :]
        except TimeoutError:
            raise Unanswered(TIMED_OUT) from None
        except OSError as error:
            # httpcore reads on: the answer may be there already.
            raise httpcore.WriteError from error

    def close(self) -> None:
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        """Whether there is anything to read, which between two requests is the end; nothing else is told."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            return info == "is_readable" and bool(selector.select(0))


def connected(target: Target, deadline: Deadline) -> socket.socket:
    """A connection to the target, with TLS for its name if it asks for that. Raises Refused and Unanswered."""
    found = looked_up(target, deadline)
    reason = "no connection"
    for number, (family, address) in enumerate(found):
        # Each gets its share of the time, so that a dead first one does not use up all.
        patience = deadline.left() / (len(found) - number)
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(patience)
            plain.connect(address)
        except OSError as error:
            plain.close()
            reason = TIMED_OUT if isinstance(error, TimeoutError) else "no connection"
        else:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return plain if target.scheme == "http" else _secured(plain, target.host, deadline)
    raise Unanswered(reason)


def looked_up(target: Target, deadline: Deadline) -> list[SocketAddress]:
    """Where the host's name leads. Raises Refused if any of it is not public, and Unanswered if there is nothing."""
    found: queue.SimpleQueue[list[SocketAddress]] = queue.SimpleQueue()
    # A resolver cannot be interrupted: its thread is left behind.
    threading.Thread(target=lambda: found.put(_resolved(target)), daemon=True).start()
    try:
        addresses = found.get(timeout=deadline.left())
    except queue.Empty:
        raise Unanswered(TIMED_OUT) from None
    if not addresses:
        raise Unanswered("no such host")
    if not target.is_allowed and not all(is_open(ipaddress.ip_address(address[0])) for _family, address in addresses):
        raise not_public()
    return addresses


def _resolved(target: Target) -> list[SocketAddress]:
    try:
        answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [(family, address) for family, _type, _protocol, _name, address in answers]


def _secured(plain: socket.socket, host: str, deadline: Deadline) -> ssl.SSLSocket:
    try:
        plain.settimeout(deadline.left())
        # The handshake as a whole ends within the timeout, unlike several reads.
        return trust().wrap_socket(plain, server_hostname=host)
    except ssl.SSLCertVerificationError:
        raise Unanswered("its certificate is not valid for this name") from None
    except TimeoutError:
        raise Unanswered(TIMED_OUT) from None
    except OSError:
        raise Unanswered("no secure connection") from None
    finally:
        # Once the wrapping has begun, this is an empty shell.
        plain.close()


@functools.cache
def trust() -> ssl.SSLContext:
    """Who may vouch for a name: the machine's own list (SSL_CERT_FILE too), and Mozilla's where that is empty."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
