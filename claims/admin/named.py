"""Nouns with a name and a short name for web addresses: claimants, sources, topics."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.admin.record import RecordAdmin


class NamedForm(ModelForm):
    """A form that makes the short name out of the name where none is given."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """The short name as given, or the name in ASCII letters."""
        given = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:80].strip("-")
        if not given:
            raise ValidationError(_("Write a short name in plain letters, digits and hyphens: the-information."))
        return str(given)


class NamedAdmin(RecordAdmin):
    """A noun with a name."""

    form = NamedForm
    prepopulated_fields = {"slug": ("name",)}
    search_fields = ["name", "slug"]
    ordering = ["name", "id"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Any]:
        """Of new rows only: an address that is in use stays."""
        return {} if obj else super().get_prepopulated_fields(request, obj)
