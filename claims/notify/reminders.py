"""Reminders of claims that stay due: every so many days, or on the day until which somebody put one off."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.lifecycle import EventKind, Status
from claims.models import Event, Notice, Occasion, Preference, Snooze
from claims.notify.audience import followed_by

# Claims that are looked at, and reminders that are written, in one transaction.
CHUNK = 1_000
SPELLS = (EventKind.FLAGGED, EventKind.REOPENED)


def remind(today: date, now: datetime, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """How many reminders were written; `today` is the day in the newsroom's time zone.

    Which of them there are follows from the days alone: after an outage it is the last one that was missed, and running
    it again writes none twice.
    """
    _forget_ended()
    written = 0
    while (woken := _wake(today, now)) is not None:
        written += woken
    chosen = Preference.objects.reachable().exclude(nag_days=0).exclude(nagged_on=today)
    for preference in chosen.order_by("pk"):
        written += _nag(preference, today, now, is_over=is_over)
        if is_over():
            break
    return written


def _nag(preference: Preference, today: date, now: datetime, *, is_over: Callable[[], bool]) -> int:
    """The reminders of one person for one day; begun again where it was not ended."""
    last = timezone.make_aware(datetime.combine(today - timedelta(days=preference.nag_days - 1), time()))
    claims = followed_by(preference).filter(status=Status.DUE, flagged_at__lt=last).order_by("pk")
    written = after = 0
    while chunk := list(claims.filter(pk__gt=after).values_list("pk", "flagged_at")[:CHUNK]):
        written += _nag_some(preference, [(pk, at) for pk, at in chunk if at], today, now)
        after = chunk[-1][0]
        if is_over():
            return written
    Preference.objects.filter(pk=preference.pk).update(nagged_on=today)
    return written


def _nag_some(preference: Preference, claims: list[tuple[int, datetime]], today: date, now: datetime) -> int:
    person = preference.pk
    among = [pk for pk, _at in claims]
    put_off = set(
        Snooze.objects.filter(person=person, claim__in=among, until__gt=today).values_list("claim", flat=True)
    )
    spells = _spells(among)
    keys = {
        claim: Notice.key_of(person, spells[claim], Occasion.OVERDUE, nth=nth)
        for claim, flagged_at in claims
        if claim in spells and claim not in put_off and (nth := _nth(flagged_at, preference.nag_days, today))
    }
    told = _told(keys.values())
    return _write(
        Notice(
            person_id=person, claim_id=claim, event_id=spells[claim], key=key, occasion=Occasion.OVERDUE, created_at=now
        )
        for claim, key in keys.items()
        if key not in told
    )


@transaction.atomic
def _wake(today: date, now: datetime) -> int | None:
    """The reminders of snoozes whose day has come, which are used up with it; None where there are no more of them."""
    due = Snooze.objects.filter(until__lte=today).select_related("claim").order_by("pk")
    snoozes = list(due.select_for_update(of=("self",))[:CHUNK])
    if not snoozes:
        return None
    people = Preference.objects.reachable().in_bulk([snooze.person_id for snooze in snoozes])
    spells = _spells([snooze.claim_id for snooze in snoozes])
    keys = {
        snooze.pk: _keys(snooze, people[snooze.person_id], spells[snooze.claim_id], today)
        for snooze in snoozes
        if snooze.person_id in people and snooze.claim_id in spells
    }
    told = _told(key for pair in keys.values() for key in pair)
    written = _write(
        Notice(
            person_id=snooze.person_id,
            claim_id=snooze.claim_id,
            event_id=spells[snooze.claim_id],
            key=next((key for key in keys[snooze.pk] if key not in told), keys[snooze.pk][-1]),
            occasion=Occasion.OVERDUE,
            created_at=now,
        )
        for snooze in snoozes
        if snooze.pk in keys
    )
    Snooze.objects.filter(pk__in=[snooze.pk for snooze in snoozes]).delete()
    return written


def _keys(snooze: Snooze, preference: Preference, event: int, today: date) -> list[str]:
    """What the reminder may be called: as the one that was put off, so that this does not come as well; or its own."""
    flagged_at = snooze.claim.flagged_at
    nth = _nth(flagged_at, preference.nag_days, today) if flagged_at else ""
    own = f"until {snooze.until}"
    return [Notice.key_of(snooze.person_id, event, Occasion.OVERDUE, nth=name) for name in (nth, own) if name]


def _nth(flagged_at: datetime, days: int, today: date) -> str:
    """Which reminder of a claim's being due it is today, if there is one: the last whose day has come."""
    periods = (today - timezone.localdate(flagged_at)).days // days if days else 0
    return f"{periods} x {days} days" if periods > 0 else ""


def _spells(claims: Collection[int]) -> dict[int, int]:
    """The event with which each of these claims became due this time."""
    begun = Event.objects.filter(claim__in=claims, kind__in=SPELLS, claim__status=Status.DUE, at=F("claim__flagged_at"))
    return dict(begun.order_by("pk").values_list("claim_id", "pk"))


def _write(reminders: Iterable[Notice]) -> int:
    return len(Notice.objects.bulk_create(reminders, batch_size=CHUNK, ignore_conflicts=True))


def _told(keys: Iterable[str]) -> set[str]:
    return set(Notice.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def _forget_ended() -> None:
    """A snooze ends with the spell of being due in which it was made."""
    ended = ~Q(claim__status=Status.DUE) | Q(claim__flagged_at__gt=F("created_at"))
    Snooze.objects.filter(ended).delete()
