"""E-mails at the desk: to whom, how far they have come, and why not; what they say is in none of these pages."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from claims.admin.parcels import ParcelAdmin
from claims.models import Letter, Notice, Preference
from claims.models.parcel import ParcelSet

MOST_NOTICES = 50


@admin.register(Letter)
class LetterAdmin(ParcelAdmin):
    """E-mails."""

    list_display = ["created_at", "person", "standing", "notice_count", "attempts", "next_attempt", "error"]
    list_select_related = ["person"]
    search_fields = ["person__username", "person__email"]
    fields = [
        "person",
        "address",
        "standing",
        "error",
        "about",
        "is_digest",
        "created_at",
        "attempts",
        "next_attempt",
        "expires_at",
        "delivered_at",
        "parked_at",
        "key",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        """With how much each of them tells."""
        letters: QuerySet[Letter] = super().get_queryset(request)
        inside = Notice.objects.filter(letter=OuterRef("pk")).order_by().values("letter")
        told = Subquery(inside.annotate(count=Count("pk")).values("count"))
        return letters.select_related("person").annotate(told=Coalesce(told, 0))

    @admin.display(description=gettext_lazy("notices"))
    def notice_count(self, letter: Any) -> int:
        """How many claims it tells of."""
        return int(letter.told)

    @admin.display(description=gettext_lazy("address"))
    def address(self, letter: Letter) -> str:
        """Where it goes, as the person's address is now."""
        return letter.person.email or "—"

    @admin.display(description=gettext_lazy("tells of"))
    def about(self, letter: Letter) -> SafeString | str:
        """The claims, and why they are told."""
        notices = Notice.objects.filter(letter=letter).select_related("claim").order_by("id")[:MOST_NOTICES]
        lines = [(notice.get_occasion_display(), notice.claim) for notice in notices]
        return format_html_join("", "<div>{}: {}</div>", lines) or "—"

    def put_back(self, parked: ParcelSet) -> int:
        """And the address is tried again where it was for its refusal that the e-mail was given up."""
        refused = Preference.objects.filter(bounced_at__isnull=False).filter(
            person__letters__in=parked.values("pk"), bounced_because=F("person__letters__error")
        )
        with transaction.atomic():
            people = list(refused.values_list("pk", flat=True))
            count = super().put_back(parked)
            for preference in Preference.objects.filter(pk__in=people):
                preference.forget_bounce()
        return count
