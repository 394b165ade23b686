"""The log-in's guard: who gives too many wrong passwords for a name has to wait."""

import logging
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_credentials
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class GuardedBackend(ModelBackend):
    """Names and passwords; a right one that was tried beside too many wrong ones is refused too.

    Whether there were too many is asked before a password is looked at, which takes a while: of many that are tried at
    once each would see none before it. So it is asked again.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **given: Any
    ) -> User | None:
        """The person, or None. PermissionDenied while log-ins are refused."""
        person = super().authenticate(request, username, password, **given)
        if person is None or request is None or not settings.AXES_ENABLED:
            return person
        if not AxesProxyHandler.is_allowed(request, get_credentials(username, password=password)):
            request.axes_locked_out = True  # type: ignore[attr-defined]
            raise PermissionDenied
        return person


def locked_out(request: HttpRequest, _original: HttpResponse | None, _credentials: Any) -> HttpResponse:
    """The page that says how long, and what to do; 429."""
    logger.warning("too many wrong passwords for one name from one address: log-ins wait")
    told = {**admin.site.each_context(request), "title": _("Log in again later"), "pause": settings.LOGIN_PAUSE_MINUTES}
    response = render(request, "admin/locked_out.html", told, status=429)
    response["Retry-After"] = str(settings.LOGIN_PAUSE_MINUTES * 60)
    return response
