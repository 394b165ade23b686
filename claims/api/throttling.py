"""How often somebody may ask in a minute: a token or person by itself, everybody else by their address."""

import math
import time

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from claims.callers import address_of
from claims.models import ApiToken
from claims.tally import tally_at

WINDOW = 60


def check(request: Request) -> None:
    """Count the request for whoever sent it. Throttled, with the seconds to wait, where it is one too many."""
    if isinstance(request.auth, ApiToken):
        caller = f"token:{request.auth.pk}"
    elif request.user and request.user.is_authenticated:
        caller = f"person:{request.user.pk}"
    else:
        caller = _address(request)
    _count(request, caller)


def check_stranger(request: Request) -> None:
    """Count a request whose token opens nothing for its address, among those without one."""
    _count(request, _address(request))


def _address(request: Request) -> str:
    return f"address:{address_of(request._request)}"


def _count(request: Request, caller: str) -> None:
    is_read = request.method in SAFE_METHODS
    most: int = settings.API_RATE_READS if is_read else settings.API_RATE_WRITES
    if not most:
        return
    now = time.time()
    minute = int(now // WINDOW)
    if tally_at(settings.REDIS_URL).add(f"{'reads' if is_read else 'writes'}:{caller}", minute=minute) > most:
        raise Throttled(wait=max(1, math.ceil((minute + 1) * WINDOW - now)), detail="Too many requests.")
