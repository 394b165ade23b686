"""The desk's own site."""

from functools import cache
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin import machinery
from claims.admin.notices import notice_urls
from claims.admin.start import start_page


class DeskAutocomplete(AutocompleteJsonView):
    """Suggestions while one types; an owner's name is known to everybody who may log a claim."""

    def has_perm(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may see the things suggested."""
        if self._is_of_owners():
            return bool(request.user.has_perm("claims.change_claim"))
        return bool(super().has_perm(request, obj))

    def get_queryset(self) -> QuerySet:
        """Owners are people who work here."""
        found = super().get_queryset()
        return found.filter(is_active=True, is_staff=True) if self._is_of_owners() else found

    def _is_of_owners(self) -> bool:
        return str(self.source_field) == "claims.Claim.owner"


class Desk(AdminSite):
    """The journalists' desk."""

    site_header = _("Claimline · the desk")
    site_title = _("The desk · Claimline")
    index_title = _("The desk")
    index_template = "admin/desk.html"
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # What is on the record is never removed by the handful.
        self.disable_action("delete_selected")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page knows; whoever works here also learns whether claims are flagged in time."""
        known: dict[str, Any] = super().each_context(request)
        return known | machinery.told(timezone.now()) if self.has_permission(request) else known

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The start page, with what is due above the list of everything."""
        return super().index(request, start_page(request) | (extra_context or {}))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """With everybody's own page of notices."""
        return [*notice_urls(self), *super().get_urls()]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Suggestions while one types."""
        return cast("HttpResponse", DeskAutocomplete.as_view(admin_site=self)(request))


@cache
def the_desk() -> Desk:
    """The one desk: the modules that register with it are imported while Django is still asking for it."""
    return Desk()
