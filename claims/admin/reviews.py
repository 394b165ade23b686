"""Reviews at the desk: drafted by reporters, put on the record by editors."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import revisit
from claims.admin import words
from claims.admin.evidence import EvidenceInline
from claims.admin.record import REFUSALS, RecordAdmin, in_words, is_writing, person
from claims.admin.review_form import ReviewForm
from claims.admin.step_views import page_of
from claims.admin.suggestions import is_key
from claims.chain import Chain
from claims.lifecycle import EventKind, IllegalTransition, Status, legal_from
from claims.models import Claim, Review, StaleClaim


class StateFilter(SimpleListFilter):
    """Drafts, or what is on the record."""

    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("draft", gettext_lazy("Drafts")), ("published", gettext_lazy("Published"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Either of the two; anything else asks nothing."""
        state = {"draft": True, "published": False}.get(self.value() or "")
        return queryset if state is None else queryset.filter(published_at__isnull=state)


@admin.register(Review)
class ReviewAdmin(RecordAdmin):
    """Reviews; a published one can only be read."""

    form = ReviewForm
    inlines = [EvidenceInline]
    list_display = ["claim", "verdict_shown", "author", "created_at", "published_at"]
    list_select_related = ["claim", "author"]
    list_filter = [StateFilter]
    search_fields = ["claim__statement", "summary"]
    ordering = ["-id"]
    fields = ["verdict", "summary", "outcome_known_on", "early_outcome"]
    actions = ["publish_drafts"]
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=gettext_lazy("verdict"), ordering="verdict")
    def verdict_shown(self, review: Review) -> str:
        """The verdict with its mark."""
        return words.verdict(review)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return super().get_queryset(request).select_related("claim", "author")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Review | None:
        """Its claim is locked first, so that no draft is changed behind its publication."""
        if is_writing(request) and is_key(object_id):
            Claim.objects.select_for_update(of=("self",)).filter(reviews=int(object_id)).first()
        review: Review | None = super().get_object(request, object_id, from_field)
        return review

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Editors."""
        return request.user.has_perm("claims.publish_claim")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Of drafts only."""
        is_published = isinstance(obj, Review) and obj.published_at is not None
        return not is_published and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: a wrong one is superseded."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form of a claim's review; a new one names its claim in the address."""
        if "_publish" in request.POST and not self.has_publish_permission(request):
            raise PermissionDenied
        if object_id is None and not request.GET.get("claim"):
            messages.info(request, _("Choose the claim to review: these are due."))
            return HttpResponseRedirect(reverse("admin:claims_claim_changelist") + "?due=now")
        if object_id is None and request.method != "POST":
            claim = _claim_in(request)
            if EventKind.REVIEWED not in legal_from(Status(claim.status)):
                messages.error(request, str(IllegalTransition(EventKind.REVIEWED, Status(claim.status))))
                return HttpResponseRedirect(page_of(claim))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Review | None = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002
        """A form whose review knows its claim before anything is checked."""
        made = super().get_form(request, obj, change, **options)
        if obj is not None:
            return made
        claim = _claim_in(request)

        class FormOfClaim(made):  # type: ignore[valid-type, misc]
            def __init__(self, *args: Any, **given: Any) -> None:
                given["instance"] = Review(claim=claim)
                super().__init__(*args, **given)

        return FormOfClaim

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """With the claim's record on the same screen."""
        claim = context["adminform"].form.instance.claim
        citations = claim.citations.select_related("article__source").defer("article__text")
        earlier = claim.reviews.select_related("author").prefetch_related("evidence__article__source")
        context |= {
            "claim": claim,
            "standing": words.standing(claim),
            "dated": words.dated(claim.projected),
            "window": words.window(claim.projected),
            "chain": Chain(citations).links,
            "earlier": [(review, words.verdict(review)) for review in earlier if review != context["original"]],
            "may_publish": self.has_publish_permission(request),
        }
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Of a draft what was changed, and only while it is one; a new one is saved with its evidence."""
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if change and changed and not Review.objects.filter(pk=obj.pk, published_at=None).update(**changed):
            raise StaleClaim

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The evidence, and the verdict on the record where an editor says so."""
        review, at = form.instance, timezone.now()
        if change:
            super().save_related(request, form, formsets, change)
        else:
            evidence = [item for formset in formsets for item in formset.save(commit=False)]
            names = ("verdict", "summary", "outcome_known_on", "early_outcome")
            given = {name: getattr(review, name) for name in names}
            drafted = revisit.draft_review(review.claim, evidence=evidence, author=person(request), at=at, **given)
            review.__dict__.update(drafted.__dict__)
        if form.is_publishing:
            claim = Claim.objects.get(pk=review.claim_id)
            revisit.publish_review(review, by=person(request), at=at, today=timezone.localdate(), claim=claim)
            messages.success(request, _("The verdict is on the record: %s.") % review.get_verdict_display())

    def response_add(self, request: HttpRequest, obj: Review, post_url_continue: str | None = None) -> HttpResponse:
        """Back to the claim."""
        super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(page_of(obj.claim))

    def response_change(self, request: HttpRequest, obj: Review) -> HttpResponse:
        """Back to the claim."""
        super().response_change(request, obj)
        return HttpResponseRedirect(page_of(obj.claim))

    @admin.action(description=gettext_lazy("Publish the selected verdicts"), permissions=["publish"])
    def publish_drafts(self, request: HttpRequest, reviews: QuerySet[Review]) -> None:
        """Those that can be are published; of each other one it is said why not."""
        published = 0
        for review in reviews.filter(published_at=None).select_related("claim"):
            try:
                with transaction.atomic():
                    revisit.publish_review(review, by=person(request), at=timezone.now(), today=timezone.localdate())
                published += 1
            except REFUSALS as error:
                messages.error(request, f"{review.claim}: {in_words(error)}")
        messages.success(request, _("Verdicts published: %s.") % published)


def _claim_in(request: HttpRequest) -> Claim:
    """The claim that the address names; under lock when something is sent."""
    key = request.GET.get("claim", "")
    claims = Claim.objects.all()
    if request.method == "POST":
        claims = claims.select_for_update(of=("self",))
    claim = claims.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
    if claim is None:
        raise Http404
    return claim
