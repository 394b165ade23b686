"""The ledger at the desk: to be read, and nothing else."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from claims.admin import ledger
from claims.admin.read_only import ReadOnlyAdmin
from claims.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
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
