"""What e-mails and webhook calls have in common at the desk: how far they have come, and sending them again."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from claims.admin.read_only import ReadOnlyAdmin
from claims.admin.words import MARK
from claims.models.parcel import Parcel, State

MARKS = {State.PENDING: "◔", State.DELIVERED: "●", State.PARKED: "✕"}
# How far back one can leaf; who looks for an older one asks for its receiver.
MOST_ROWS = 10_000


class Newest(Paginator):
    """Pages of the newest rows: counting all of them would cost more than it says."""

    @cached_property
    def count(self) -> int:
        """How many there are, as far as one can leaf."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_ROWS].count())


def standing(parcel: Parcel) -> SafeString:
    """How far it has come, as mark and word."""
    state = parcel.state
    return format_html(MARK, state, MARKS[state], state.label)


class StateFilter(SimpleListFilter):
    """By how far they have come."""

    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        if asked is None:
            return queryset
        if asked not in State.values:
            raise IncorrectLookupParameters
        return queryset.in_state(State(asked))


class ParcelAdmin(ReadOnlyAdmin):
    """Parcels: to be looked at and to be sent again; nothing else is done to them by hand."""

    ordering = ["-id"]
    list_filter = [StateFilter]
    paginator = Newest
    actions = ["send_again"]
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=gettext_lazy("state"))
    def standing(self, parcel: Parcel) -> SafeString:
        """Mark and word."""
        return standing(parcel)

    @admin.display(description=gettext_lazy("next attempt at"))
    def next_attempt(self, parcel: Parcel) -> datetime | str:
        """When it is tried next; of what is settled, never."""
        return parcel.next_attempt_at if parcel.state == State.PENDING else "—"

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Editors."""
        return request.user.has_perm(f"claims.change_{self.opts.model_name}")
