"""Sources at the desk."""

from django.contrib import admin

from claims.admin.named import NamedAdmin
from claims.models import Source


@admin.register(Source)
class SourceAdmin(NamedAdmin):
    """Sources."""

    list_display = ["name", "homepage", "language"]
    fields = ["name", "slug", "homepage", "language"]
