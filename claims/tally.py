"""Counts that all processes share, so that a limit holds however many of them there are.

They stand in Redis: what is read must not write to the database, and a count that is lost harms nobody. While Redis is
away each process counts for itself, so that a limit is at most as many times as high as there are processes.
"""

import logging
import re
import threading
import time
from collections import Counter
from functools import cache, cached_property

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

# Seconds: for an answer of Redis, and until one that did not answer is asked again.
PATIENCE, ASIDE = 0.25, 10
# Seconds that a minute's count is kept.
KEPT = 120
# Names that a process counts by itself.
MOST_NAMES = 50_000
logger = logging.getLogger(__name__)


class Tally:
    """Counts by name, which begin anew each minute."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._aside_until = 0.0
        self._lock = threading.Lock()
        self._minute = 0
        self._here: Counter[str] = Counter()

    def add(self, name: str, *, minute: int) -> int:
        """One more; how many there are now in this minute."""
        now = time.monotonic()
        if now < self._aside_until:
            return self._add_here(name, minute)
        if self._aside_until:
            # One of us tries whether it is back; the others do not wait with it.
            self._aside_until = now + ASIDE
        try:
            count = self._add_for_all(f"claimline:tally:{minute}:{name}")
        except (RedisError, OSError, ValueError) as error:
            self._aside_until = time.monotonic() + ASIDE
            logger.warning("counting without Redis for a while: %s", type(error).__name__)
            return self._add_here(name, minute)
        self._aside_until = 0.0
        return count

    @cached_property
    def _redis(self) -> Redis:
        return Redis.from_url(
            as_redis_writes_it(self._url),
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )

    def _add_for_all(self, key: str) -> int:
        count = int(self._redis.incr(key))
        if count == 1:
            # A process that dies before this leaves a few bytes; a pipeline would cost each request twice as much.
            self._redis.expire(key, KEPT)
        return count

    def _add_here(self, name: str, minute: int) -> int:
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._here.clear()
            if len(self._here) < MOST_NAMES or name in self._here:
                self._here[name] += 1
            return self._here[name]


@cache
def tally_at(url: str) -> Tally:
    """This process's way to the counts in the Redis at an address."""
    return Tally(url)


def as_redis_writes_it(url: str) -> str:
    """Celery's address of a broker in the words of the library below it, which can do without second attempts."""
    url = url.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")
    return re.sub(r"(?<=ssl_cert_reqs=)CERT_(\w+)", lambda found: found[1].lower(), url)
