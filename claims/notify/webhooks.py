"""Calling webhooks: many at a time, each call in its order, tried until it is taken or given up."""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from claims import safe_http
from claims.models import Claim, Delivery, Webhook
from claims.models.parcel import FARTHEST, PENDING, wait_after
from claims.notify import payload
from claims.notify.replies import Reply, pause, read_status
from claims.notify.turns import lasting, turn
from claims.safe_http import Answer, Line

logger = logging.getLogger(__name__)
NAME = "webhooks"
# Webhooks that are called at the same time; and for how long one of them is, while others wait for their turn.
AT_ONCE = 8
SLICE_SECONDS = 2.0
# Calls that are read in one look, each with its claim.
LOOK = 20
# Rows given up in one statement.
MOST_OVERDUE = 5_000
# Failures in a row after which a webhook rests no longer than before, half an hour: so soon its recovery is seen.
MOST_FAILURES = 4
UNANSWERED: Mapping[str, Any] = MappingProxyType({"answer_status": None, "answer_ms": None})
Clock = Callable[[], datetime]


def deliver_webhooks(clock: Clock) -> int:
    """How many calls were taken; by whichever process has the turn, for as long as it lasts.

    It may be stopped anywhere: a call of which nothing was noted is made again after its lease, under the same id. Not
    to be called in a transaction.
    """
    with turn(NAME, now=clock()) as is_over:
        if not is_over:
            return 0
        park_overdue(clock())
        _put_right(clock())
        return Round(clock, is_over).run()


def park_overdue(now: datetime) -> int:
    """How many calls were given up that nobody makes, because their webhook rests or is switched off for a day."""
    idle = Q(webhook__is_active=False) | Q(webhook__resting_until__gt=now)
    overdue = Delivery.objects.filter(PENDING, idle, next_attempt_at__lte=now, expires_at__lte=now)
    some = overdue.order_by().values("pk")[:MOST_OVERDUE]
    never = Value(_("It was not called within a day, because it was resting or switched off."))
    reason = Case(When(error="", then=never), default=F("error"))
    return Delivery.objects.filter(PENDING, pk__in=some).update(parked_at=now, error=reason)


class Round:
    """One pass over all webhooks that are to be told something; its threads share it."""

    def __init__(self, clock: Clock, is_over: Callable[[], bool]) -> None:
        self.clock = clock
        self.is_over = is_over
        self.errors: list[Exception] = []
        # Whose calls wait longest come first, and again at the end while there is more.
        self.waiting = deque((pk, Line(allowed=settings.PRIVATE_HOSTS)) for pk in _awake(clock()))

    def run(self) -> int:
        """How many calls were taken. What was wrong with one webhook is raised when the others have been called."""
        threads = min(AT_ONCE, len(self.waiting))
        try:
            if threads > 1:
                with ThreadPoolExecutor(threads) as pool:
                    # Each with the task's name and id, which its lines in the log bear.
                    works = [pool.submit(copy_context().run, self._work_in_thread) for _thread in range(threads)]
                    taken = sum(work.result() for work in works)
            else:
                taken = self._work()
        finally:
            for _webhook, line in self.waiting:
                line.close()
        if self.errors:
            raise self.errors[0]
        return taken

    def _work_in_thread(self) -> int:
        try:
            return self._work()
        finally:
            connections.close_all()

    def _work(self) -> int:
        taken = 0
        while not self.is_over():
            try:
                webhook, line = self.waiting.popleft()
            except IndexError:
                break
            try:
                taken += self._call(webhook, line)
            except Exception as error:
                logger.exception("webhook %d could not be called", webhook)
                line.close()
                self.errors.append(error)
        return taken

    def _call(self, webhook: int, line: Line) -> int:
        taken, is_done = 0, lasting(SLICE_SECONDS)
        while calls := self._ready(webhook):
            for delivery, claim in calls:
                if delivery.lease(self.clock()):
                    taken += self._attempt(delivery, claim, line)
                # Only now: however slow everything is, each turn makes a call.
                if self.is_over() or is_done():
                    self.waiting.append((webhook, line))
                    return taken
                if not delivery.webhook.is_active or delivery.webhook.is_resting(self.clock()):
                    break
        line.close()
        return taken

    def _ready(self, pk: int) -> list[tuple[Delivery, Claim | None]]:
        """The webhook's next calls, each with its claim as the public sees it."""
        webhook = Webhook.objects.active().filter(pk=pk).first()
        if webhook is None or webhook.is_resting(self.clock()):
            return []
        ready = webhook.deliveries.ready(self.clock()).select_related("event__claim", "event__actor")
        deliveries: list[Delivery] = list(ready[:LOOK])
        shown = Claim.objects.published().with_all()
        claims = {claim.pk: claim for claim in shown.filter(pk__in=[d.event.claim_id for d in deliveries if d.event])}
        for delivery in deliveries:
            # One object for all, so that what is learnt from one call is known to the next.
            delivery.webhook = webhook
        return [(delivery, claims.get(delivery.event.claim_id) if delivery.event else None) for delivery in deliveries]

    def _attempt(self, delivery: Delivery, claim: Claim | None, line: Line) -> bool:
        """Whether the call was taken; if not, why is noted with it."""
        now = self.clock()
        if delivery.park_if_deadly(now):
            return False
        if delivery.event and claim is None:
            delivery.park(now, _("Its claim is not public."))
            return False
        try:
            body = payload.body(delivery, claim, now=now)
            headers = payload.headers(delivery, body, now=now)
        except Error:
            raise
        except Exception as error:
            logger.exception("delivery %d cannot be written", delivery.pk)
            delivery.park(now, _("It cannot be written: %(error)s") % {"error": type(error).__name__})
            return False
        try:
            answer = line.post(delivery.webhook.url, body, headers, within=safe_http.SECONDS)
        except safe_http.Refused as refusal:
            self._rest(delivery, str(refusal))
        except safe_http.Unanswered as reason:
            self._rest(delivery, _("The call failed: %(reason)s.") % {"reason": reason})
        except Exception as error:
            logger.exception("delivery %d cannot be sent", delivery.pk)
            delivery.fail(
                self.clock(), _("It cannot be sent: %(error)s") % {"error": type(error).__name__}, **UNANSWERED
            )
        else:
            return self._note(delivery, answer)
        return False

    def _note(self, delivery: Delivery, answer: Answer) -> bool:
        now, webhook = self.clock(), delivery.webhook
        noted: dict[str, Any] = {"answer_status": answer.status, "answer_ms": round(answer.seconds * 1_000)}
        words = _("It answered %(status)d.") % {"status": answer.status}
        reply = read_status(answer.status)
        if reply in {Reply.ARRIVED, Reply.UNWANTED} and webhook.failures:
            _update(webhook, failures=0, resting_until=None)
        match reply:
            case Reply.ARRIVED:
                return delivery.deliver(now, **noted)
            case Reply.UNWANTED:
                delivery.fail(now, words, **noted)
            case Reply.STOPPED:
                delivery.park(now, words, **noted)
                webhook.stop(words)
            case _:
                self._rest(delivery, words, noted, asked=pause(answer.status, answer.headers, now))
        return False

    def _rest(
        self,
        delivery: Delivery,
        words: str,
        noted: Mapping[str, Any] = UNANSWERED,
        *,
        asked: timedelta | None = None,
    ) -> None:
        """Leave the whole webhook alone for a while, so that one that does not answer takes no time from the others."""
        now, webhook = self.clock(), delivery.webhook
        failures = webhook.failures + 1
        rest = asked or wait_after(min(failures, MOST_FAILURES))
        _update(webhook, failures=failures, resting_until=now + rest)
        # The first one of many is not always the one with which its recovery is tried.
        delivery.fail(now, words, after=max(rest, wait_after(delivery.attempts)), **noted)
        logger.warning("webhook %d rests for %d s: %s", webhook.pk, rest.total_seconds(), words)


def _awake(now: datetime) -> list[int]:
    """Webhooks to be called now."""
    ready = Delivery.objects.filter(webhook=OuterRef("pk")).ready(now).values("next_attempt_at")[:1]
    awake = Webhook.objects.active().exclude(resting_until__gt=now).annotate(since=Subquery(ready))
    return list(awake.filter(since__isnull=False).order_by("since", "pk").values_list("pk", flat=True))


def _put_right(now: datetime) -> None:
    """Undo what was put off by a clock that has been set back since."""
    Delivery.objects.put_right(now)
    Webhook.objects.filter(resting_until__gt=now + FARTHEST).update(resting_until=None)


def _update(webhook: Webhook, **changes: object) -> None:
    for name, value in changes.items():
        setattr(webhook, name, value)
    Webhook.objects.filter(pk=webhook.pk).update(**changes)
