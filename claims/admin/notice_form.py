"""The form on which a person chooses their notices."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AdminEmailInputWidget
from django.contrib.auth.models import User
from django.db import transaction
from django.forms import ChoiceField, EmailField, ModelForm, RadioSelect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.suggestions import Keys, Suggestions
from claims.models import Claimant, Preference, Rhythm, Topic
from claims.notify import refusals
from claims.notify.letters import DIGESTS_FROM


class NoticeForm(ModelForm):
    """One's address and preferences."""

    email = EmailField(
        label=gettext_lazy("My e-mail address"),
        required=False,
        max_length=254,
        widget=AdminEmailInputWidget(attrs={"autocomplete": "email"}),
    )
    rhythm = ChoiceField(label=gettext_lazy("E-mail"), widget=RadioSelect)
    topics = Keys(label=gettext_lazy("Topics"), queryset=Topic.objects.all(), required=False)
    claimants = Keys(label=gettext_lazy("Claimants"), queryset=Claimant.objects.all(), required=False)

    class Meta:
        model = Preference
        fields = ["rhythm", "is_for_owned", "is_for_all", "topics", "claimants", "nag_days"]
        widgets = {"nag_days": RadioSelect}

    def __init__(self, *args: Any, site: AdminSite, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["email"] = self.instance.person.email
        fields: dict[str, Any] = self.fields
        fields["rhythm"].choices = _rhythms()
        for name in ("topics", "claimants"):
            widget = Suggestions(Preference._meta.get_field(name), site)
            widget.choices = fields[name].choices
            fields[name].widget = widget

    def save(self, commit: bool = True) -> Preference:  # noqa: FBT001, FBT002 - Django's signature
        """What was changed, and nothing else: whether the address is refused is noted while this form is open."""
        preference: Preference = super().save(commit=False)
        columns = {field.name for field in preference._meta.concrete_fields}
        with transaction.atomic():
            preference.save(update_fields=[name for name in self.changed_data if name in columns])
            self.save_m2m()
            if "email" in self.changed_data:
                preference.person.email = self.cleaned_data["email"]
                User.objects.filter(pk=preference.person_id).update(email=preference.person.email)
                refusals.try_again(preference, timezone.now())
        return preference


def _rhythms() -> list[tuple[str, str]]:
    """Each rhythm, with a sentence that says when it arrives."""
    then = {"time": DIGESTS_FROM.strftime("%H:%M"), "zone": settings.TIME_ZONE}
    return [
        (Rhythm.AT_ONCE, _("At once: within a minute after the sweep has flagged a claim.")),
        (Rhythm.DAILY, _("In a daily digest: at %(time)s (%(zone)s), with new verdicts too.") % then),
        (Rhythm.WEEKLY, _("In a weekly digest: on Mondays at %(time)s (%(zone)s), with new verdicts too.") % then),
        (Rhythm.NONE, _("Never: what is due still stands on the desk's start page.")),
    ]
