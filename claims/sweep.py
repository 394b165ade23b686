"""The sweep: flags every open claim whose revisit day has come, once."""

import json
import logging
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from claims.lifecycle import EventKind, Status
from claims.models import Event

logger = logging.getLogger(__name__)
JOB = "sweep"
# Claims a transaction, while which every other writer waits: on SQLite at once, on Postgres once it comes to its event.
CHUNKS = {"sqlite": 1_500, "postgresql": 5_000}
# Claims that are found in one look, and held in memory as numbers.
LOOK = 200_000

# The status is no parameter: SQLite could not tell that the index holds all that is asked for.
DUE = "SELECT id FROM claims_claim WHERE status = 'open' AND revisit_on <= %s ORDER BY revisit_on, id LIMIT %s"
# A claim that another sweep or an editor took or moved since the look is simply not returned.
FLAG = """
UPDATE claims_claim SET status = %(due)s, flagged_at = %(now)s, updated_at = %(now)s, version = version + 1
WHERE status = %(open)s AND revisit_on <= %(today)s AND id {among}
RETURNING id, round, revisit_on
"""
TELL = "INSERT INTO claims_event (claim_id, kind, job, at, from_status, to_status, data, key)"

FLAG_ON_SQLITE = FLAG.format(among="IN (SELECT value FROM json_each(%(ids)s))")
TELL_ON_SQLITE = f"{TELL} VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
# Arrays of subqueries, because they are looked up by id whatever the planner believes to know of the table: joined, it
# read all that is due again for each chunk.
FLAG_ON_POSTGRES = FLAG.format(
    among="""= ANY(ARRAY(
    SELECT id FROM claims_claim WHERE id = ANY(ARRAY(SELECT unnest(%(ids)s::bigint[]))) FOR UPDATE SKIP LOCKED))"""
)
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
    while found := _look(today):
        taken = sum(_flag(found[at : at + size], today, now=now) for at in range(0, len(found), size))
        flagged += taken
        # The rest is being flagged by somebody else at this moment.
        if len(found) < LOOK or not taken:
            break
    return flagged


def _look(today: date) -> list[int]:
    """Ids of claims that are due, those that are due longest where they are very many.

    Sorted, so that claims that lie together are written together. By their days a chunk is scattered over the whole
    table: among a million claims the sweep took twice as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(DUE, (connection.ops.adapt_datefield_value(today), LOOK))
        return sorted(pk for (pk,) in cursor.fetchall())


def _flag(ids: Sequence[int], today: date, *, now: datetime) -> int:
    """How many of these claims were flagged; one that the database refuses is told of and keeps no other back."""
    try:
        return flag_some(ids, today, now=now)
    except IntegrityError:
        if len(ids) == 1:
            logger.exception("claim %d cannot be flagged", ids[0])
            return 0
    half = len(ids) // 2
    return _flag(ids[:half], today, now=now) + _flag(ids[half:], today, now=now)


def flag_some(ids: Sequence[int], today: date, *, now: datetime) -> int:
    """How many of these claims were flagged, in one transaction; those that are not due any more are left alone."""
    words = {
        "kind": EventKind.FLAGGED.value,
        "job": JOB,
        "open": Status.OPEN.value,
        "due": Status.DUE.value,
        "today": connection.ops.adapt_datefield_value(today),
        "now": connection.ops.adapt_datetimefield_value(now),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FLAG_AND_TELL_ON_POSTGRES, words | {"ids": list(ids)})
            return int(cursor.rowcount)
        return _flag_and_tell_on_sqlite(cursor, words | {"ids": json.dumps(ids)})


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
