"""API tokens at the desk: made and revoked; the secret is shown once, its fingerprint never."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.record import RecordAdmin, person
from claims.models import ApiToken


@admin.register(ApiToken)
class ApiTokenAdmin(RecordAdmin):
    """API tokens: editors make and revoke their own, the role admin everybody's."""

    list_display = ["__str__", "scope", "user", "created_at", "last_used_at", "expires_at", "revoked_at"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username"]
    ordering = ["-id"]
    actions = ["revoke"]

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Whoever sees them: nobody sees more than they may revoke."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever sees them."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: a token that should be another one is revoked, and made anew."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: revoked ones stay in the list."""
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """What is asked of a new one; of an old one everything but its fingerprint."""
        if obj is None:
            return ["name", "scope", "expires_at", *(["user"] if sees_all(request) else [])]
        return ["name", "scope", "user", "created_at", "expires_at", "last_used_at", "revoked_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        """One's own, or all."""
        tokens = super().get_queryset(request)
        return tokens if sees_all(request) else tokens.filter(user=request.user.pk)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """One's own, unless said otherwise."""
        return {"user": request.user.pk}

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **options: Any) -> Any:
        """Only people who may log in have tokens."""
        if db_field.name == "user":
            options["queryset"] = User.objects.filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """The secret is shown here, and never again."""
        owner = obj.user if sees_all(request) else person(request)
        token, secret = ApiToken.issue(owner, scope=obj.scope, now=timezone.now(), name=obj.name)
        if obj.expires_at:
            ApiToken.objects.filter(pk=token.pk).update(expires_at=obj.expires_at)
        obj.pk, obj.user, obj.created_at = token.pk, owner, token.created_at
        messages.warning(request, _("Copy the token now, it is never shown again: %s") % secret)

    @admin.action(description=gettext_lazy("Revoke the selected tokens"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        """At once, and for good."""
        revoked = tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        messages.success(request, _("Tokens revoked: %s.") % revoked)


def sees_all(request: HttpRequest) -> bool:
    """Whether this person looks after other people's tokens."""
    return request.user.has_perm("auth.change_user")
