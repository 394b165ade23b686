"""HTTP to addresses that strangers chose: the public web only, small answers, in bounded time.

A host's name is looked up once, everything it leads to must be public, and the connection goes to an address that was
checked: a name server that gives another answer the next time gains nothing. Proxies of the environment are not asked.
"""

from collections.abc import Collection, Mapping
from urllib.parse import urljoin

from claims.safe_http.lines import Answer, Line, beginning, whole
from claims.safe_http.sockets import Deadline, Unanswered, looked_up
from claims.safe_http.targets import Refused, Target

__all__ = ["SECONDS", "Answer", "Line", "Refused", "Unanswered", "check", "get", "post"]

# For everything, from the name to the end of the answer.
SECONDS = 10.0
REDIRECTS = 5
REDIRECTING = frozenset({301, 302, 303, 307, 308})


def check(url: str, *, allowed: Collection[str] = (), within: float = 3.0) -> None:
    """Raises Refused, with a sentence for people, if the address may not be reached.

    `allowed` are private places ("host:port") that may be reached nevertheless. A name that cannot be looked up passes:
    whoever connects checks again.
    """
    try:
        looked_up(Target.read(url, allowed), Deadline(within))
    except Unanswered:
        pass


def get(url: str, *, within: float = SECONDS, allowed: Collection[str] = ()) -> Answer:
    """What stands at the address, after at most five redirects, each checked like the first address.

    Raises Refused and Unanswered. The answer may be of any status; its body is whole and unpacked.
    """
    deadline = Deadline(within)
    for _hop in range(1 + REDIRECTS):
        with Line(allowed=allowed) as line:
            answer = line.ask("GET", url, {"Accept-Encoding": "gzip"}, b"", deadline=deadline, read=whole)
        where = answer.headers.get("location")
        if answer.status not in REDIRECTING or not where:
            return answer
        try:
            url = urljoin(url, where)
        except ValueError:
            raise Unanswered("it redirects to no address") from None
    raise Unanswered("it redirects too often")


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, within: float = SECONDS, allowed: Collection[str] = ()
) -> Answer:
    """The answer to one POST, with the beginning of its body; redirects are not followed.

    Raises Refused and Unanswered. Once there is a status, a body that breaks off or has no end is no failure: the
    receiver has decided. For one POST after another see `Line`.
    """
    with Line(allowed=allowed) as line:
        return line.ask("POST", url, headers, body, deadline=Deadline(within), read=beginning)
