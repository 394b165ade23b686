"""Clearing away: what was sent long ago, and what was never sent because it was no longer true."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from claims.models import Delivery, Letter, Notice

# Longer than the longest wait between two reminders, whose rows tell which of them were written.
KEPT = timedelta(days=90)
# Rows a transaction; a letter has up to 500 notices.
LETTERS, ROWS = 10, 5_000


def prune(now: datetime, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """How many rows were removed, in small transactions, until there are none or `is_over`."""
    before = now - KEPT
    removed = 0
    for rows, most, remove in (
        (Letter.objects.filter(delivered_at__lt=before), LETTERS, _remove_letters),
        (Delivery.objects.filter(delivered_at__lt=before), ROWS, _remove),
        (Notice.objects.filter(dropped_at__lt=before), ROWS, _remove),
        # For an address that was refused all that time.
        (Notice.objects.waiting().filter(created_at__lt=before), ROWS, _remove),
    ):
        while found := list(rows.order_by("pk").values_list("pk", flat=True)[:most]):
            removed += remove(rows, found)
            if is_over():
                return removed
    return removed


def _remove(rows: QuerySet[Any], found: list[int]) -> int:
    return rows.filter(pk__in=found).delete()[0]


@transaction.atomic
def _remove_letters(letters: QuerySet[Any], found: list[int]) -> int:
    # Asked again, and locked: one of them may just have been put back to be sent once more.
    found = list(letters.select_for_update().filter(pk__in=found).values_list("pk", flat=True))
    notices, _by_model = Notice.objects.filter(letter__in=found).delete()
    return notices + Letter.objects.filter(pk__in=found).delete()[0]
