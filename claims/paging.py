"""Pages by key: each begins where the last one ended, so that page 10,000 costs what the first one does."""

import base64
import binascii
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import BooleanField, Field, Func, Model, QuerySet, Value
from django.db.models.expressions import Combinable, F


class UnreadableCursor(ValueError):
    """A cursor that is not one of ours, or belongs to another ordering."""

    def __init__(self) -> None:
        super().__init__("This cursor cannot be read. Begin again without it.")


def _short_name(text: str) -> str:
    if not SHORT_NAME.fullmatch(text):
        raise UnreadableCursor
    return text


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise UnreadableCursor
    return moment.astimezone(UTC)


def _points(text: str) -> float:
    points = float(text)
    if not math.isfinite(points):
        raise UnreadableCursor
    return points


def _number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        raise UnreadableCursor
    return int(text)


# The kinds of key, the narrower type before the wider: a moment is a day to Python as well.
SHORT_NAME = re.compile(r"[-\w]{1,80}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,18}")
KINDS: dict[str, tuple[type, Callable[[str], Any]]] = {
    "t": (datetime, _moment),
    "d": (date, date.fromisoformat),
    "s": (str, _short_name),
    "n": (int, _number),
    "f": (float, _points),
}


class RowIs(Func):
    """`(a, id) > (x, y)`: the comparison of rows that both databases answer from one index.

    Django's own tuple look-up becomes an OR on SQLite, which reads the whole index.
    """

    output_field: Field = BooleanField()
    conditional = True
    template = "(%(expressions)s)"

    def __init__(self, fields: Sequence[str | Combinable], sign: str, values: Sequence[Any]) -> None:
        self.sign, self.width = sign, len(fields)
        super().__init__(*(F(f) if isinstance(f, str) else f for f in fields), *values)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:  # type: ignore[override]
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        left, right = parts[: self.width], parts[self.width :]
        row = ", ".join(sql for sql, _params in left)
        bound = ", ".join(sql for sql, _params in right)
        return f"(({row}) {self.sign} ({bound}))", [param for _sql, params in parts for param in params]


@dataclass(frozen=True, slots=True)
class Order:
    """An ordering that a page can be cut from: a column (made unique by the id) and its direction."""

    name: str
    field: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place between two rows: the key of the row at its edge, and on which side the page lies."""

    order: str
    is_backward: bool
    key: Any
    pk: int

    def __str__(self) -> str:
        kind = next(kind for kind, (type_, _read) in KINDS.items() if isinstance(self.key, type_))
        key = self.key.isoformat() if isinstance(self.key, date) else str(self.key)
        parts = [self.order, int(self.is_backward), kind, key, self.pk]
        return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, order: str, key: type = date) -> "Cursor":
        """The cursor behind the text; `key` is the type of the ordering's column.

        Raises UnreadableCursor for anything that this ordering did not give out.
        """
        try:
            if len(text) > 200:
                raise UnreadableCursor
            parts = json.loads(
                base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            )
            name, backward, kind, edge, pk = parts
            cursor = cls(name, bool(backward), KINDS[kind][1](edge), pk)
        except (ValueError, TypeError, KeyError, OverflowError, binascii.Error, RecursionError):
            raise UnreadableCursor from None
        if name != order or type(cursor.key) is not key or type(pk) is not int or not 0 < pk < 2**63:
            raise UnreadableCursor
        return cursor


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and the cursors of the pages on either side, None where there is none."""

    rows: list[Any]
    next: str | None
    previous: str | None


def page(rows: QuerySet, order: Order, *, size: int, cursor: Cursor | None = None) -> Page:
    """The page of the rows that lies behind the cursor; the first one without it."""
    is_backward = cursor is not None and cursor.is_backward
    is_falling = order.is_descending != is_backward
    sign = "<" if is_falling else ">"
    if cursor is not None:
        rows = rows.filter(RowIs([order.field, "pk"], sign, [Value(cursor.key), Value(cursor.pk)]))
    prefix = "-" if is_falling else ""
    found = list(rows.order_by(f"{prefix}{order.field}", f"{prefix}pk")[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_backward:
        found.reverse()

    def at(row: Model, *, backward: bool) -> str:
        return str(Cursor(order.name, backward, getattr(row, order.field), row.pk))

    has_next, has_previous = (bool(cursor), has_more) if is_backward else (has_more, bool(cursor))
    return Page(
        rows=found,
        next=at(found[-1], backward=False) if found and has_next else None,
        previous=at(found[0], backward=True) if found and has_previous else None,
    )


def page_of(hits: Sequence[tuple[float, int]], name: str, *, size: int, cursor: Cursor | None = None) -> Page:
    """The page of these (points, id), which are in falling order, that lies behind the cursor; its rows are ids.

    For an order that no index holds, over as many rows as fit into memory.
    """
    start = 0
    if cursor is not None:
        before = sum(hit > (cursor.key, cursor.pk) for hit in hits)
        is_there = (cursor.key, cursor.pk) in hits
        start = max(before - size, 0) if cursor.is_backward else before + is_there
        size = before - start if cursor.is_backward else size
    found = hits[start : start + size]

    def at(hit: tuple[float, int], *, backward: bool) -> str:
        points, pk = hit
        return str(Cursor(name, backward, points, pk))

    return Page(
        rows=[pk for _points, pk in found],
        next=at(found[-1], backward=False) if found and start + size < len(hits) else None,
        previous=at(found[0], backward=True) if found and start > 0 else None,
    )
