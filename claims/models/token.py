"""API tokens: shown once, kept as a fingerprint."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import constraints
from claims.models.fields import PlainCharField


class Scope(models.TextChoices):
    """What a token may do with its owner's rights."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class TokenSet(models.QuerySet["ApiToken"]):
    """Tokens."""

    def usable(self, now: datetime) -> "TokenSet":
        """Those neither revoked nor expired, of people who may still log in."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True, user__is_active=True
        )

    def matching(self, secret: str) -> "TokenSet":
        """The token with this secret, if there is one."""
        return self.filter(digest=fingerprint(secret))


class ApiToken(models.Model):
    """A program's key to the API, in the name of a person."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = PlainCharField(_("name"), max_length=80, blank=True, default="", help_text=_("What uses it."))
    scope = models.CharField(_("scope"), max_length=5, choices=Scope.choices, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), editable=False)
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)

    objects = TokenSet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name, verbose_name_plural = _("API token"), _("API tokens")
        constraints = [constraints.one_of("scope", Scope, table="token")]

    def __str__(self) -> str:
        return self.name or f"{self.user} · {self.created_at:%Y-%m-%d}"

    @classmethod
    def issue(
        cls, user: "models.Model", *, scope: str, now: datetime, name: str = "", days: int | None = None
    ) -> tuple["ApiToken", str]:
        """A new token and its secret (256 random bits), which is never to be had again."""
        secret = f"cl_{secrets.token_urlsafe(32)}"
        expires_at = now + timedelta(days=days) if days is not None else None
        token = cls.objects.create(
            user=user, name=name, scope=scope, digest=fingerprint(secret), created_at=now, expires_at=expires_at
        )
        return token, secret


def fingerprint(secret: str) -> str:
    """SHA-256 in hexadecimal; the secret is random, so that nothing slower is needed."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
