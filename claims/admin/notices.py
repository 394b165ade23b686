"""My notices: where, when and of which claims a person at the desk is told, chosen by that person alone."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.notice_form import NoticeForm
from claims.admin.record import person
from claims.admin.snoozes import offer
from claims.models import Preference, Rhythm, Snooze
from claims.notify import refusals
from claims.tasks import deliver_letters, nudge

# Of what was put off, the next to come.
MOST_SNOOZES = 100


class InShort(NamedTuple):
    """How somebody is told, in a sentence, and what stands in the way of it."""

    line: str
    problem: str


def notice_urls(site: AdminSite) -> list[URLPattern]:
    """The page, and the button on it that tries a refused address again."""
    return [
        path("notices/", site.admin_view(_view(site)), name="notices"),
        path("notices/try-again/", site.admin_view(try_again), name="notices_try_again"),
    ]


def in_short(person: User) -> InShort:
    """How the person is told."""
    preference = Preference.of(person)
    if preference.rhythm == Rhythm.NONE:
        return InShort(_("No e-mails are sent."), "")
    rhythm = {"rhythm": preference.get_rhythm_display(), "address": person.email}
    if not person.email:
        return InShort(_("E-mails: %(rhythm)s.") % rhythm, _("There is no address to write to."))
    line = _("E-mails: %(rhythm)s, to %(address)s.") % rhythm
    return InShort(line, _refusal(preference) if preference.bounced_at else "")


def try_again(request: HttpRequest) -> HttpResponse:
    """Forget that the address was refused, and write to it what was given up for that."""
    if request.method == "POST":
        count = refusals.try_again(Preference.of(person(request)), timezone.now())
        nudge(deliver_letters)
        said = ngettext("%s e-mail is sent to your address again.", "%s e-mails are sent to your address again.", count)
        messages.success(request, said % count if count else _("Your address is tried again with the next notice."))
    return HttpResponseRedirect(reverse("admin:notices"))


def _refusal(preference: Preference) -> str:
    return _("The address refuses our e-mails: %(reason)s") % {"reason": preference.bounced_because}


def _view(site: AdminSite) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        """The page of whoever asks for it: it has no address by which somebody else's could be named."""
        preference = Preference.of(person(request))
        form = NoticeForm(request.POST or None, instance=preference, site=site)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("admin:notices"))
        return _page(site, request, form)

    return view


def _page(site: AdminSite, request: HttpRequest, form: NoticeForm) -> HttpResponse:
    # As it is kept, whatever was just sent.
    preference = Preference.of(person(request))
    context = {
        **site.each_context(request),
        "title": _("My notices"),
        "form": form,
        "media": form.media,
        "in_short": in_short(person(request)),
        "is_refused": preference.bounced_at is not None,
        "follows_nothing": _follows_nothing(preference),
        "snoozes": _snoozes(request, timezone.localdate()),
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/notices.html", context)


def _follows_nothing(preference: Preference) -> bool:
    chosen = preference.is_for_owned or preference.is_for_all
    return not (chosen or preference.topics.exists() or preference.claimants.exists())


def _snoozes(request: HttpRequest, today: date) -> list[dict[str, Any]]:
    mine = Snooze.objects.holding(today).filter(person=request.user.pk).select_related("claim").order_by("until", "pk")
    return [
        {
            "claim": snooze.claim,
            "page": reverse("admin:claims_claim_change", args=[snooze.claim_id]),
            "offer": offer(snooze.claim, today, snooze.until),
        }
        for snooze in mine[:MOST_SNOOZES]
    ]
