"""Putting a due claim off, for oneself alone: until a day, and waking it before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ChoiceField, DateField, Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import words
from claims.admin.record import in_words, person
from claims.admin.step_views import page_of
from claims.lifecycle import Status
from claims.models import Claim, Snooze

if TYPE_CHECKING:
    from claims.admin.claims import ClaimAdmin

DAYS = {"7": gettext_lazy("in 7 days"), "30": gettext_lazy("in 30 days")}
# Pages on which a claim is put off, by what their forms call them; from all others one is led to the claim.
BACK = {"start": "admin:index", "notices": "admin:notices"}


class SnoozeForm(Form):
    """A number of days, or the day itself."""

    days = ChoiceField(choices=list(DAYS.items()), required=False)
    until = DateField(label=gettext_lazy("Until"), required=False)

    def day(self, today: date) -> date:
        """The day that was chosen; ValidationError where none was."""
        if self.is_valid():
            given = self.cleaned_data
            until: date | None = today + timedelta(days=int(given["days"])) if given["days"] else given["until"]
            if until:
                return until
        raise ValidationError(_("Choose the day on which you want to be reminded."))


class Offer(NamedTuple):
    """What a page needs to offer it."""

    address: str
    wake: str
    days: dict[str, Any]
    tomorrow: date
    until: date | None


def snooze_urls(desk: "ClaimAdmin") -> list[URLPattern]:
    """An address for putting off, and one for waking."""
    return [
        path(f"<int:claim_id>/{name}/", desk.admin_site.admin_view(_view(desk, do)), name=f"claims_claim_{name}")
        for name, do in (("snooze", _snooze), ("wake", _wake))
    ]


def snooze_of(claim: Claim, request: HttpRequest) -> Offer | None:
    """What is offered on the page of a claim: nothing while it is not due."""
    if claim.status != Status.DUE:
        return None
    today = timezone.localdate()
    return offer(claim, today, held(request, today).get(claim.pk))


def offer(claim: Claim, today: date, until: date | None) -> Offer:
    """Putting off, or the day to which it was."""
    address, wake = (reverse(f"admin:claims_claim_{name}", args=[claim.pk]) for name in ("snooze", "wake"))
    return Offer(address, wake, DAYS, today + timedelta(days=1), until)


def held(request: HttpRequest, today: date) -> dict[int, date]:
    """The claims that this person has put off, and until when."""
    mine = Snooze.objects.holding(today).filter(person=request.user.pk)
    return dict(mine.order_by("until").values_list("claim_id", "until"))


def _view(desk: "ClaimAdmin", do: Callable[[HttpRequest, Claim], None]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, claim_id: int) -> HttpResponse:
        if not request.user.has_perm("claims.view_claim"):
            raise PermissionDenied
        claim = desk.get_object(request, str(claim_id))
        if claim is None:
            messages.warning(request, _("There is no such claim. Perhaps it was deleted?"))
            return HttpResponseRedirect(reverse("admin:claims_claim_changelist"))
        if request.method == "POST":
            do(request, claim)
        back = BACK.get(request.POST.get("back", ""))
        return HttpResponseRedirect(reverse(back) if back else page_of(claim))

    return view


def _snooze(request: HttpRequest, claim: Claim) -> None:
    today = timezone.localdate()
    try:
        until = SnoozeForm(request.POST).day(today)
        Snooze.put_off(claim, person(request), until=until, today=today, now=timezone.now())
    except ValidationError as error:
        messages.error(request, in_words(error))
        return
    said = _("Put off: you are reminded of “%(claim)s” again on %(day)s.")
    messages.success(request, said % {"claim": claim, "day": words.day(until)})


def _wake(request: HttpRequest, claim: Claim) -> None:
    Snooze.objects.filter(person=request.user.pk, claim=claim).delete()
    messages.success(request, _("“%(claim)s” is not put off any more.") % {"claim": claim})
