"""Calls of webhooks at the desk: what was sent, how far it has come, and sending it again."""

import json
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.parcels import ParcelAdmin
from claims.admin.webhooks import called
from claims.models import Claim, Delivery, Webhook
from claims.models.parcel import ParcelSet, State
from claims.notify import payload, subscribers
from claims.tasks import deliver_webhooks, nudge


class WebhookFilter(SimpleListFilter):
    """By webhook."""

    title, parameter_name = gettext_lazy("webhook"), "webhook"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [(str(webhook.pk), called(webhook)) for webhook in Webhook.objects.all()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        if asked is None:
            return queryset
        if asked not in {key for key, _name in self.lookup_choices}:
            raise IncorrectLookupParameters
        return queryset.filter(webhook=int(asked))


@admin.register(Delivery)
class DeliveryAdmin(ParcelAdmin):
    """Calls of webhooks."""

    list_display = ["made", "standing", "to", "told", "error", "answer", "attempts", "tried_next"]
    list_select_related = ["webhook", "event__claim"]
    # By id alone: by anything else, all of them would have to be read first.
    sortable_by = ()
    list_filter = [*ParcelAdmin.list_filter, WebhookFilter]
    search_fields = ["key"]
    fields = [
        "webhook",
        "told",
        "standing",
        "error",
        "answer",
        "created_at",
        "attempts",
        "next_attempt",
        "expires_at",
        "delivered_at",
        "parked_at",
        "key",
        "payload",
    ]

    @admin.display(description=gettext_lazy("created at"), ordering="id")
    def made(self, delivery: Delivery) -> str:
        """When, in few words: the newest come first."""
        return _moment(delivery.created_at)

    @admin.display(description=gettext_lazy("next attempt at"), empty_value="—")
    def tried_next(self, delivery: Delivery) -> str | None:
        """When it is tried next, in few words."""
        return _moment(delivery.next_attempt_at) if delivery.state == State.PENDING else None

    @admin.display(description=gettext_lazy("webhook"), ordering="webhook")
    def to(self, delivery: Delivery) -> str:
        """Whom it is sent to."""
        return called(delivery.webhook)

    @admin.display(description=gettext_lazy("tells of"))
    def told(self, delivery: Delivery) -> str:
        """The event, and the claim that it befell."""
        event = delivery.event
        return f"{event.get_kind_display()}: {event.claim}" if event else _("A test")

    @admin.display(description=gettext_lazy("answer"), empty_value="—")
    def answer(self, delivery: Delivery) -> str | None:
        """Its status, and how long it took."""
        if delivery.answer_status is None:
            return None
        return _("%(status)s in %(ms)s ms") % {"status": delivery.answer_status, "ms": delivery.answer_ms}

    @admin.display(description=gettext_lazy("what is sent"), empty_value="—")
    def payload(self, delivery: Delivery) -> SafeString | None:
        """The body as it would be sent now; nothing where the claim is not public any more."""
        event = delivery.event
        shown = Claim.objects.published().with_all()
        claim = shown.filter(pk=event.claim_id).first() if event else None
        if event and claim is None:
            return None
        told = json.loads(payload.body(delivery, claim, now=timezone.now()))
        return format_html('<pre class="payload" tabindex="0">{}</pre>', json.dumps(told, indent=2, ensure_ascii=False))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        deliveries: QuerySet[Delivery] = super().get_queryset(request)
        return deliveries.select_related("webhook", "event__claim", "event__actor")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """The one with this key: words would be looked for in every row."""
        key = search_term.strip()
        if key and not (key.isascii() and key.isprintable()):
            return queryset.none(), False
        return queryset.filter(key=key) if key else queryset, False

    @admin.action(description=gettext_lazy("Send again"), permissions=["send"])
    def send_again(self, request: HttpRequest, parcels: ParcelSet) -> None:
        """Those that arrived or were given up, whose webhook is switched on; what waits is sent anyway."""
        count = subscribers.send_again(parcels, now=timezone.now())
        if not count:
            problem = _("Nothing was sent again: these wait anyway, or their webhook is switched off.")
            self.message_user(request, problem, messages.WARNING)
            return
        nudge(deliver_webhooks)
        self.message_user(request, ngettext("%s is sent again now.", "%s are sent again now.", count) % count)


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j M, H:i:s")
