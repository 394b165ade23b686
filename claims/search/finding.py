"""Claims in which words stand, and the best of them first."""

from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from claims.models.claim_set import ClaimSet
from claims.search import postgres, sqlite
from claims.search.words import Term, Words

# Among so many of the newest hits the best are looked for: a word that stands everywhere ranks nothing anyway.
POOL = 10_000
# No one reads further; who needs all of them takes another order.
MOST_RANKED = 1_000


class Hit(NamedTuple):
    """How well a claim answers, more is better, and its id; of two, the greater one comes first."""

    points: float
    pk: int


def matching(claims: ClaimSet, text: str) -> ClaimSet:
    """The claims in which every term of the text stands, and none that it excludes.

    An empty text asks for nothing and leaves all; one without a letter or digit finds none.
    """
    if not text.strip():
        return claims
    words = Words.read(text)
    if not words.terms:
        return claims.none()
    if words.wanted:
        claims = claims.filter(pk__in=_found(words.wanted, is_any=False))
    if words.excluded:
        claims = claims.exclude(pk__in=_found(words.excluded, is_any=True))
    return claims


def ranked(claims: ClaimSet, text: str) -> list[Hit]:
    """The best among these claims, those that answer best first and the newer of two as good.

    At most MOST_RANKED, among the newest POOL hits. `claims` need not be narrowed to the text before.
    """
    words = Words.read(text)
    if not words.wanted:
        return []
    if words.excluded:
        claims = claims.exclude(pk__in=_found(words.excluded, is_any=True))
    among, among_params = claims.order_by().values("pk").query.sql_with_params()
    bounds = {"among": among, "pool": POOL, "most": MOST_RANKED}
    if connection.vendor == "postgresql":
        query, terms = postgres.match(words.wanted)
        sql = postgres.RANKED.format(query=query).format(**bounds)
        params = [*terms, *terms, *among_params]
    else:
        sql = sqlite.RANKED.format(**bounds)
        params = [sqlite.match(words.wanted), *among_params]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Hit(*found) for found in cursor.fetchall()]


def _found(terms: tuple[Term, ...], *, is_any: bool) -> RawSQL:
    if connection.vendor == "postgresql":
        query, params = postgres.match(terms, together="||" if is_any else "&&")
        return RawSQL(postgres.FOUND.format(query=query), params)  # noqa: S611 - our own words
    return RawSQL(sqlite.FOUND, [sqlite.match(terms, together=" OR " if is_any else " AND ")])  # noqa: S611
