"""Counts of requests, kept in files that all processes of the web server share (`settings.METRICS_DIR`)."""

import structlog
from prometheus_client import Counter, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

logger = structlog.stdlib.get_logger(__name__)

REQUESTS = Counter("claimline_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("claimline_http_request_seconds", "Time to an answer.", ["route"], buckets=BUCKETS)


def known(method: str) -> str:
    """The method, or that it is none of ours: a client may invent as many as it likes."""
    return method if method in METHODS else "other"


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answer. A disk that is full spoils the counts and nothing else."""
    try:
        REQUESTS.labels(known(method), route, f"{status // 100}xx").inc()
        SECONDS.labels(route).observe(seconds)
    except (OSError, ValueError):
        logger.warning("a request could not be counted", exc_info=True)
