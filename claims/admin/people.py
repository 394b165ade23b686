"""People and their roles at the desk; for the role admin only."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import ChoiceField, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.notices import in_short
from claims.admin.record import RecordAdmin
from claims.models import Preference
from claims.models.roles import ROLES
from claims.notify import refusals
from claims.plain_text import OddText, plain

ROLE = gettext_lazy("Role")
NAMES = {
    "reporter": gettext_lazy("Reporter: logs, edits, postpones, drafts reviews"),
    "editor": gettext_lazy("Editor: and publishes, withdraws, reopens"),
    "admin": gettext_lazy("Admin: and looks after people"),
}
CHOICES = [(role, NAMES[role]) for role in ROLES]


class NewPersonForm(AdminUserCreationForm):
    """A person who can log in, with a role."""

    role = ChoiceField(label=ROLE, choices=CHOICES)


class PersonForm(UserChangeForm):
    """A person's name, address and role."""

    role = ChoiceField(label=ROLE, choices=CHOICES)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["role"] = role_of(self.instance)

    def clean(self) -> dict[str, Any] | None:
        """Names in plain text."""
        cleaned: dict[str, Any] | None = super().clean()
        for name in ("first_name", "last_name", "username"):
            try:
                plain(str(self.cleaned_data.get(name, "")))
            except OddText as error:
                self.add_error(name, ValidationError(str(error)))
        return cleaned


admin.site.unregister([User, Group])


@admin.register(User)
class PersonAdmin(RecordAdmin, UserAdmin):
    """People. Nobody is removed: who did what stays on the record, so those who leave are made inactive."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ["username", "email", "shown_role", "is_active", "last_login"]
    list_filter = []
    search_fields = ["username", "first_name", "last_name"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined", "notices"]
    fieldsets = [
        (None, {"fields": ["username", "password", "role", "is_active"]}),
        (
            gettext_lazy("About"),
            {"fields": ["first_name", "last_name", "email", "notices", "last_login", "date_joined"]},
        ),
    ]
    add_fieldsets = [(None, {"fields": ["username", "email", "role", "usable_password", "password1", "password2"]})]

    @admin.display(description=ROLE)
    def shown_role(self, person: User) -> str:
        """The role's name."""
        return role_of(person) or "—"

    @admin.display(description=gettext_lazy("Notices"))
    def notices(self, person: User) -> str:
        """How they are told; they choose it themselves."""
        told = in_short(person)
        return f"{told.line} {told.problem}".strip()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the roles."""
        return super().get_queryset(request).prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody locks themselves out."""
        own = ["is_active"] if obj is not None and obj.pk == request.user.pk else []
        return [*self.readonly_fields, *own]

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The role, which is a group; whoever has the role admin may do everything."""
        super().save_related(request, form, formsets, change)
        person, role = form.instance, form.cleaned_data["role"]
        preference = Preference.of(person)
        if "email" in form.changed_data:
            refusals.try_again(preference, timezone.now())
        if change and person.pk == request.user.pk and role != role_of(person):
            self.message_user(request, _("Somebody else has to change your own role."), level="warning")
            return
        person.groups.set(Group.objects.filter(name=role))
        person.is_staff, person.is_superuser = True, role == "admin"
        person.save(update_fields=["is_staff", "is_superuser"])


@admin.register(Group)
class RoleAdmin(RecordAdmin, GroupAdmin):  # type: ignore[misc]
    """Roles, to be looked at: what they may do is written in the program, and set anew at every start."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def role_of(person: User) -> str:
    """The highest role that a person has; empty where there is none."""
    if not person.pk:
        return ""
    held = {group.name for group in person.groups.all()}
    return next((role for role in reversed(ROLES) if role in held), "")
