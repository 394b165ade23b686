"""Claims at the desk: logging, editing, finding."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import logbook, revisit
from claims.admin import words
from claims.admin.citations import FIRST_ROWS, CitationInline
from claims.admin.claim_form import ClaimForm
from claims.admin.figures import FigureInline
from claims.admin.record import RecordAdmin
from claims.lifecycle import Status
from claims.models import Claim
from claims.search import matching


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    """Claims."""

    form = ClaimForm
    inlines = [CitationInline, FigureInline]
    autocomplete_fields = ["claimant", "topics", "owner"]
    list_display = ["statement", "standing", "projected_for", "revisit_on", "claimant", "owner"]
    list_select_related = ["claimant", "owner", "current_review"]
    search_fields = ["statement"]
    search_help_text = gettext_lazy("Words in the statement, the claimant's name, a topic or a quote.")
    ordering = ["-id"]
    readonly_fields = ["reading"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "seen_version",
                    "statement",
                    "claimant",
                    "made_on",
                    "projected_phrase",
                    "reading",
                    "revisit_on",
                ]
            },
        ),
        (gettext_lazy("Filing"), {"fields": ["criteria", "topics", ("kind", "language"), "owner"]}),
    ]

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def standing(self, claim: Claim) -> str:
        return words.standing(claim)

    @admin.display(description=gettext_lazy("projected for"), ordering="ends_on")
    def projected_for(self, claim: Claim) -> str:
        return words.dated(claim.projected)

    @admin.display(description=gettext_lazy("read as"))
    def reading(self, claim: Claim) -> str:
        return words.window(claim.projected)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return matching(queryset, search_term), False

    def get_urls(self) -> list[URLPattern]:
        return [
            path("read/", self.admin_site.admin_view(self.read_view), name="claims_claim_read"),
            *super().get_urls(),
        ]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse({})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"made_on": timezone.localdate(), "owner": request.user.pk} | super().get_changeform_initial_data(
            request
        )

    def get_formset_kwargs(self, request: HttpRequest, obj: Claim, inline: Any, prefix: str) -> dict[str, Any]:
        options: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, CitationInline) and obj.pk is None:
            options["initial"] = FIRST_ROWS
        return options

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Claim | None:
        claim: Claim | None = super().get_object(request, object_id, from_field)
        if claim is None or request.method != "POST":
            return claim
        return self.get_queryset(request).select_for_update(of=("self",)).filter(pk=claim.pk).first()

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.publish_claim")

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if "_publish" in request.POST and not self.has_publish_permission(request):
            raise PermissionDenied
        return super().changeform_view(request, *args, **options)

    def save_model(self, request: HttpRequest, obj: Claim, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        if change:
            _held, form.before = logbook.begin(obj, version=form.cleaned_data["seen_version"])
        else:
            logbook.log(obj, by=request.user, at=timezone.now())

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        claim, at = form.instance, timezone.now()
        if change:
            logbook.finish(claim, form.before, by=request.user, at=at)
        if form.is_publishing:
            revisit.publish(claim, by=request.user, at=at)
        if form.reading:
            messages.info(request, form.reading)
