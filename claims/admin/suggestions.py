"""Fields that suggest while one types, and that stand any value they are sent."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, ManyToManyField
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest


class StandsAnything(AutocompleteMixin):
    """Shows again what was chosen; what can be no key at all is left out (Django's own widget fails on it)."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [key for key in value if is_key(str(key))], attr)


class Suggestion(StandsAnything, AutocompleteSelect):
    """One of many."""


class Suggestions(StandsAnything, AutocompleteSelectMultiple):
    """Some of many."""

    class Media:
        js = ["claims/js/desk-suggestions.js"]

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Each choice has a cross of its own; one for all of them would stand in their list without being of it."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class Keys(ModelMultipleChoiceField):
    """Some of many; a number beyond what a database counts to is no valid choice either."""

    def clean(self, value: Any) -> Any:
        """The rows; ValidationError for what can be no key."""
        for key in value or []:
            if not is_key(str(key)):
                raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": key})
        return super().clean(value)


class Suggesting(BaseModelAdmin):
    """An admin whose `autocomplete_fields` stand any value."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options = {"widget": Suggestion(db_field, self.admin_site)} | options
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options = {"widget": Suggestions(db_field, self.admin_site), "form_class": Keys} | options
        return super().formfield_for_manytomany(db_field, request, **options)


def is_key(text: str) -> bool:
    """Whether it can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) < 19
