"""Forms of records without a version: each field remembers what it showed, so that nobody's change is undone unseen."""

from typing import Any

from django.forms import BoundField, ModelForm
from django.utils.translation import gettext as _


def remembering(made: type[ModelForm]) -> type[ModelForm]:
    """The form whose fields of the model remember; what somebody else changed in the meantime is an error there.

    A field counts as changed against what it showed, not against what is in the database by now: what was left alone
    on an old form is not written.
    """

    class Remembering(made):  # type: ignore[valid-type, misc]
        def clean(self) -> dict[str, Any] | None:
            cleaned: dict[str, Any] | None = super().clean()
            for name in self.changed_data:
                if self.fields[name].show_hidden_initial and _is_overtaken(self[name]):
                    self.add_error(name, _("Somebody else has changed this in the meantime: open the form again."))
            return cleaned

    for name in set(Remembering.base_fields) - set(made.declared_fields):
        Remembering.base_fields[name].show_hidden_initial = True
    return Remembering


def _is_overtaken(field: BoundField) -> bool:
    shown = field.field.hidden_widget().value_from_datadict(field.form.data, field.form.files, field.html_initial_name)
    if isinstance(shown, str):
        shown = shown.replace("\r\n", "\n")
    return shown is not None and field.field.has_changed(field.initial, shown)
