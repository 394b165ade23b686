"""Claimants at the desk."""

from django.contrib import admin

from claims.admin.named import NamedAdmin
from claims.models import Claimant


@admin.register(Claimant)
class ClaimantAdmin(NamedAdmin):
    """Claimants."""

    list_display = ["name", "kind", "same_as"]
    fields = ["name", "slug", "kind", "same_as"]
