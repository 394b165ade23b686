"""Rows straight into their tables: what bulk_create does, without an object and a validation for each of millions."""

from collections.abc import Sequence

from django.core.management.color import no_style
from django.db import connection, models

# What both databases take as it is; days and moments (in UTC) are written as ISO texts, JSON as its own text.
Value = str | int | None
Row = tuple[Value, ...]


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Add the rows, each with its id; the caller answers for texts that the model's fields would have refused."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - our own names


def next_id(model: type[models.Model]) -> int:
    """The first id that no row has."""
    last: int | None = model._default_manager.aggregate(last=models.Max("pk"))["last"]
    return (last or 0) + 1


def continue_ids(*of: type[models.Model]) -> None:
    """Let the database number new rows after the ones that were inserted with an id."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), of):
            cursor.execute(statement)
