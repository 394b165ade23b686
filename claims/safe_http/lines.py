"""One request after another to one host."""

import time
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Self

import httpcore

from claims.safe_http.sockets import TOO_LARGE, Deadline, Stream, Unanswered, connected
from claims.safe_http.targets import Target

AGENT = "Claimline"
# Bytes of a body: unpacked, and those that are kept where the status says it all.
WHOLE = 2 * 1024 * 1024
BEGINNING = 4 * 1024
CUT_SHORT = "the answer breaks off"
Reader = Callable[[httpcore.Response], bytes]
Broken = (httpcore.RemoteProtocolError, Unanswered)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from `url`; names of headers are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class Line:
    """A connection that is kept from one request to the next while they go to the same host; for one thread."""

    def __init__(self, *, allowed: Collection[str] = ()) -> None:
        self._allowed = allowed
        self._kept: tuple[Target, Stream, httpcore.HTTP11Connection] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the next request opens a new connection."""
        if self._kept:
            self._kept[1].close()
        self._kept = None

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, within: float) -> Answer:
        """As `safe_http.post`."""
        return self.ask("POST", url, headers, body, deadline=Deadline(within), read=beginning)

    def ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        deadline: Deadline,
        read: Reader,
    ) -> Answer:
        """The answer, its body as `read` has it. Raises Refused and Unanswered."""
        target = Target.read(url, self._allowed)
        sent = {"Host": target.authority, "User-Agent": AGENT, "Content-Length": str(len(body)), **headers}
        address = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        request = httpcore.Request(method, address, headers=list(sent.items()), content=body)
        began = time.monotonic()
        while True:
            stream, connection, is_new = self._open(target, deadline)
            try:
                status, said, came = self._exchange(connection, request, read)
                return Answer(url, status, said, came, time.monotonic() - began)
            except httpcore.RemoteProtocolError:
                # A kept connection may be hung up at any moment: once more, on a new one.
                if is_new or stream.has_heard or not stream.has_ended:
                    raise Unanswered(_reason(stream)) from None

    def _exchange(
        self, connection: httpcore.HTTP11Connection, request: httpcore.Request, read: Reader
    ) -> tuple[int, dict[str, str], bytes]:
        try:
            response = connection.handle_request(request)
            body = read(response)
            response.close()
            return response.status, _headers(response), body
        finally:
            if not connection.is_idle():
                self.close()

    def _open(self, target: Target, deadline: Deadline) -> tuple[Stream, httpcore.HTTP11Connection, bool]:
        is_new = not self._kept or self._kept[0].place != target.place or self._kept[2].has_expired()
        if is_new:
            self.close()
            stream = Stream(connected(target, deadline))
            origin = httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
            self._kept = target, stream, httpcore.HTTP11Connection(origin, stream)
        assert self._kept
        _target, stream, connection = self._kept
        stream.begin(deadline)
        return stream, connection, is_new


def beginning(response: httpcore.Response) -> bytes:
    """The first few kilobytes of the body, or what came of them."""
    kept = b""
    try:
        for chunk in response.iter_stream():
            kept += chunk
            if len(kept) > BEGINNING:
                break
    except Broken:
        pass
    return kept[:BEGINNING]


def whole(response: httpcore.Response) -> bytes:
    """The body, unpacked; raises Unanswered if it is too large, broken, or packed in a way that was not asked for."""
    packing = _headers(response).get("content-encoding", "identity").lower()
    if packing not in {"identity", "gzip", "x-gzip"}:
        raise Unanswered("the answer is packed in an unknown way")
    unpacker = None if packing == "identity" else zlib.decompressobj(wbits=31)
    kept = bytearray()
    for chunk in response.iter_stream():
        try:
            kept += unpacker.decompress(chunk, WHOLE + 1 - len(kept)) if unpacker else chunk
        except zlib.error:
            raise Unanswered("the answer cannot be unpacked") from None
        if len(kept) > WHOLE:
            raise Unanswered(TOO_LARGE)
    if unpacker and not unpacker.eof:
        raise Unanswered(CUT_SHORT)
    return bytes(kept)


def _headers(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _reason(stream: Stream) -> str:
    if not stream.has_ended:
        return "the answer is no HTTP"
    return CUT_SHORT if stream.has_heard else "hung up without an answer"
