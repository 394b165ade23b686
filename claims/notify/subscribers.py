"""Webhooks made, changed and switched on again: what is let in, how many there may be, and where each one begins."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims import safe_http
from claims.filters import UnreadableQuery
from claims.models import Delivery, Webhook
from claims.models.parcel import PENDING, ParcelSet
from claims.models.webhook import make_secret
from claims.notify import outbox
from claims.notify.subscription import read_filter

MOST_WEBHOOKS = 50
MOST_TESTS = 10


class NoRoom(Exception):
    """One more than there may be; the message says of what."""


class SwitchedOff(Exception):
    """Something is to be sent to a webhook that is told nothing."""

    def __init__(self) -> None:
        super().__init__(_("This webhook is switched off: switch it on first."))


def check_address(url: str) -> str:
    """The address in normal form. Raises ValidationError if it may not be reached.

    Looks the host up, which may take seconds: never to be called with a row under lock.
    """
    address: str = Webhook._meta.get_field("url").clean(url, None)
    try:
        safe_http.check(address, allowed=settings.PRIVATE_HOSTS)
    except safe_http.Refused as error:
        raise ValidationError(str(error), code="refused") from None
    return address


def check_filter(text: str) -> str:
    """The filter as it is kept. Raises UnreadableQuery, which names each parameter that is wrong."""
    kept = text.strip().removeprefix("?")
    read_filter(kept)
    return kept


def filter_in_words(error: UnreadableQuery) -> list[str]:
    """What is wrong with a filter, a sentence for each parameter."""
    return [f"{name}: {' '.join(problems)}" for name, problems in error.errors.items()]


def add(webhook: Webhook) -> None:
    """Save a new webhook, which begins with what comes now. Raises NoRoom."""
    with transaction.atomic():
        # Locked before they are counted: of two who add the last one at the same time, the second sees the first.
        list(Webhook.objects.select_for_update().order_by("pk").values_list("pk"))
        if Webhook.objects.count() >= MOST_WEBHOOKS:
            raise NoRoom(_("A newsroom has at most %s webhooks: remove one first.") % MOST_WEBHOOKS)
        outbox.subscribe(webhook)
        webhook.save(force_insert=True)


def change(webhook: Webhook, changed: Collection[str], *, was_active: bool) -> None:
    """Save the changed fields of a webhook under lock; one that is switched on is given a fresh start.

    It begins with what comes now, and is sent again what still waits from before. Another address does not inherit the
    rest that the old one was given.
    """
    columns = set(changed)
    is_switched_on = webhook.is_active and not was_active
    if is_switched_on or "url" in columns:
        webhook.resting_until, webhook.failures = None, 0
        columns |= {"resting_until", "failures"}
    if is_switched_on:
        webhook.stopped_because = ""
        outbox.subscribe(webhook)
        columns |= {"stopped_because", "after_event"}
    if columns:
        webhook.save(update_fields=sorted(columns))


def renew_secret(webhook: Webhook) -> None:
    """Another signing secret: everything is signed with it from now on, what waits too."""
    webhook.secret = make_secret()
    webhook.save(update_fields=["secret"])


def send_test(webhook: Webhook, *, now: datetime) -> Delivery:
    """A call that tells of nothing, on its way. Raises SwitchedOff, and NoRoom while many of them wait already."""
    if not webhook.is_active:
        raise SwitchedOff
    if webhook.deliveries.pending().filter(event=None).count() >= MOST_TESTS:
        raise NoRoom(_("%s tests are on their way to this webhook already.") % MOST_TESTS)
    delivery: Delivery = webhook.deliveries.create(**Delivery.times(now))
    _wake([webhook.pk])
    return delivery


def send_again(deliveries: ParcelSet, *, now: datetime) -> int:
    """How many of them arrived or were given up, and are now sent again under their old keys.

    What waits keeps its turn, and nothing is sent to a webhook that is switched off.
    """
    settled = deliveries.filter(webhook__is_active=True).exclude(PENDING).order_by()
    with transaction.atomic():
        webhooks = list(settled.values_list("webhook", flat=True).distinct())
        count = settled.send_again(now)
        _wake(webhooks)
    return count


def _wake(webhooks: Collection[int]) -> None:
    """Let them be called now though they rest: somebody wants to see what comes of it."""
    Webhook.objects.filter(pk__in=webhooks, resting_until__isnull=False).update(resting_until=None)
