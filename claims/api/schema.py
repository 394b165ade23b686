"""The OpenAPI description: what all views share is said here, once."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter

from claims.api import idempotency
from claims.api.listing import DEFAULT_SIZE, MOST
from claims.api.orderings import ORDERINGS
from claims.api.permissions import ANYONE, NEEDED
from claims.api.problems import MEDIA_TYPE
from claims.api.serializers import answers
from claims.api.serializers.fields import SLUG, Body
from claims.api.serializers.records import CitedArticleBody
from claims.lifecycle import Status, Verdict
from claims.models import ClaimKind
from claims.models.parcel import State

Words = dict[str, Any]
DAY: Words = {"type": "string", "format": "date"}
TEXT: Words = {"type": "string", "minLength": 1, "maxLength": 200}
NAME: Words = {"type": "string", "pattern": SLUG}


def _many(item: Words) -> Words:
    return {"type": "array", "items": item, "maxItems": 50}


def _words(choices: list[str]) -> Words:
    return _many({"type": "string", "enum": choices})


# Every query parameter of the API: its shape, and what it asks.
PARAMETERS: dict[str, tuple[Words, str]] = {
    "q": (TEXT, "Words that stand in the claim."),
    "status": (_words(Status.values), "Without it the withdrawn are left out."),
    "verdict": (_words(Verdict.values), "The verdict that stands."),
    "kind": (_words(ClaimKind.values), "The sort of statement."),
    "topic": (_many(NAME), "Filed under one of these."),
    "claimant": (_many(NAME), "Made by one of these."),
    "source": (_many(NAME), "Carried by one of these."),
    "from": (DAY, "The window ends on this day or later."),
    "to": (DAY, "The window begins on this day or earlier."),
    "projected_after": (DAY, "The window ends on this day or later."),
    "projected_before": (DAY, "The window begins on this day or earlier."),
    "made_after": (DAY, "Made on this day or later."),
    "made_before": (DAY, "Made on this day or earlier."),
    "revisit_before": (DAY, "To be revisited on this day or earlier."),
    "updated_after": ({"type": "string", "format": "date-time"}, "Changed after this moment."),
    "metric": (_many(TEXT), "With a figure for one of these."),
    "owner": (_many(TEXT), "Revisited by one of these people. For the newsroom only."),
    "ordering": ({"type": "string", "enum": list(ORDERINGS), "default": "projected_to"}, "What comes first."),
    "page_size": ({"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_SIZE}, "Rows on a page."),
    "cursor": ({"type": "string", "minLength": 1}, "From `next` or `previous`; never made by hand."),
    "state": ({"type": "string", "enum": State.values}, "How far they have come."),
    "after": ({"type": "integer", "minimum": 0, "maximum": 10**18 - 1, "default": 0}, "The last event's id."),
    "phrase": (TEXT, "As printed: by June 2027, akhir 2026."),
    "made_on": (DAY, "The day from which it counts; today where it is left out."),
    "language": ({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z]{2})?$", "default": "en"}, "en or id."),
}
NEEDED_PARAMETERS = frozenset({"phrase"})

ERRORS: dict[int, str] = {
    400: "A value that cannot be read or accepted, each named.",
    401: "A token or a session is needed, or the token is no good.",
    403: "This person, or this token, may not.",
    404: "There is nothing here, or nothing that this person may see.",
    405: "Not this method.",
    406: "Not in this media type.",
    409: "Not possible as things stand; `legal` are the steps that are. With Retry-After: the first request with this "
    "Idempotency-Key is being worked on.",
    412: "Changed by someone else since it was read.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "This Idempotency-Key was sent with another body, or to another address.",
    428: "If-Match is needed.",
    429: "Too many requests; Retry-After says when to ask again.",
}
ETAG: Words = {"schema": {"type": "string"}, "description": "The version of this answer."}
LOCATION: Words = {"schema": {"type": "string", "format": "uri"}, "description": "Its address."}
RETRY_AFTER: Words = {"schema": {"type": "integer"}, "description": "Seconds."}
REPLAYED: Words = {
    "schema": {"type": "string", "enum": ["true"]},
    "description": "This is the answer to an earlier request with the same Idempotency-Key; nothing was done again.",
}
KEY: Words = {
    "type": "string", "minLength": 1, "maxLength": idempotency.LONGEST, "pattern": f"^{idempotency.KEY}$"
}  # fmt: skip
KEY_DESCRIPTION = (
    "A name that you give to this request, such as a UUID, so that sending it again is harmless: for 24 hours the same "
    "request under the same key is answered as it was the first time, with `Idempotent-Replayed: true`, and not done "
    "again. Keys are each person's own; method, address and body must be the same to the byte, otherwise it is a 422. "
    "A request that was refused or failed has done nothing and keeps nothing: correct it and send it under the same "
    "key. Of two that come at once one waits for the other, or is a 409 with Retry-After."
)


class DescribedSchema(AutoSchema):
    """A view's operations, with their query, headers, errors and security from the tables that the views obey."""

    @property
    def needed(self) -> str | None:
        """The right that the operation needs."""
        return NEEDED.get(type(self.view).__name__, {}).get(self.method)

    def get_override_parameters(self) -> list[Any]:
        """The query of a GET, and the headers that make a request conditional."""
        if self.method == "GET":
            query = [_in_query(name) for name in getattr(self.view, "parameters", ())]
            return [*query, _header("If-None-Match", "An ETag: 304 where the answer is still the same.")]
        if self.method in {"PUT", "PATCH", "DELETE"}:
            return [_header("If-Match", "The ETag that is changed.", is_required=True)]
        once = OpenApiParameter(idempotency.HEADER, KEY, OpenApiParameter.HEADER, description=KEY_DESCRIPTION)
        unchanged = [_header("If-Match", "An ETag: 412 where it is no longer so.")] if self._is_on_a_claim() else []
        return [once, *unchanged]

    def get_summary(self) -> str:
        """The first sentence of the description, beside the path on the page."""
        return str(self.get_description()).partition(".")[0].partition(";")[0]

    def get_auth(self) -> list[Words]:
        """A token or a session; neither where everybody may read."""
        needed = [way for way in super().get_auth() if way]
        return [*needed, {}] if self.needed == ANYONE else needed

    def get_operation(self, *args: Any, **kwargs: Any) -> Words | None:
        """The operation with its errors and headers."""
        operation: Words | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        responses = operation["responses"]
        if self.method == "GET":
            responses["304"] = {"description": "Still the same.", "headers": {"ETag": ETAG}}
        for code, response in responses.items():
            is_shown = code == "200" and (self.method != "POST" or self._is_on_a_claim())
            if is_shown or (code == "201" and self._answers_a_claim()):
                response.setdefault("headers", {})["ETag"] = ETAG
            if code in {"201", "202"} and not self._is_on_a_claim():
                response.setdefault("headers", {})["Location"] = LOCATION
            if self.method == "POST":
                response.setdefault("headers", {})[idempotency.REPLAYED] = REPLAYED
        for status in self._errors():
            responses[str(status)] = self._problem(status)
        operation["responses"] = dict(sorted(responses.items()))
        return operation

    def _errors(self) -> list[int]:
        wrong = {400, 401, 403, 405, 406, 429}
        if "{" in self.path:
            wrong.add(404)
        if self.method != "GET":
            wrong |= {409, 412} if self.method != "POST" or self._is_on_a_claim() else {409}
        if self.method in {"POST", "PUT", "PATCH"}:
            wrong |= {413, 415}
        if self.method in {"PUT", "PATCH", "DELETE"}:
            wrong.add(428)
        if self.method == "POST":
            wrong.add(422)
        return sorted(wrong)

    def _problem(self, status: int) -> Words:
        media_types = [MEDIA_TYPE]
        described: Words = self._get_response_for_code(answers.Problem, str(status), media_types)  # type: ignore[no-untyped-call]
        described["description"] = f"{HTTPStatus(status).phrase}. {ERRORS[status]}"
        if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.CONFLICT and self.method == "POST"):
            described["headers"] = {"Retry-After": RETRY_AFTER}
        return described

    def _is_on_a_claim(self) -> bool:
        return "claims/{public_id}/" in self.path

    def _answers_a_claim(self) -> bool:
        return self.path.endswith("claims/")

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Words:
        described: Words = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, Body) or (isinstance(serializer, type) and issubclass(serializer, Body)):
            described["additionalProperties"] = False
        return described


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a token is sent."""

    target_class = "claims.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Words:
        """Authorization: Token …"""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and the token itself.",
        }


class ArticleReferenceShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """An id, or an article."""

    target_class = "claims.api.serializers.records.ArticleReference"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> Words:
        """Either, and null where it may be left out."""
        article = auto_schema.resolve_serializer(CitedArticleBody, direction).ref
        nothing = [{"type": "null"}] if self.target.allow_null else []
        return {"oneOf": [{"type": "integer", "minimum": 1}, article, *nothing]}


def _in_query(name: str) -> OpenApiParameter:
    shape, description = PARAMETERS[name]
    return OpenApiParameter(name, shape, description=description, required=name in NEEDED_PARAMETERS)


def _header(name: str, description: str, *, is_required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description, required=is_required)
