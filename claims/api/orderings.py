"""The orders in which claims are listed."""

from datetime import date, datetime

from django.db.models import Value
from django.db.models.functions import Coalesce

from claims.api.listing import PAGING, Ordering, leave
from claims.filters import Parameter, Query, UnreadableQuery
from claims.models.claim_set import ClaimSet
from claims.models.visibility import NamedByClaims
from claims.paging import Order
from claims.search import Words

# A row comparison passes over null: claims without a revisit day come last.
NEVER = date.max
COLUMNS: dict[str, tuple[str, type]] = {
    "projected_to": ("ends_on", date),
    "revisit_on": ("revisit_key", date),
    "made_on": ("made_on", date),
    "updated_at": ("updated_at", datetime),
}
ORDERINGS = {
    f"{sign}{name}": Ordering(Order(f"{sign}{name}", column, is_descending=bool(sign)), key)
    for name, (column, key) in COLUMNS.items()
    for sign in ("", "-")
}
RELEVANCE = "relevance"
BY_ID = Ordering(Order("id", "pk"), int)
BY_LATEST = Ordering(Order("latest", "pk", is_descending=True), int)
BY_NEWEST = Ordering(Order("newest", "dated", is_descending=True), date)
BY_SLUG = Ordering(Order("slug", "slug"), str)


def _name(text: str) -> str:
    if text not in ORDERINGS and text != RELEVANCE:
        raise ValueError(f"{text[:40]!r} is none of: {', '.join([*ORDERINGS, RELEVANCE])}.")
    return text


ORDERING = PAGING | {"ordering": Parameter(_name, leave)}


def ordered(claims: ClaimSet, asked: Query) -> tuple[ClaimSet, Ordering]:
    """The claims with the key that they are ordered by; not for relevance, which is no column."""
    name = asked.text("ordering") or "projected_to"
    ordering = ORDERINGS[name]
    if ordering.order.field == "revisit_key":
        claims = claims.annotate(revisit_key=Coalesce("revisit_on", Value(NEVER)))
    return claims, ordering


def is_by_relevance(asked: Query) -> bool:
    """Whether the best answers are to come first. UnreadableQuery where nothing says what they should answer."""
    if asked.text("ordering") != RELEVANCE:
        return False
    if not Words.read(asked.text("q")).wanted:
        raise UnreadableQuery({"ordering": ["Say with q which words the claims are to answer."]})
    return True


def with_newest(articles: NamedByClaims) -> NamedByClaims:
    """The articles with the key of BY_NEWEST; those without a date come last."""
    dated: NamedByClaims = articles.annotate(dated=Coalesce("published_on", Value(date.min)))
    return dated
