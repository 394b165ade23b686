"""Errors as programs read them: application/problem+json (RFC 9457), with one entry for each field that is wrong."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as InvalidModel
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.fields import get_error_detail

from claims.api.cors import let_read
from claims.filters import UnreadableQuery
from claims.lifecycle import IllegalTransition
from claims.models import StaleClaim

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


class Conflict(APIException):
    """409: the request is well written, but not possible as things stand; `legal` are the events that are."""

    status_code = HTTPStatus.CONFLICT
    default_detail = "This cannot be done as things stand. Load the present state and decide again."
    legal: list[str] | None = None


class PreconditionFailed(APIException):
    """412: what the client saw is no longer so."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = "This has been changed by someone else in the meantime. Load it again and repeat your change."


class PreconditionRequired(APIException):
    """428: a change that does not say which version it changes."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = "Say which version you are changing: send the ETag that you were given, as If-Match."


class TooLarge(APIException):
    """413: a body that is not read to its end."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = "This body is too large."


class Busy(APIException):
    """503: the database has no time now."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = "The database is busy. Try again in a moment."
    wait = 2


def problem_response(error: Exception, _context: dict[str, Any]) -> JsonResponse | None:
    """The answer to an error in a view; None for what no client can cause, which then is a 500 in the log."""
    known = _known(error)
    if known is None:
        return None
    headers = {}
    if header := getattr(known, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(known, "wait", None):
        headers["Retry-After"] = str(int(wait))
    legal = getattr(known, "legal", None)
    return problem(known.status_code, known.detail, headers=headers, **({} if legal is None else {"legal": legal}))


def problem(status: int, detail: Any, *, headers: dict[str, str] | None = None, **more: Any) -> JsonResponse:
    """An answer with this status; `detail` is a sentence, or what a serializer found wrong."""
    errors = [] if isinstance(detail, str) else flat(detail)
    if errors:
        places = [error["field"] for error in errors if error["field"]]
        detail = f"These cannot be accepted: {', '.join(places)}." if places else errors[0]["message"]
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": str(detail)}
    return JsonResponse(body | more | {"errors": errors}, status=status, headers=headers, content_type=MEDIA_TYPE)


def flat(detail: Any, place: str = "") -> list[dict[str, str]]:
    """Nested errors as one entry for each field, with its place written as `citations[0].via`."""
    if isinstance(detail, dict):
        return [entry for name, below in detail.items() for entry in flat(below, _below(place, name))]
    messages = detail if isinstance(detail, list) else [detail]
    if any(isinstance(message, dict | list) for message in messages):
        return [entry for number, below in enumerate(messages) for entry in flat(below, _below(place, number))]
    if not messages:
        return []
    code = str(getattr(messages[0], "code", "") or "invalid")
    return [{"field": place, "message": " ".join(map(str, messages)), "code": code}]


def _below(place: str, name: str | int) -> str:
    if isinstance(name, int):
        return f"{place}[{name}]"
    if name in {NON_FIELD_ERRORS, "non_field_errors"}:
        return place
    shown = name[:200].encode("ascii", "backslashreplace").decode()
    return f"{place}.{shown}" if place else shown


@contextmanager
def within(place: str) -> Iterator[None]:
    """What a model refuses in the block is refused at this place of the body (`citations[0]`; empty for the top)."""
    try:
        yield
    except InvalidModel as error:
        detail = get_error_detail(error)
        raise ValidationError({place: detail} if place else detail) from None


@csrf_exempt
def nothing_here(request: HttpRequest, **_: str) -> JsonResponse:
    """404 for every address that the API does not have."""
    answer = problem(HTTPStatus.NOT_FOUND, "There is nothing at this address; each ends with a slash.")
    let_read(request, answer)
    return answer


def _illegal(error: IllegalTransition) -> APIException:
    conflict = Conflict(str(error))
    conflict.legal = [event.value for event in error.legal]
    return conflict


def _unreadable(error: UnreadableQuery) -> APIException:
    return ValidationError({name: [ErrorDetail(text) for text in texts] for name, texts in error.errors.items()})


# The narrower kind before the wider. An IntegrityError passed every check: somebody else was quicker.
KNOWN: list[tuple[type[Exception], Callable[[Any], APIException]]] = [
    (APIException, lambda error: error),
    (Http404, lambda _: exceptions.NotFound()),
    # Found a moment ago: a draft that somebody else has thrown away since.
    (ObjectDoesNotExist, lambda _: exceptions.NotFound()),
    (PermissionDenied, lambda _: exceptions.PermissionDenied()),
    (InvalidModel, lambda error: ValidationError(get_error_detail(error))),
    (UnreadableQuery, _unreadable),
    (IllegalTransition, _illegal),
    (StaleClaim, lambda error: Conflict(str(error))),
    (RequestDataTooBig, lambda _: TooLarge()),
    (SuspiciousOperation, lambda _: exceptions.ParseError()),
    (IntegrityError, lambda _: Conflict()),
    (DataError, lambda _: exceptions.ParseError("A value cannot be stored.")),
    (OperationalError, lambda _: Busy()),
]


def _known(error: Exception) -> APIException | None:
    if isinstance(error, DatabaseError):
        log.warning("The database refused: %s", error)
    return next((translate(error) for kind, translate in KNOWN if isinstance(error, kind)), None)
