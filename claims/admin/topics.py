"""Topics at the desk."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from claims.admin.named import NamedAdmin
from claims.models import Topic


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    """Topics."""

    list_display = ["name", "slug"]
    fields = ["name", "slug"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Of unused ones only: a claim's topics do not change without an event."""
        is_used = isinstance(obj, Topic) and obj.claims.exists()
        return not is_used and super().has_delete_permission(request, obj)
