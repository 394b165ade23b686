"""What every noun at the desk has in common: it lets nothing odd in, and fails in words."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from claims.admin.overtaken import remembering
from claims.admin.suggestions import Suggesting, is_key
from claims.lifecycle import IllegalTransition
from claims.models import StaleClaim
from claims.plain_text import OddText, plain

REFUSALS = (ValidationError, StaleClaim, IllegalTransition, IntegrityError)


class RecordAdmin(Suggesting, ModelAdmin):
    """A noun at the desk."""

    list_per_page = 50
    show_full_result_count = False
    has_version = False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only the filters that are shown; the address bar is no query language."""
        return lookup in {getattr(shown, "parameter_name", "") for shown in self.list_filter}

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Nothing for text that no database would take."""
        try:
            return super().get_search_results(request, queryset, plain(search_term))
        except OddText:
            return queryset.none(), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; whoever chooses what can be no row is told so."""
        if not all(is_key(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            messages.error(request, _("What was chosen is not in this list; nothing was done."))
            return HttpResponseRedirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address suggests for the empty form, where it can be that."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._is_usable(name, value)}

    def _is_usable(self, name: str, value: Any) -> bool:
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return False
        keys = value if isinstance(value, list) else [value]
        return not field.is_relation or all(is_key(key) for key in keys)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Under lock while it is written, so that what was checked is what is changed."""
        found = super().get_object(request, object_id, from_field)
        if found is None or not is_writing(request):
            return found
        return self.get_queryset(request).select_for_update(of=("self",)).filter(pk=found.pk).first()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:  # noqa: FBT001, FBT002
        """A form that undoes nobody's change: by the version that it was made from, or field by field."""
        made = super().get_form(request, obj, change=change, **options)
        return remembering(made) if change and not self.has_version else made

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """A new row as a whole; of an old one only what was changed here, so that nobody else's change is undone."""
        if not change:
            obj.save(force_insert=True)
            return
        columns = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=[name for name in form.changed_data if name in columns])

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; what only the database noticed (two people at once) comes back as a message."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as error:
            if request.method != "POST":
                raise
            messages.error(request, in_words(error))
            return HttpResponseRedirect(request.get_full_path())


def is_writing(request: HttpRequest) -> bool:
    """Whether rows may be locked for this request: it writes, in a transaction."""
    return request.method == "POST" and transaction.get_connection().in_atomic_block


def person(request: HttpRequest) -> User:
    """Who sits at the desk: nobody gets here without logging in."""
    assert isinstance(request.user, User)
    return request.user


def in_words(error: Exception) -> str:
    """What a refusal says to the person whose change was refused."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, IntegrityError):
        return _(
            "This contradicts what somebody else has saved in the meantime; nothing was written. Please try again."
        )
    return str(error)


def place(form: Any, error: ValidationError) -> None:
    """Put each problem on its field of the form, and what belongs to none of them on top."""
    for name, problems in error.update_error_dict({}).items():
        form.add_error(name if name in form.fields else None, problems)
