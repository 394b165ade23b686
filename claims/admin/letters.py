"""E-mails at the desk: to whom, how far they have come, and why not; what they say is in none of these pages."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.parcels import ParcelAdmin
from claims.models import Letter, Notice
from claims.models.parcel import ParcelSet
from claims.notify import refusals
from claims.tasks import deliver_letters, nudge

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

    @admin.action(description=gettext_lazy("Send again what was given up"), permissions=["send"])
    def send_again(self, request: HttpRequest, parcels: ParcelSet) -> None:
        """Those that were given up; what waits is sent anyway, and what arrived is not sent twice."""
        count = refusals.send_again(parcels, timezone.now())
        if not count:
            self.message_user(request, _("None of these was given up."), messages.WARNING)
            return
        nudge(deliver_letters)
        self.message_user(request, ngettext("%s is sent again now.", "%s are sent again now.", count) % count)
