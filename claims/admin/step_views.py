"""The pages on which a step of a claim's life is taken."""

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.admin import words
from claims.admin.record import in_words, person, place
from claims.admin.steps import STEPS, Reschedule, Step
from claims.lifecycle import IllegalTransition, Status
from claims.models import Claim, StaleClaim

if TYPE_CHECKING:
    from claims.admin.claims import ClaimAdmin


def step_urls(desk: "ClaimAdmin") -> list[URLPattern]:
    """An address for every step."""
    return [
        path(
            f"<int:claim_id>/{step.name}/",
            desk.admin_site.admin_view(partial(step_view, desk, step)),
            name=f"claims_claim_{step.name}",
        )
        for step in STEPS
    ]


def page_of(claim: Claim) -> str:
    """The claim's address at the desk."""
    return reverse("admin:claims_claim_change", args=[claim.pk])


def step_view(desk: "ClaimAdmin", step: type[Step], request: HttpRequest, claim_id: int) -> HttpResponse:
    """The step's form, and the step itself when it is sent."""
    if not request.user.has_perm(step.permission):
        raise PermissionDenied
    try:
        with transaction.atomic():
            claim = desk.get_object(request, str(claim_id))
            if claim is None:
                messages.warning(request, _("There is no such claim. Perhaps it was deleted?"))
                return HttpResponseRedirect(reverse("admin:claims_claim_changelist"))
            if not step.is_open_to(request, claim):
                raise IllegalTransition(step.event, Status(claim.status))
            form = step(request.POST or None, claim=claim, initial=_suggested(step))
            if request.method == "POST" and form.is_valid() and _take(form, request):
                messages.success(request, _done(claim))
                return HttpResponseRedirect(page_of(claim))
    except (IllegalTransition, StaleClaim) as error:
        messages.error(request, in_words(error))
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim_id]))
    return _page(desk, request, form)


def _take(form: Step, request: HttpRequest) -> bool:
    try:
        with transaction.atomic():
            form.take(by=person(request), at=timezone.now(), today=timezone.localdate())
    except ValidationError as error:
        place(form, error)
        return False
    return True


def _suggested(step: type[Step]) -> dict[str, object]:
    return {"said_on": timezone.localdate()} if step is Reschedule else {}


def _done(claim: Claim) -> str:
    said = _("Done. The claim is now: %(status)s.") % {"status": claim.get_status_display().lower()}
    if claim.revisit_on and claim.status == Status.OPEN:
        said += " " + _("It is to be revisited on %(day)s.") % {"day": words.day(claim.revisit_on)}
    return said


def _page(desk: "ClaimAdmin", request: HttpRequest, form: Step) -> HttpResponse:
    fields = AdminForm(cast("Any", form), [(None, {"fields": list(form.fields)})], {}, (), model_admin=desk)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "original": form.claim,
        "title": form.verb,
        "subtitle": form.claim.statement,
        "step": form,
        "standing": words.standing(form.claim),
        "dated": words.dated(form.claim.projected),
        "window": words.window(form.claim.projected),
        "adminform": fields,
        "errors": form.errors,
        "media": desk.media + fields.media,
    }
    request.current_app = desk.admin_site.name
    return TemplateResponse(request, "admin/claims/claim/step.html", context)
