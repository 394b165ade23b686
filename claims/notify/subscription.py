"""Which events a webhook is told of: their kinds, and the timeline's filters on their claims."""

from collections.abc import Collection

from django.http import QueryDict

from claims import filters
from claims.filters import TIMELINE, Query
from claims.models import Claim, Webhook

# Not status and verdict: those are what an event changes, and its kind says it.
FILTERS = {name: TIMELINE[name] for name in ("q", "kind", "topic", "claimant", "source", "from", "to")}


def read_filter(text: str) -> Query:
    """The filter in words of a query string. Raises UnreadableQuery, which names what is wrong with it."""
    return filters.read(QueryDict(text.removeprefix("?")), FILTERS)


def passing(webhook: Webhook, claims: Collection[int]) -> set[int]:
    """The ids of those claims that the public sees and the webhook's filter lets pass, withdrawn ones too.

    Raises UnreadableQuery where the filter cannot be read any more.
    """
    found = read_filter(webhook.query).narrow(Claim.objects.published().filter(pk__in=claims))
    return set(found.order_by().values_list("pk", flat=True))
