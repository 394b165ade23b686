"""Pages of what is written by the machinery alone."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from claims.admin.record import RecordAdmin


class ReadOnlyAdmin(RecordAdmin):
    """Rows to be looked at: nobody adds, changes or deletes one by hand."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
