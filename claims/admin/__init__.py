"""The journalists' room: the desk, which is Django's admin. Each noun registers itself; `desk` is the site."""

from claims.admin import (
    articles,
    claimants,
    claims,
    deliveries,
    events,
    letters,
    people,
    reviews,
    sources,
    tokens,
    topics,
    webhooks,
)

__all__ = [
    "articles",
    "claimants",
    "claims",
    "deliveries",
    "events",
    "letters",
    "people",
    "reviews",
    "sources",
    "tokens",
    "topics",
    "webhooks",
]
