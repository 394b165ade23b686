"""Leaving e-mails with one click and without logging in, as RFC 8058 has mail programs do it."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.models import Preference, Rhythm
from claims.notify.unsubscribe import person_of

# The address is a secret: it is neither kept nor handed on nor found.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
AGAIN = {
    Rhythm.AT_ONCE: _("Send them again, at once"),
    Rhythm.DAILY: _("Send the daily digest again"),
    Rhythm.WEEKLY: _("Send the weekly digest again"),
}


# Mail programs post here without cookies; the token in the address is what another site cannot know.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A question when it is opened, which scanners of links do too; the end of e-mails when it is sent.

    What is sent is not read: whoever posts here wants one thing.
    """
    preference = _preference(token)
    if preference is None:
        return _page(request, "unknown", status=404)
    before = Rhythm(preference.rhythm)
    if request.method == "POST":
        preference.choose(Rhythm.NONE)
    return _state(request, preference, token, before=before)


# As above: the way back from a page that was reached without logging in.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def resubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The rhythm from before, unless another one was chosen since."""
    preference = _preference(token)
    if preference is None:
        return _page(request, "unknown", status=404)
    if request.method != "POST":
        return redirect("web:unsubscribe", token)
    before = request.POST.get("before")
    if preference.rhythm == Rhythm.NONE and before in AGAIN:
        preference.choose(Rhythm(before))
    return _state(request, preference, token, is_back=True)


def _preference(token: str) -> Preference | None:
    pk = person_of(token)
    person = None if pk is None else User.objects.filter(pk=pk).first()
    return Preference.of(person) if person else None


def _state(
    request: HttpRequest,
    preference: Preference,
    token: str,
    *,
    before: Rhythm = Rhythm.NONE,
    is_back: bool = False,
) -> HttpResponse:
    if preference.rhythm != Rhythm.NONE:
        rhythm = preference.get_rhythm_display()
        return _page(request, "back" if is_back else "asked", token=token, rhythm=rhythm)
    before = before if before in AGAIN else Rhythm.AT_ONCE
    return _page(request, "stopped", token=token, before=before, again=AGAIN[before])


def _page(request: HttpRequest, state: str, *, status: int = 200, **context: Any) -> HttpResponse:
    text = render_to_string("claims/unsubscribe.html", context | {"state": state}, request)
    return HttpResponse(text, status=status, headers=PRIVATE)
