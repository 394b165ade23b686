"""Triggers for the invariants that a constraint cannot say; put in place after every migration, as often as it runs.

Both databases answer a breach with an IntegrityError. What they hold: an event is never changed, nor a
published review; a draft is published with a citation only; `via` stays within its claim and makes no circle.
"""

from typing import Any, NamedTuple

from django.db import connections

CIRCLE = """WITH RECURSIVE up(id) AS (
    SELECT NEW.via_id UNION SELECT c.via_id FROM claims_citation c JOIN up ON c.id = up.id WHERE c.via_id IS NOT NULL
) SELECT 1 FROM up WHERE id = NEW.id"""
ELSEWHERE = "SELECT 1 FROM claims_citation WHERE id = NEW.via_id AND claim_id <> NEW.claim_id"
UNCITED = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM claims_citation WHERE claim_id = NEW.id)"
ON_RECORD = "SELECT 1 FROM claims_review WHERE id = OLD.review_id AND published_at IS NOT NULL"


class Guard(NamedTuple):
    """A row is refused where `when` holds and, if named, the `breach` query finds something."""

    name: str
    table: str
    moment: str
    when: str
    breach: str
    message: str


GUARDS = [
    Guard("event_is_append_only", "claims_event", "UPDATE", "TRUE", "", "events are never changed"),
    Guard(
        "review_is_append_only",
        "claims_review",
        "UPDATE",
        "OLD.published_at IS NOT NULL",
        "",
        "published reviews are never changed",
    ),
    Guard("evidence_is_append_only", "claims_evidence", "UPDATE", "TRUE", ON_RECORD, "evidence is never changed"),
    Guard(
        "claim_is_cited",
        "claims_claim",
        "UPDATE OF status",
        "OLD.status = 'draft' AND NEW.status = 'open'",
        UNCITED,
        "a published claim has a citation",
    ),
    Guard("via_begins_in_claim", "claims_citation", "INSERT", "NEW.via_id IS NOT NULL", ELSEWHERE, "via: elsewhere"),
    Guard("via_stays_in_claim", "claims_citation", "UPDATE", "NEW.via_id IS NOT NULL", ELSEWHERE, "via: elsewhere"),
    Guard("via_makes_no_circle", "claims_citation", "UPDATE", "NEW.via_id IS NOT NULL", CIRCLE, "via: a circle"),
]


# An id is given before its transaction ends. Here whoever writes an event waits until the last one is seen, so that the
# ledger can be followed by its ids; on SQLite there is one writer at a time as it is.
IN_ORDER_ON_POSTGRES = """
CREATE OR REPLACE FUNCTION events_come_in_order() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
    PERFORM pg_advisory_xact_lock('claims_event'::regclass::oid::bigint);
    RETURN NULL; END $guard$;
CREATE OR REPLACE TRIGGER events_come_in_order BEFORE INSERT ON claims_event
    FOR EACH STATEMENT EXECUTE FUNCTION events_come_in_order()
"""


def install(*, using: str, **_: Any) -> None:
    """Drop and make each trigger, in the words of the database at hand."""
    connection = connections[using]
    if "claims_citation" not in connection.introspection.table_names():
        return
    write = _postgres if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for statement in write(guard):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute(IN_ORDER_ON_POSTGRES)


def _sqlite(guard: Guard) -> list[str]:
    where = f" WHERE EXISTS ({guard.breach})" if guard.breach else ""
    made = f"CREATE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table} WHEN {guard.when}"
    refused = f"SELECT RAISE(ABORT, '{guard.message}'){where}"
    return [f"DROP TRIGGER IF EXISTS {guard.name}", f"{made} BEGIN {refused}; END"]


def _postgres(guard: Guard) -> list[str]:
    condition = f"EXISTS ({guard.breach})" if guard.breach else "TRUE"
    refused = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'check_violation'"
    made = f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.moment} ON {guard.table}"
    return [
        f"""CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
            IF {condition} THEN {refused}; END IF;
            RETURN NEW; END $guard$""",
        f"{made} FOR EACH ROW WHEN ({guard.when}) EXECUTE FUNCTION {guard.name}()",
    ]
