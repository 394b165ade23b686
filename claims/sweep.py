"""The sweep: flags every open claim whose revisit day has come, once."""

import json
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from claims.lifecycle import EventKind, Status
from claims.models import Event

JOB = "sweep"
# Claims a transaction. On SQLite it keeps every other writer waiting, on Postgres only those of the same claims.
CHUNKS = {"sqlite": 2_500, "postgresql": 10_000}

DUE = """
SELECT id FROM claims_claim WHERE status = 'open' AND revisit_on <= %(today)s
ORDER BY {order} LIMIT %(chunk)s
"""
# Finds and flags: a claim that another sweep or an editor took first is simply not returned.
FLAG = """
UPDATE claims_claim SET status = %(due)s, flagged_at = %(now)s, updated_at = %(now)s, version = version + 1
WHERE status = %(open)s AND id {among_due}
RETURNING id, round, revisit_on
"""
TELL = "INSERT INTO claims_event (claim_id, kind, job, at, from_status, to_status, data, key)"

# By id, so that a chunk lies together: on SQLite each writes its pages to the log, and scattered over a large file they
# took three times as long. The plus keeps it from walking all claims to find them in that order.
FLAG_ON_SQLITE = FLAG.format(among_due=f"IN ({DUE.format(order='+id')})")
TELL_ON_SQLITE = f"{TELL} VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
# All in one statement. An array, because it is looked up by id whatever the planner believes to know of the table:
# joined to a subquery, it read everything that is due again for each chunk.
FLAG_ON_POSTGRES = FLAG.format(among_due=f"= ANY(ARRAY({DUE.format(order='revisit_on, id')} FOR UPDATE SKIP LOCKED))")
FLAG_AND_TELL_ON_POSTGRES = f"""
WITH flagged AS ({FLAG_ON_POSTGRES}) {TELL}
SELECT id, %(kind)s, %(job)s, %(now)s, %(open)s, %(due)s,
    jsonb_build_object('revisit_on', revisit_on, 'round', round), concat_ws(':', id, %(kind)s, round)
FROM flagged
"""  # noqa: S608 - our own words; values are parameters


def flag_due(today: date, *, now: datetime, chunk: int | None = None) -> int:
    """How many claims were flagged; each has its Event in the same transaction.

    `today` is the day in the newsroom's time zone. Any number of sweeps may run at once and be stopped anywhere:
    what one has not committed the next one finds.
    """
    size = chunk or CHUNKS[connection.vendor]
    flagged = 0
    while True:
        taken = flag_some(today, now=now, most=size)
        flagged += taken
        if taken < size:
            return flagged


def flag_some(today: date, *, now: datetime, most: int) -> int:
    """How many claims were flagged in one transaction, `most` at the most."""
    words = {
        "kind": EventKind.FLAGGED.value,
        "job": JOB,
        "open": Status.OPEN.value,
        "due": Status.DUE.value,
        "today": connection.ops.adapt_datefield_value(today),
        "now": connection.ops.adapt_datetimefield_value(now),
        "chunk": most,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FLAG_AND_TELL_ON_POSTGRES, words)
            return int(cursor.rowcount)
        return _flag_and_tell_on_sqlite(cursor, words)


def _flag_and_tell_on_sqlite(cursor: CursorWrapper, words: dict[str, Any]) -> int:
    cursor.execute(FLAG_ON_SQLITE, words)
    flagged = cursor.fetchall()
    kind, job, now, open_, due = (words[name] for name in ("kind", "job", "now", "open", "due"))
    events = []
    for claim_id, round_, revisit_on in flagged:
        data = json.dumps({"revisit_on": str(revisit_on), "round": round_})
        # A flag's key does not depend on the version.
        key = Event.key_of(claim_id, EventKind.FLAGGED, round=round_, version=0)
        events.append((claim_id, kind, job, now, open_, due, data, key))
    if events:
        cursor.executemany(TELL_ON_SQLITE, events)
    return len(flagged)
