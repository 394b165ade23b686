"""The ledger: of one claim, and as the feed that keeps a mirror in step."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import documents
from claims.api.listing import PAGING, followed, leave, listed
from claims.api.orderings import BY_ID
from claims.api.serializers import answers
from claims.api.views.claims import ClaimEndpoint
from claims.filters import Parameter
from claims.lifecycle import EventKind, Status
from claims.models import Event


def _event_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError("Write the id of an event, or 0.")
    return int(text)


class EventEndpoint(ClaimEndpoint):
    """A view of events; those of a draft are as invisible as the draft, and stay so once it is published."""

    def draw_event(self, event: Event) -> documents.Document:
        """The event's document."""
        return documents.event(event, is_newsroom=self.is_newsroom)

    def told(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Events with what their documents name; how a draft was edited is told to the newsroom alone."""
        named = events.select_related("claim", "actor")
        return named if self.is_newsroom else named.exclude(kind=EventKind.EDITED, to_status=Status.DRAFT)


class ClaimEvents(EventEndpoint):
    """What befell one claim."""

    parameters = PAGING

    @extend_schema(operation_id="claim_events_list", responses=answers.EventPage)
    def get(self, request: Request, public_id: str) -> Response:
        """Everything that befell the claim, the first event first."""
        rows = self.told(Event.objects.filter(claim=self.find(public_id)))
        return Response(listed(request, self.asked, rows, BY_ID, self.draw_event))


class EventFeed(EventEndpoint):
    """What befell all claims."""

    parameters = {"page_size": PAGING["page_size"], "after": Parameter(_event_id, leave)}

    @extend_schema(operation_id="events_list", responses=answers.EventPage)
    def get(self, request: Request) -> Response:
        """The change feed, in order; ask again with the last id as `after`."""
        rows = self.told(Event.objects.filter(claim__in=self.claims))
        return Response(followed(request, self.asked, rows, self.draw_event))
