"""What every request gets beside its answer: a name, a line in the log, and its place in the metrics."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from project import metrics

HEADER = "X-Request-ID"
# What a proxy in front may name a request: nothing that could end a line or say something else in a log.
NAME = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z_.:-]{0,99}", re.ASCII)
PROBES = frozenset({"healthz", "readyz", "metrics"})
STATIC, UNKNOWN = "static", "unknown"

logger = structlog.stdlib.get_logger(__name__)


class RequestLog:
    """Middleware, to be the outermost: what the other ones answer counts too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = _named(request.headers.get(HEADER, ""))
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=name):
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            route = route_of(request)
            metrics.observe(request.method or "", route, response.status_code, seconds)
            _tell(request, response, route, seconds)
        response.headers[HEADER] = name
        return response


def _named(given: str) -> str:
    return given if NAME.fullmatch(given) else uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """The pattern that matched: there are as many as we wrote, whatever is asked for."""
    if request.resolver_match is not None:
        return str(request.resolver_match.route) or "/"
    # Answered before any pattern was looked at.
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else UNKNOWN


def _tell(request: HttpRequest, response: HttpResponse, route: str, seconds: float) -> None:
    status = response.status_code
    if status >= 500:
        tell = logger.warning
    elif route == STATIC or route in PROBES:
        # Asked every few seconds, for ever.
        tell = logger.debug
    else:
        tell = logger.info
    tell("request", method=metrics.known(request.method or ""), route=route, status=status, ms=round(seconds * 1000))
