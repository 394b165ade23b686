"""The index beside the tables: put in place after every migration, rebuilt on demand, compared with what it is of."""

from typing import Any

from django.db import connection, connections, transaction

from claims.search import postgres, sqlite


def install(*, using: str, **_: Any) -> None:
    """Make the index and its triggers where they are not there, and fill it where claims came before it."""
    with connections[using].cursor() as cursor:
        if "claims_claim_topics" not in connections[using].introspection.table_names(cursor):
            return
        for statement in _of(connections[using].vendor).INSTALL:
            cursor.execute(statement)
        cursor.execute("SELECT EXISTS (SELECT 1 FROM claims_claim) AND NOT EXISTS (SELECT 1 FROM claims_search)")
        is_behind = cursor.fetchone()[0]
        if is_behind:
            for statement in _of(connections[using].vendor).REBUILD:
                cursor.execute(statement)


def rebuild() -> None:
    """The whole index anew, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _of(connection.vendor).REBUILD:
            cursor.execute(statement)


def astray() -> int:
    """How many entries of the index differ from the claims they are of, are missing, or are of none."""
    with connection.cursor() as cursor:
        cursor.execute(_of(connection.vendor).ASTRAY)
        return int(cursor.fetchone()[0])


def _of(vendor: str) -> Any:
    return postgres if vendor == "postgresql" else sqlite
