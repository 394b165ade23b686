"""Webhooks whose calls arrive at a server of the test's own, under a clock that the test sets."""

from datetime import timedelta
from urllib.parse import urlsplit

from claims import sweep
from claims.models import Delivery
from claims.notify import outbox, webhooks
from tests.factories import NOW, WebhookFactory, open_claim


class Clock:
    """Stands still until it is set."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def forward(self, **by):
        self.now += timedelta(**by)


def webhook_at(receiver, settings, path="", **fields):
    """A webhook at this server, which the operator allows to be called."""
    settings.PRIVATE_HOSTS = frozenset(settings.PRIVATE_HOSTS) | {urlsplit(receiver.url).netloc}
    return WebhookFactory(url=receiver.url + path, **fields)


def due(number=1, **fields):
    """Claims that have fallen due, and their deliveries."""
    claims = [open_claim(edtf="2020", **fields) for _number in range(number)]
    sweep.flag_due(NOW.date(), now=NOW)
    outbox.fan_out(NOW)
    return claims


def waiting(webhook, number=1):
    """Calls to the webhook that wait: flags of as many claims, without what came before."""
    claims = due(number)
    Delivery.objects.exclude(webhook=webhook, event__kind="flagged").delete()
    return claims


def deliver(clock):
    """One pass, when nobody has the turn."""
    return webhooks.deliver_webhooks(clock)


def moments(webhook):
    """What is noted of the webhook's deliveries, the oldest first."""
    return list(webhook.deliveries.order_by("pk"))
