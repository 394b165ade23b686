"""Webhooks: programs that are told of events, what was sent to them, and whether it arrived. For editors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError as InvalidModel
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.fields import get_error_detail
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import documents, etags
from claims.api.endpoint import Endpoint
from claims.api.listing import PAGING, listed
from claims.api.orderings import BY_ID, BY_LATEST
from claims.api.problems import Conflict, within
from claims.api.serializers import webhooks as shapes
from claims.filters import Parameter, UnreadableQuery
from claims.models import Delivery, Webhook
from claims.models.parcel import State
from claims.notify import subscribers
from claims.tasks import deliver_webhooks, nudge


def _state(text: str) -> State:
    if text not in State.values:
        raise ValueError(f"{text[:40]!r} is none of: {', '.join(State.values)}.")
    return State(text)


def _in_state(deliveries: Any, states: list) -> Any:
    return deliveries.in_state(states[0])


class WebhookEndpoint(Endpoint):
    """A view of webhooks."""

    def find(self, number: int, *, rows: QuerySet[Webhook] | None = None) -> Webhook:
        """The webhook, or 404."""
        webhook = (Webhook.objects.select_related("created_by") if rows is None else rows).filter(pk=number).first()
        if webhook is None:
            raise Http404
        return webhook

    def read_webhook(self) -> dict[str, Any]:
        """What the body says of a webhook, by the model's names. The host is looked up, so nothing is locked yet."""
        values = self.read(shapes.WebhookBody)
        if "filter" in values:
            values["query"] = _filter(values.pop("filter"))
        if "url" in values:
            with within("url"):
                values["url"] = subscribers.check_address(values["url"])
        return values

    def check_unchanged(self, webhook: Webhook) -> None:
        """PreconditionFailed unless If-Match names the webhook as it is."""
        etags.check_unchanged(self.request, JSONRenderer().render(documents.webhook(webhook)))

    def answer_secret(self, webhook: Webhook, **options: Any) -> Response:
        """The webhook with its secret, which nothing on the way to the client may keep."""
        response = Response(documents.webhook(webhook) | {"secret": webhook.secret}, **options)
        response["Cache-Control"] = "no-store"
        return response

    @contextmanager
    def held(self, number: int) -> Iterator[Webhook]:
        """The webhook that If-Match names, under lock."""
        etags.required(self.request)
        with transaction.atomic():
            webhook = self.find(number, rows=Webhook.objects.select_for_update())
            self.check_unchanged(webhook)
            yield webhook


class WebhookList(WebhookEndpoint):
    """All webhooks."""

    parameters = PAGING

    @cached_property
    def values(self) -> dict[str, Any]:
        """What the body says."""
        return self.read_webhook()

    def prepare(self) -> None:
        """Look the host up while nothing is locked."""
        _ = self.values

    @extend_schema(operation_id="webhooks_list", responses=shapes.WebhookPage)
    def get(self, request: Request) -> Response:
        """The webhooks, the first one first."""
        rows = Webhook.objects.select_related("created_by")
        return Response(listed(request, self.asked, rows, BY_ID, documents.webhook))

    @extend_schema(
        operation_id="webhooks_create", request=shapes.WebhookBody, responses={201: shapes.WebhookWithSecret}
    )
    def post(self, request: Request) -> Response:
        """Add a webhook, which is told of what comes from now on. Only this answer holds its signing secret."""
        webhook = Webhook(**self.values, created_by=self.person, created_at=timezone.now())
        _check(webhook)
        with _unless_impossible():
            subscribers.add(webhook)
        place = self.root + reverse("api:webhook", args=[webhook.pk])
        return self.answer_secret(webhook, status=201, headers={"Location": place})


class WebhookDetail(WebhookEndpoint):
    """One webhook."""

    @extend_schema(operation_id="webhooks_read", responses=shapes.Webhook)
    def get(self, request: Request, number: int) -> Response:
        """The webhook, without its secret."""
        return Response(documents.webhook(self.find(number)))

    @extend_schema(operation_id="webhooks_edit", request=shapes.WebhookBody, responses=shapes.Webhook)
    def patch(self, request: Request, number: int) -> Response:
        """Change what is sent. Switched on again, it begins with what comes then, and what still waits is sent."""
        etags.required(request)
        self.check_unchanged(self.find(number))
        values = self.read_webhook()
        with self.held(number) as webhook:
            was_active = webhook.is_active
            for name, value in values.items():
                setattr(webhook, name, value)
            _check(webhook)
            subscribers.change(webhook, values, was_active=was_active)
        return Response(documents.webhook(webhook))

    @extend_schema(operation_id="webhooks_delete", request=None, responses={204: None})
    def delete(self, request: Request, number: int) -> Response:
        """Remove the webhook with all its deliveries; what waits is not sent."""
        with self.held(number) as webhook:
            webhook.delete()
        return Response(status=204)


class RenewSecret(WebhookEndpoint):
    """A webhook's signing secret."""

    @extend_schema(operation_id="webhooks_renew_secret", request=shapes.NothingBody, responses=shapes.WebhookWithSecret)
    def post(self, request: Request, number: int) -> Response:
        """Make a new signing secret. Every call is signed with it from now on; only this answer holds it."""
        self.read(shapes.NothingBody)
        webhook = self.find(number)
        subscribers.renew_secret(webhook)
        return self.answer_secret(webhook)


class DeliveryEndpoint(WebhookEndpoint):
    """A view of what is sent to one webhook."""

    def deliveries(self, number: int) -> QuerySet[Delivery]:
        """The webhook's deliveries, with all that their documents name."""
        return Delivery.objects.filter(webhook=self.find(number)).select_related("webhook", "event__claim")

    def find_delivery(self, number: int, delivery: int) -> Delivery:
        """The delivery, or 404."""
        found = self.deliveries(number).filter(pk=delivery).first()
        if found is None:
            raise Http404
        return found

    def accepted(self, delivery: Delivery) -> Response:
        """202: it will be sent, and can be followed at its Location."""
        nudge(deliver_webhooks)
        place = self.root + reverse("api:delivery", args=[delivery.webhook_id, delivery.pk])
        return Response(documents.delivery(delivery), status=202, headers={"Location": place})


class SendTest(DeliveryEndpoint):
    """A test of a webhook."""

    @extend_schema(operation_id="webhooks_test", request=shapes.NothingBody, responses={202: shapes.Delivery})
    def post(self, request: Request, number: int) -> Response:
        """Send a call that tells of nothing, signed like all others."""
        self.read(shapes.NothingBody)
        with _unless_impossible():
            delivery = subscribers.send_test(self.find(number), now=timezone.now())
        return self.accepted(delivery)


class DeliveryList(DeliveryEndpoint):
    """What is sent to a webhook."""

    parameters = PAGING | {"state": Parameter(_state, _in_state)}

    @extend_schema(operation_id="deliveries_list", responses=shapes.DeliveryPage)
    def get(self, request: Request, number: int) -> Response:
        """Calls of the webhook, the latest first; `state=parked` are those that were given up."""
        rows: Any = self.deliveries(number)
        return Response(listed(request, self.asked, self.asked.narrow(rows), BY_LATEST, documents.delivery))


class DeliveryDetail(DeliveryEndpoint):
    """One call of a webhook."""

    @extend_schema(operation_id="deliveries_read", responses=shapes.Delivery)
    def get(self, request: Request, number: int, delivery: int) -> Response:
        """How far the call has come."""
        return Response(documents.delivery(self.find_delivery(number, delivery)))


class SendAgain(DeliveryEndpoint):
    """One call of a webhook, once more."""

    @extend_schema(operation_id="deliveries_resend", request=shapes.NothingBody, responses={202: shapes.Delivery})
    def post(self, request: Request, number: int, delivery: int) -> Response:
        """Send a call again that arrived or was given up, under its old id."""
        self.read(shapes.NothingBody)
        found = self.find_delivery(number, delivery)
        if not subscribers.send_again(Delivery.objects.filter(pk=found.pk), now=timezone.now()):
            if not found.webhook.is_active:
                raise Conflict(str(subscribers.SwitchedOff()))
            raise Conflict("This call waits to be sent anyway; next_attempt_at says when.")
        return self.accepted(self.find_delivery(number, delivery))


def _filter(text: str) -> str:
    try:
        return subscribers.check_filter(text)
    except UnreadableQuery as error:
        raise UnreadableQuery({f"filter.{name}": texts for name, texts in error.errors.items()}) from None


def _check(webhook: Webhook) -> None:
    """What the model refuses is refused under the name that the client knows."""
    try:
        webhook.full_clean(exclude=["created_by"])
    except InvalidModel as error:
        problems: Any = get_error_detail(error)
        raise ValidationError({"filter" if name == "query" else name: problems[name] for name in problems}) from None


@contextmanager
def _unless_impossible() -> Iterator[None]:
    try:
        yield
    except (subscribers.NoRoom, subscribers.SwitchedOff) as error:
        raise Conflict(str(error)) from None
