"""Who asks: a program with a token (`Authorization: Token …`), or a person with a session."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from claims.api import throttling
from claims.models import ApiToken

SCHEME = "Token"
# `last_used_at` is for people: one write a minute is as exact as they need, and reading stays reading.
NOTED_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """The person in whose name the token was made; the token itself is `request.auth`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None where no token is sent; AuthenticationFailed where one is, and it opens nothing.

        Those are counted, and a 429 when there are too many, but never locked out: 256 random bits are not guessed, and
        one program with an old token must not shut out all others behind the same address.
        """
        scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").strip().partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        now = timezone.now()
        token = ApiToken.objects.matching(secret.strip()).usable(now).select_related("user").first()
        if token is None:
            throttling.check_stranger(request)
            raise AuthenticationFailed("This token is unknown, revoked or expired.")
        if token.last_used_at is None or token.last_used_at <= now - NOTED_EVERY:
            is_old = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_EVERY)
            ApiToken.objects.filter(is_old, pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return SCHEME
