"""From the ledger to those who are to be told: each event is read once, and who is told of it is written down once."""

from collections.abc import Callable
from datetime import datetime

from django.db import DataError, transaction

from claims.filters import UnreadableQuery
from claims.lifecycle import EventKind, Status
from claims.models import Bookmark, Delivery, Event, Notice, Occasion, Preference, Webhook
from claims.notify.audience import OCCASIONS, Audience, named
from claims.notify.subscription import passing

NAME = "outbox"
MOST_EVENTS = 2_000
# Rows a transaction may write, as far as one event at a time allows: all other writers wait for it.
MOST_ROWS = 10_000


def fan_out(now: datetime, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """How many events were read since the last time; stops between two chunks when `is_over`.

    Each chunk's notices and deliveries are written together with the bookmark behind its last event, so that it may
    be stopped anywhere and run several times at once.
    """
    read = 0
    while count := _read_on(now):
        read += count
        if is_over():
            break
    return read


def unread() -> int:
    """How many events wait to be read; a guess from ids, never too low."""
    mark = Bookmark.objects.filter(name=NAME).values_list("event", flat=True).first() or 0
    return max(_last_event() - mark, 0)


def unread_since() -> datetime | None:
    """When the first of them happened; None where all are read."""
    mark = Bookmark.objects.filter(name=NAME).values_list("event", flat=True).first() or 0
    return Event.objects.filter(pk__gt=mark).order_by("pk").values_list("at", flat=True).first()


def subscribe(webhook: Webhook) -> None:
    """Let the webhook begin with what comes now; saves nothing."""
    webhook.after_event = _last_event()


def _last_event() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _read_on(now: datetime) -> int:
    if not unread():
        return 0
    Bookmark.objects.get_or_create(name=NAME)
    with transaction.atomic():
        # Locked, so that two do not work at the same chunk; that they would write it once is the keys' doing.
        mark = Bookmark.objects.select_for_update().get(name=NAME)
        most = min(MOST_EVENTS, max(MOST_ROWS // (1 + Preference.objects.count() + Webhook.objects.count()), 1))
        events = list(Event.objects.filter(pk__gt=mark.event).order_by("pk")[:most])
        if events:
            Notice.objects.bulk_create(_notices(events, now), batch_size=1_000, ignore_conflicts=True)
            Delivery.objects.bulk_create(_deliveries(events, now), batch_size=1_000, ignore_conflicts=True)
            Bookmark.objects.filter(name=NAME).update(event=events[-1].pk)
    return len(events)


def _notices(events: list[Event], now: datetime) -> list[Notice]:
    told = [event for event in events if event.kind in OCCASIONS]
    if not told:
        return []
    claims = named({event.claim_id for event in told})
    audience = Audience.wanting({claim.owner for claim in claims.values() if claim.owner})
    return [
        _notice(event, person, now)
        for event in told
        for person in sorted(audience.told(claims[event.claim_id], _occasion(event), doer=event.actor_id))
    ]


def _occasion(event: Event) -> Occasion:
    return OCCASIONS[EventKind(event.kind)]


def _notice(event: Event, person: int, now: datetime) -> Notice:
    key = Notice.key_of(person, event.pk, _occasion(event))
    return Notice(
        person_id=person, claim_id=event.claim_id, event=event, occasion=_occasion(event), key=key, created_at=now
    )


def _deliveries(events: list[Event], now: datetime) -> list[Delivery]:
    # What befell a draft is nobody's business outside.
    told = [event for event in events if event.to_status != Status.DRAFT]
    claims = {event.claim_id for event in told}
    deliveries: list[Delivery] = []
    for webhook in Webhook.objects.active():
        try:
            # A filter that the database cannot make sense of ends its own savepoint, not what the others are told.
            with transaction.atomic():
                let_pass = passing(webhook, claims)
        except (UnreadableQuery, DataError) as error:
            webhook.stop(f"Its filter cannot be read: {error}")
            continue
        deliveries += [
            Delivery(webhook=webhook, event=event, **Delivery.times(now))
            for event in told
            if event.pk > webhook.after_event and event.claim_id in let_pass and webhook.wants(event.kind)
        ]
    return deliveries
