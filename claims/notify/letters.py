"""Composing: what waits to be told to a person goes into letters, at once or in digests."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.models import Letter, Notice, Preference, Rhythm
from claims.models.notice import NoticeSet

# Claims a letter, and so notices.
MOST = 500
# Notices looked at in one transaction: all other writers wait for it.
LOOK = 1_000
# In the newsroom's time zone.
DIGESTS_FROM = time(7)


def write_letters(now: datetime, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """How many letters were written to people whose time has come; stops between two of them when `is_over`.

    Each is written together with what its notices note of it, so that it may be stopped anywhere and run several times
    at once.
    """
    written = 0
    for person in _waited_for():
        before, has_more = written, True
        while has_more:
            found, has_more = _write(person, now, has_begun=written > before)
            written += found
            if is_over():
                return written
    return written


def digest_since(rhythm: str, now: datetime) -> datetime | None:
    """The seven o'clock, today's or the last Monday's, from which on a digest is sent; None before seven, any day."""
    local = timezone.localtime(now)
    if local.time() < DIGESTS_FROM:
        return None
    day = local.date() - timedelta(days=local.weekday() if rhythm == Rhythm.WEEKLY else 0)
    return datetime.combine(day, DIGESTS_FROM, tzinfo=local.tzinfo)


def _waited_for() -> list[int]:
    """Everybody for whom something waits."""
    waiting = Notice.objects.waiting().filter(person=OuterRef("pk"))
    return list(User.objects.filter(Exists(waiting)).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _write(person: int, now: datetime, *, has_begun: bool) -> tuple[int, bool]:
    """How many letters were written, one or none, and whether more may be done for the person now."""
    # The row is the lock under which a person's letters are written: what is read from here on, nobody else changes.
    preference = Preference.objects.select_for_update().filter(pk=person).first()
    preference = preference or Preference.objects.create(person_id=person)
    is_digest = preference.rhythm != Rhythm.AT_ONCE
    waiting = Notice.objects.waiting().filter(person=person)
    looked_at = list(waiting.order_by("pk").values_list("pk", flat=True)[:LOOK])
    if not looked_at:
        return 0, False
    if not Preference.objects.wanting().filter(pk=person).exists():
        return 0, waiting.filter(pk__in=looked_at).update(dropped_at=now) == LOOK
    if preference.bounced_at is not None:
        # It waits for an address that takes it.
        return 0, False
    if is_digest and not _has_time_come(preference, now):
        return 0, False
    chosen = _choose(waiting, looked_at, now)
    if chosen:
        letter = Letter.objects.create(person_id=person, is_digest=is_digest, **Letter.times(now))
        waiting.filter(pk__in=chosen.values()).update(letter=letter)
        # The claim is named in it: what else waited to be told of it is told.
        waiting.filter(claim__in=chosen).update(dropped_at=now)
    has_more = waiting.exists()
    if is_digest and not has_more and (chosen or has_begun):
        Preference.objects.filter(pk=person).update(digest_on=timezone.localdate(now))
    return min(len(chosen), 1), has_more


def _choose(waiting: NoticeSet, looked_at: list[int], now: datetime) -> dict[int, int]:
    """Notices for one letter by their claims, one each: that it fell due comes before that it is still due.

    Drops those that no longer stand.
    """
    standing = waiting.filter(pk__in=looked_at).standing().order_by("pk").values_list("pk", "claim_id")
    by_claim: dict[int, int] = {}
    stood = set()
    for pk, claim in standing:
        stood.add(pk)
        by_claim.setdefault(claim, pk)
    waiting.filter(pk__in=set(looked_at) - stood).update(dropped_at=now)
    return dict(list(by_claim.items())[:MOST])


def _has_time_come(preference: Preference, now: datetime) -> bool:
    """Whether today's digest, or this week's, is still to be written.

    One for the week that could not be written on Monday is written on another day. A digest of a day that lies ahead
    was written by a clock that has been set back since.
    """
    since = digest_since(preference.rhythm, now)
    today = timezone.localdate(now)
    if since is None or (preference.digest_on and since.date() <= preference.digest_on <= today):
        return False
    if since.date() == today:
        return True
    day_ends_at = datetime.combine(since.date() + timedelta(days=1), time(), tzinfo=since.tzinfo)
    return Notice.objects.waiting().filter(person=preference.person_id, created_at__lt=day_ends_at).exists()
