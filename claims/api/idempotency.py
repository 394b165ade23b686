"""Idempotency-Key: a POST that is sent again, as nobody knows whether it arrived, is answered again and done once.

As in the IETF's draft (draft-ietf-httpapi-idempotency-key-header) a key that comes with another request is a 422. As
with Stripe a request that was refused before it did anything keeps nothing; here none that is refused does anything.
"""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.etags import etag_of
from claims.api.problems import Conflict
from claims.models import KeptAnswer

HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
META_NAME = "HTTP_IDEMPOTENCY_KEY"
LONGEST = 255
KEY = r"[!-~]([ -~]*[!-~])?"
# What is shown in one answer and in no other is not kept either.
SHOWN_ONCE = frozenset({"secret"})
ATTEMPTS = 3


class KeyReused(APIException):
    """422: the key stands for another request."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = f"This {HEADER} was sent with another request. Take a new key for a new request."


class AtWork(Conflict):
    """409: the first request with the key has not ended yet."""

    default_detail = f"A request with this {HEADER} is being worked on. Send it again in a moment."
    wait = 1


class Taken(Exception):
    """Somebody was quicker with the same key."""


def is_asked(request: Request) -> bool:
    """Whether the request is one that is to be done once."""
    return request.method == "POST" and META_NAME in request.META


def once(
    request: Request, person: User, work: Callable[[], Response], *, prepare: Callable[[], None] | None = None
) -> HttpResponse:
    """The answer of `work`, or the one that the same request was given before; they differ in the header REPLAYED.

    The key is written first and in the same transaction as the work: another request with it waits in the database
    until this one stands or is undone. `prepare` is run before, with nothing under lock. Raises ValidationError for a
    key that is none, KeyReused, and AtWork where the first request cannot be waited for.
    """
    row = KeptAnswer(person=person, key=_key(request), fingerprint=_fingerprint(request), created_at=timezone.now())
    if prepare is not None:
        if (again := _given_before(row)) is not None:
            return again
        prepare()
    for _ in range(ATTEMPTS):
        try:
            return _first(row, request, work)
        except Taken:
            if (again := _given_before(row)) is not None:
                return again
    raise AtWork


def _key(request: Request) -> str:
    key = request.META[META_NAME].strip(" ")
    if len(key) > LONGEST or not re.fullmatch(KEY, key):
        problem = f"Write 1 to {LONGEST} printable characters of ASCII, such as a UUID."
        raise ValidationError({HEADER: [ErrorDetail(problem, code="invalid")]})
    return str(key)


def _fingerprint(request: Request) -> str:
    first_line = f"{request.method} {request.get_full_path()}\n"
    return hashlib.sha256(first_line.encode(errors="replace") + request._request.body).hexdigest()


def _first(row: KeptAnswer, request: Request, work: Callable[[], Response]) -> Response:
    with transaction.atomic():
        try:
            row.save(force_insert=True)
        except IntegrityError:
            raise Taken from None
        response = work()
        body = JSONRenderer().render(_repeatable(response.data), getattr(request, "accepted_media_type", None))
        version = getattr(response, "version", None)
        row.status, row.body = response.status_code, body.decode()
        row.location = response.get("Location", "")
        row.etag = "" if version is None else etag_of(body, version)
        row.save(update_fields=["status", "body", "location", "etag"])
    return response


def _repeatable(data: Any) -> Any:
    return {name: value for name, value in data.items() if name not in SHOWN_ONCE} if isinstance(data, dict) else data


def _given_before(row: KeptAnswer) -> HttpResponse | None:
    kept = KeptAnswer.objects.filter(person=row.person, key=row.key).first()
    if kept is None:
        return None
    if KeptAnswer.objects.expired(row.created_at).filter(pk=kept.pk).delete()[0]:
        return None
    if kept.fingerprint != row.fingerprint:
        raise KeyReused
    headers = {"Location": kept.location, "ETag": kept.etag, REPLAYED: "true"}
    sent = {name: value for name, value in headers.items() if value}
    return HttpResponse(kept.body, status=kept.status, content_type=JSONRenderer.media_type, headers=sent)
