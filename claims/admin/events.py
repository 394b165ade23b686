"""The ledger at the desk: to be read, and nothing else."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from claims.admin import ledger
from claims.admin.record import RecordAdmin
from claims.models import Event


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """Events."""

    list_display = ["at", "who", "what", "claim"]
    list_select_related = ["claim", "actor"]
    ordering = ["-id"]
    search_fields = ["claim__statement", "claim__public_id"]
    fields = ["at", "claim", "who", "what", "changes", "key"]

    @admin.display(description=gettext_lazy("who"))
    def who(self, event: Event) -> str:
        return event.doer

    @admin.display(description=gettext_lazy("what"))
    def what(self, event: Event) -> str:
        return ledger.entries([event])[0].what

    @admin.display(description=gettext_lazy("changes"))
    def changes(self, event: Event) -> SafeString:
        entry = ledger.entries([event])[0]
        rows = format_html_join("", "<li>{}: {} → {}</li>", ((c.what, c.old, c.new) for c in entry.changes))
        return format_html("<p>{}</p><ul>{}</ul>", entry.reason, rows)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).select_related("claim", "actor")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
