"""What webhooks are sent, for the description of the API: its `webhooks`."""

from typing import Any

from drf_spectacular.utils import OpenApiWebhook, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers as s

from claims.api.serializers.answers import Claim, Event
from claims.lifecycle import EventKind

HEADERS = {
    "webhook-id": "The same however often the call is made: one that is known already is a double.",
    "webhook-timestamp": "When this call was made, in seconds since 1970. Refuse what is older than five minutes.",
    "webhook-signature": "Signatures with spaces between them; one that fits is enough. Each is `v1,` and, in base64, "
    "the HMAC-SHA256 of id, timestamp and body with full stops between them. The key is the secret after its `whsec_`, "
    "decoded from base64. Absent where the format is slack.",
}
ANSWERS = {"204": "It is taken; so it is with any status from 200 to 299.", "410": "Nothing is wanted here any more."}


@extend_schema_field({"type": "string", "enum": [f"claim.{kind}" for kind in EventKind.values]})
class ClaimType(s.CharField):
    """What befell the claim."""


@extend_schema_field({"type": "string", "const": "claimline.test"})
class TestType(s.CharField):
    """Nothing did."""


@extend_schema_serializer(component_name="ToldEvent")
class ToldEvent(Event):
    actor = s.CharField(help_text="A job's name, or newsroom.")
    claim = Claim()  # type: ignore[assignment]


@extend_schema_serializer(component_name="ClaimCall")
class ClaimCall(s.Serializer):
    type = ClaimType()
    timestamp = s.DateTimeField(help_text="When it befell the claim.")
    data = ToldEvent()  # type: ignore[assignment]


@extend_schema_serializer(component_name="TestText")
class TestText(s.Serializer):
    text = s.CharField()


@extend_schema_serializer(component_name="TestCall")
class TestCall(s.Serializer):
    type = TestType()
    timestamp = s.DateTimeField()
    data = TestText()  # type: ignore[assignment]


def _call(shape: type[s.Serializer], summary: str, description: str) -> OpenApiWebhook:
    answers = dict.fromkeys(map(int, ANSWERS))
    described = extend_schema(summary=summary, description=description, request=shape, responses=answers)
    return OpenApiWebhook(shape.__name__.removesuffix("Call").lower(), described)


CLAIM = _call(
    ClaimCall,
    "Something befell a claim",
    "The event as the public sees it, with the claim as it is when the call is made. What is not taken is sent again "
    "for a day.",
)
TEST = _call(TestCall, "A test", "Nothing befell any claim: an editor asked for a test.")


def with_headers(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The description, with what drf-spectacular leaves out of calls: their headers, and what an answer means."""
    for call in result["webhooks"].values():
        call["post"]["parameters"] = [
            {"in": "header", "name": name, "description": text, "required": name != "webhook-signature",
             "schema": {"type": "string"}}
            for name, text in HEADERS.items()
        ]  # fmt: skip
        for status, text in ANSWERS.items():
            call["post"]["responses"][status]["description"] = text
    return result
