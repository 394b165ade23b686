"""What a webhook's answer means for the call that was made, and for those that wait behind it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum

# Its server has enough to do, or is slow to read what it is sent.
BUSY = frozenset({408, 429, 503})
GONE = 410
# What a server may ask us to wait.
LEAST, MOST = timedelta(seconds=1), timedelta(hours=1)


class Reply(Enum):
    """What came of a call."""

    ARRIVED = "it was taken"
    UNWANTED = "this call was not taken: the others may be"
    AWAY = "the server is no use now, for any call"
    STOPPED = "nothing is wanted there any more"


def read_status(status: int) -> Reply:
    """Of a redirect nothing is known but that the call was not taken: it is not followed."""
    if 200 <= status < 300:
        return Reply.ARRIVED
    if status == GONE:
        return Reply.STOPPED
    return Reply.AWAY if status in BUSY or not 200 <= status < 500 else Reply.UNWANTED


def pause(status: int, headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks us to wait, within bounds; None where it does not say."""
    asked = headers.get("retry-after", "").strip()
    if status not in BUSY or not asked:
        return None
    if asked.isascii() and asked.isdigit():
        # An endless number would be too large for a duration.
        wait = timedelta(seconds=int(asked[:9]))
    else:
        try:
            until = parsedate_to_datetime(asked)
        except (ValueError, OverflowError):
            # The second for a year or an hour with too many digits.
            return None
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wait, LEAST), MOST)
