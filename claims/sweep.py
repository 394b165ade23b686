"""The sweep: flags every open claim whose revisit day has come, once."""

from datetime import date, datetime

from django.db import connection, transaction

from claims.lifecycle import EventKind, Status
from claims.models import Event

JOB = "sweep"
# Rows a transaction: long enough to be quick, short enough that other writers hardly wait.
CHUNK = 2000

# One statement finds, flags and tells: a claim that another sweep or an editor took first is simply not returned.
FLAG = """
UPDATE claims_claim SET status = %(due)s, flagged_at = %(now)s, updated_at = %(now)s, version = version + 1
WHERE status = %(open)s AND revisit_on <= %(today)s AND id IN (
    SELECT id FROM claims_claim WHERE status = 'open' AND revisit_on <= %(today)s
    ORDER BY revisit_on, id LIMIT %(chunk)s {lock}
)
RETURNING id, round, version, revisit_on
"""


def flag_due(today: date, *, now: datetime, chunk: int = CHUNK) -> int:
    """How many claims were flagged; each has its Event in the same transaction.

    `today` is the day in the newsroom's time zone. Any number of sweeps may run at once and be stopped anywhere:
    what one has not committed the next one finds.
    """
    flagged = 0
    while True:
        taken = _flag_some(today, now, chunk)
        flagged += taken
        if taken < chunk:
            return flagged


def _flag_some(today: date, now: datetime, chunk: int) -> int:
    with transaction.atomic():
        rows = _take(today, now, chunk)
        Event.objects.bulk_create(
            Event(
                claim_id=claim_id,
                kind=EventKind.FLAGGED,
                job=JOB,
                at=now,
                from_status=Status.OPEN,
                to_status=Status.DUE,
                data={"revisit_on": str(revisit_on), "round": round_},
                key=Event.key_of(claim_id, EventKind.FLAGGED, round=round_, version=version),
            )
            for claim_id, round_, version, revisit_on in rows
        )
    return len(rows)


def _take(today: date, now: datetime, chunk: int) -> list[tuple[int, int, int, date]]:
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    words = {
        "due": Status.DUE.value,
        "open": Status.OPEN.value,
        "today": connection.ops.adapt_datefield_value(today),
        "now": connection.ops.adapt_datetimefield_value(now),
        "chunk": chunk,
    }
    with connection.cursor() as cursor:
        cursor.execute(FLAG.format(lock=lock), words)
        rows: list[tuple[int, int, int, date]] = cursor.fetchall()
    return rows
