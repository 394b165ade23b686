"""Webhooks and their deliveries: the bodies that write them, and the shapes of what is answered."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers as s

from claims.api.serializers.answers import choice, listed
from claims.api.serializers.fields import Body, Choice, Flag, Text
from claims.lifecycle import EventKind
from claims.models import WebhookFormat
from claims.models.parcel import State

KINDS: dict[str, Any] = {
    "type": "array",
    "items": {"$ref": "#/components/schemas/EventKind"},
    "maxItems": len(EventKind),
    "uniqueItems": True,
}


EXAMPLE = OpenApiExample(
    "verdicts on compute",
    {
        "url": "https://hooks.example.org/claimline",
        "name": "The newsroom's bot",
        "kinds": ["flagged", "reviewed"],
        "filter": "topic=compute&source=wsj",
        "format": "standard",
    },
    request_only=True,
)


@extend_schema_field({**KINDS, "default": []})
class Kinds(s.ListField):
    """Kinds of events."""

    child = Choice(choices=EventKind.choices)


@extend_schema_serializer(component_name="WebhookBody", examples=[EXAMPLE])
class WebhookBody(Body):
    """A program that is to be told of events."""

    url = Text(
        max_length=2000,
        help_text="Where events are posted to: https, or http, on the public internet.",
    )
    name = Text(max_length=80, allow_blank=True, default="", help_text="Who listens there.")
    kinds = Kinds(default=list, max_length=len(EventKind), help_text="Kinds of events that are told; none: all.")
    filter = Text(
        max_length=500,
        allow_blank=True,
        default="",
        help_text="A query string: topic=compute&source=wsj. It knows q, kind, topic, claimant, source, from and to.",
    )
    format = Choice(choices=WebhookFormat.choices, default=WebhookFormat.STANDARD.value)
    is_active = Flag(default=True, help_text="Switched on again, it begins with what comes then.")


class NothingBody(Body):
    """Nothing."""


@extend_schema_serializer(component_name="Webhook")
class Webhook(s.Serializer):
    id = s.IntegerField()
    url = s.URLField(help_text="Where events are posted to.")
    name = s.CharField()
    kinds = s.ListField(child=choice(EventKind), help_text="Kinds of events that are told; none: all.")
    filter = s.CharField(help_text="A query string; empty: all claims.")
    format = choice(WebhookFormat)
    is_active = s.BooleanField()
    stopped_because = s.CharField(help_text="Why it was switched off, where its own answers were the reason.")
    resting_until = s.DateTimeField(allow_null=True, help_text="Its server failed: until then nothing is sent.")
    created_by = s.CharField(allow_null=True)
    created_at = s.DateTimeField()


@extend_schema_serializer(component_name="WebhookWithSecret")
class WebhookWithSecret(Webhook):
    secret = s.CharField(
        required=False,
        help_text="What calls are signed with. Keep it: it is shown in this answer and in no other. One that is "
        "repeated for an Idempotency-Key lacks it; whoever missed it makes another.",
    )


@extend_schema_serializer(component_name="Delivery")
class Delivery(s.Serializer):
    id = s.IntegerField()
    webhook = s.IntegerField()
    message_id = s.CharField(help_text="The header webhook-id: the same however often it is sent.")
    event = s.IntegerField(allow_null=True, help_text="null: a test.")
    kind = choice(EventKind, allow_null=True)
    claim = s.CharField(allow_null=True)
    state = choice(State)
    attempts = s.IntegerField()
    answer_status = s.IntegerField(allow_null=True)
    answer_ms = s.IntegerField(allow_null=True)
    error = s.CharField(help_text="Why the last attempt was in vain.")
    created_at = s.DateTimeField()
    next_attempt_at = s.DateTimeField(allow_null=True, help_text="null: it is delivered, or given up.")
    expires_at = s.DateTimeField(help_text="Tried until then.")
    delivered_at = s.DateTimeField(allow_null=True)
    parked_at = s.DateTimeField(allow_null=True, help_text="Given up.")


WebhookPage = listed(Webhook)
DeliveryPage = listed(Delivery)
