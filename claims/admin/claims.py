"""Claims at the desk: logging, editing, finding."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import logbook, revisit
from claims.admin import words
from claims.admin.citations import FIRST_ROWS, CitationInline
from claims.admin.claim_filters import DueFilter, SourceFilter, StatusFilter, TopicFilter, VerdictFilter
from claims.admin.claim_form import ClaimForm
from claims.admin.claim_page import about, read_aloud
from claims.admin.figures import FigureInline
from claims.admin.record import REFUSALS, RecordAdmin, in_words, person
from claims.admin.snoozes import snooze_urls
from claims.admin.step_views import step_urls
from claims.lifecycle import Status
from claims.models import Claim
from claims.models.claim_set import ClaimSet
from claims.plain_text import OddText, plain
from claims.search import matching


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    """Claims."""

    form = ClaimForm
    inlines = [CitationInline, FigureInline]
    autocomplete_fields = ["claimant", "topics", "owner"]
    list_display = ["statement", "standing", "projected_for", "to_revisit", "claimant", "owner"]
    list_select_related = ["claimant", "owner", "current_review"]
    search_fields = ["statement"]
    search_help_text = gettext_lazy("Words in the statement, the claimant's name, a topic or a quote.")
    ordering = ["-id"]
    list_filter = [StatusFilter, DueFilter, TopicFilter, SourceFilter, VerdictFilter]
    actions = ["publish_drafts"]
    show_facets = admin.ShowFacets.NEVER
    has_version = True
    fieldsets = [
        (None, {"fields": ["seen_version", "statement", "claimant", "made_on", "projected_phrase", "revisit_on"]}),
        (gettext_lazy("Filing"), {"fields": ["criteria", "topics", ("kind", "language"), "owner"]}),
    ]

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def standing(self, claim: Claim) -> str:
        """Mark and word."""
        return words.standing(claim)

    @admin.display(description=gettext_lazy("projected for"), ordering="ends_on")
    def projected_for(self, claim: Claim) -> str:
        """The date in words."""
        return words.dated(claim.projected)

    @admin.display(description=gettext_lazy("revisit on"), ordering="revisit_on", empty_value="—")
    def to_revisit(self, claim: Claim) -> str | None:
        """The day as people write it."""
        return words.day(claim.revisit_on) if claim.revisit_on else None

    @admin.display(description=gettext_lazy("read as"))
    def reading(self, claim: Claim) -> SafeString:
        """How the projected date was understood, and how far it has slipped."""
        return words.projection(claim)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """As the timeline finds them."""
        try:
            return matching(cast("ClaimSet", queryset), plain(search_term)), False
        except OddText:
            return queryset.none(), False

    def get_urls(self) -> list[URLPattern]:
        """With the steps of a claim's life, and the reading of a phrase while it is typed."""
        read = path("read/", self.admin_site.admin_view(self.read_view), name="claims_claim_read")
        return [read, *step_urls(self), *snooze_urls(self), *super().get_urls()]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """How a phrase is read, in words, for the form's script."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return JsonResponse(read_aloud(request.GET))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Said today and mine, unless told otherwise."""
        return {"made_on": timezone.localdate(), "owner": request.user.pk} | super().get_changeform_initial_data(
            request
        )

    def get_formset_kwargs(self, request: HttpRequest, obj: Claim, inline: Any, prefix: str) -> dict[str, Any]:
        """A new claim has an origin and a relay to fill in."""
        options: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, CitationInline) and obj.pk is None:
            options["initial"] = FIRST_ROWS
        return options

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        """With how the date was read, once it was."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        (title, first), *rest = fieldsets
        return [(title, first | {"fields": [*first["fields"], "reading"]}), *rest]

    def get_readonly_fields(self, request: HttpRequest, obj: Claim | None = None) -> list[str]:
        """The date of a claim past editing is shown, not asked; what was typed before a sweep stays on the form."""
        is_past = obj is not None and obj.status in {Status.DUE, Status.RESOLVED, Status.WITHDRAWN}
        if is_past and "projected_phrase" not in request.POST:
            return ["reading", "projected_phrase", "revisit_on", "language"]
        return ["reading"]

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **options: Any) -> Any:
        """Claims are owned by people who work here."""
        if db_field.name == "owner":
            options["queryset"] = User.objects.filter(is_active=True, is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def has_delete_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """Of drafts only: what was published stays on the record."""
        return (obj is None or obj.status == Status.DRAFT) and super().has_delete_permission(request, obj)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """A draft goes with all its parts, its own history among them."""
        return [str(claim) for claim in objs], {str(self.opts.verbose_name_plural): len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Claim) -> None:
        """Drafts are discarded."""
        logbook.discard(obj)

    def delete_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The question, and what stands against it as a message."""
        try:
            return super().delete_view(request, *args, **options)
        except REFUSALS as error:
            messages.error(request, in_words(error))
            return HttpResponseRedirect(reverse("admin:claims_claim_changelist"))

    def get_view_on_site_url(self, obj: Claim | None = None) -> str | None:
        """Its page, once it has one."""
        return obj.get_absolute_url() if obj is not None and obj.published_at else None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Editors."""
        return request.user.has_perm("claims.publish_claim")

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The form; only editors may put a claim on the record with it."""
        if "_publish" in request.POST and not self.has_publish_permission(request):
            raise PermissionDenied
        return super().changeform_view(request, *args, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """A new claim as a whole; an old one is written when its parts are."""
        if change:
            _held, form.before = logbook.begin(obj, version=form.cleaned_data["seen_version"])
        else:
            logbook.log(obj, by=person(request), at=timezone.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The topics and rows; then the one event of an edit, and the one of publishing."""
        super().save_related(request, form, formsets, change)
        claim, at = form.instance, timezone.now()
        if change:
            logbook.finish(claim, form.before, by=person(request), at=at)
        if form.is_publishing:
            revisit.publish(claim, by=person(request), at=at)
            messages.success(request, _("The claim is published."))
        if form.reading:
            messages.info(request, form.reading)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """With what can be done with the claim, its reviews and its history."""
        claim = context["original"]
        context["may_publish"] = self.has_publish_permission(request) and (
            claim is None or claim.status == Status.DRAFT
        )
        if claim is not None:
            context |= about(claim, request)
        return super().render_change_form(request, context, *args, **options)

    @admin.action(description=gettext_lazy("Publish the selected drafts"), permissions=["publish"])
    def publish_drafts(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        """Those that can be are published; of each other one it is said why not."""
        published = 0
        for claim in claims:
            try:
                with transaction.atomic():
                    revisit.publish(claim, by=person(request), at=timezone.now())
                published += 1
            except REFUSALS as error:
                messages.error(request, f"{claim}: {in_words(error)}")
        if published:
            messages.success(request, _("Claims published: %s.") % published)
