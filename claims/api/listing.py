"""Lists: `{"next", "previous", "results"}`, cut by key, with the addresses of the pages on either side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from claims.filters import Parameter, Query, UnreadableQuery
from claims.models.claim_set import ClaimSet
from claims.paging import Cursor, Order, UnreadableCursor, page, page_of
from claims.search import ranked

DEFAULT_SIZE = 50
MOST = 200


def leave(rows: Any, _values: list) -> Any:
    """For parameters that choose a page and no rows."""
    return rows


def page_size(text: str) -> int:
    """Rows on a page; ValueError unless it is a whole number from 1 to 200."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST):
        raise ValueError(f"Write a whole number from 1 to {MOST}.")
    return int(text)


def _cursor(text: str) -> str:
    if not text:
        raise UnreadableCursor
    return text


PAGING: dict[str, Parameter] = {
    "page_size": Parameter(page_size, leave),
    "cursor": Parameter(_cursor, leave),
}


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order that pages are cut from, and the type of its key: a cursor with another one is not ours."""

    order: Order
    key: type = date


BY_RELEVANCE = Ordering(Order("relevance", "", is_descending=True), float)


def listed(
    request: Request, asked: Query, rows: QuerySet, ordering: Ordering, draw: Callable[[Any], Mapping[str, Any]]
) -> dict[str, Any]:
    """The page of the rows that the query asks for, each drawn as its document."""
    size = asked.values.get("page_size", [DEFAULT_SIZE])[0]
    cursor = _read_cursor(asked.text("cursor"), ordering) if "cursor" in asked.values else None
    found = page(rows, ordering.order, size=size, cursor=cursor)
    return {
        "next": _address(request, cursor=found.next),
        "previous": _address(request, cursor=found.previous),
        "results": [draw(row) for row in found.rows],
    }


def listed_by_relevance(
    request: Request, asked: Query, rows: ClaimSet, draw: Callable[[Any], Mapping[str, Any]]
) -> dict[str, Any]:
    """The page of the claims that answer `q` best; `rows` are those that the rest of the query leaves."""
    size = asked.values.get("page_size", [DEFAULT_SIZE])[0]
    cursor = _read_cursor(asked.text("cursor"), BY_RELEVANCE) if "cursor" in asked.values else None
    found = page_of(ranked(rows, asked.text("q")), BY_RELEVANCE.order.name, size=size, cursor=cursor)
    drawn = rows.with_all().in_bulk(found.rows)
    return {
        "next": _address(request, cursor=found.next),
        "previous": _address(request, cursor=found.previous),
        # One that has been removed in between is not there any more.
        "results": [draw(drawn[pk]) for pk in found.rows if pk in drawn],
    }


def followed(
    request: Request, asked: Query, rows: QuerySet, draw: Callable[[Any], Mapping[str, Any]]
) -> dict[str, Any]:
    """The rows after the one with the id in `after`, by id: a ledger is only ever read forwards."""
    size = asked.values.get("page_size", [DEFAULT_SIZE])[0]
    found = list(rows.filter(pk__gt=asked.values.get("after", [0])[0]).order_by("pk")[: size + 1])
    has_more, found = len(found) > size, found[:size]
    return {
        "next": _address(request, after=str(found[-1].pk)) if has_more else None,
        "previous": None,
        "results": [draw(row) for row in found],
    }


def _read_cursor(text: str, ordering: Ordering) -> Cursor:
    try:
        return Cursor.read(text, ordering.order.name, ordering.key)
    except UnreadableCursor as error:
        raise UnreadableQuery({"cursor": [str(error)]}) from None


def _address(request: Request, **changes: str | None) -> str | None:
    """This address with some parameters changed; None where a change is to nothing."""
    query = request.query_params.copy()
    for name, value in changes.items():
        if value is None:
            return None
        query[name] = value
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))
