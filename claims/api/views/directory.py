"""Claimants, sources and topics: the directory of what claims name."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import documents
from claims.api.listing import PAGING
from claims.api.serializers import answers
from claims.api.serializers.records import ClaimantBody, SourceBody, TopicBody
from claims.api.views.records import Records
from claims.models import Claimant, Source, Topic


class ClaimantRecords(Records):
    """Claimants."""

    model, shape, draw, detail = Claimant, ClaimantBody, staticmethod(documents.claimant), "claimant"


class ClaimantList(ClaimantRecords):
    """All claimants."""

    parameters = PAGING

    @extend_schema(operation_id="claimants_list", responses=answers.ClaimantPage)
    def get(self, request: Request) -> Response:
        """The claimants by short name; for the public those that a published claim names."""
        return self.listing(request)

    @extend_schema(operation_id="claimants_create", request=ClaimantBody, responses={201: answers.Claimant})
    def post(self, request: Request) -> Response:
        """Add a claimant."""
        return self.make()


class ClaimantDetail(ClaimantRecords):
    """One claimant."""

    @extend_schema(operation_id="claimants_read", responses=answers.Claimant)
    def get(self, request: Request, slug: str) -> Response:
        """The claimant."""
        return self.shown(slug=slug)

    @extend_schema(operation_id="claimants_edit", request=ClaimantBody, responses=answers.Claimant)
    def patch(self, request: Request, slug: str) -> Response:
        """Change what is sent."""
        return self.change(request, slug=slug)


class SourceRecords(Records):
    """Sources."""

    model, shape, draw, detail = Source, SourceBody, staticmethod(documents.source), "source"


class SourceList(SourceRecords):
    """All sources."""

    parameters = PAGING

    @extend_schema(operation_id="sources_list", responses=answers.SourcePage)
    def get(self, request: Request) -> Response:
        """The sources by short name; for the public those that a published claim names."""
        return self.listing(request)

    @extend_schema(operation_id="sources_create", request=SourceBody, responses={201: answers.Source})
    def post(self, request: Request) -> Response:
        """Add a source."""
        return self.make()


class SourceDetail(SourceRecords):
    """One source."""

    @extend_schema(operation_id="sources_read", responses=answers.Source)
    def get(self, request: Request, slug: str) -> Response:
        """The source."""
        return self.shown(slug=slug)

    @extend_schema(operation_id="sources_edit", request=SourceBody, responses=answers.Source)
    def patch(self, request: Request, slug: str) -> Response:
        """Change what is sent."""
        return self.change(request, slug=slug)


class TopicRecords(Records):
    """Topics."""

    model, shape, draw, detail = Topic, TopicBody, staticmethod(documents.topic), "topic"


class TopicList(TopicRecords):
    """All topics."""

    parameters = PAGING

    @extend_schema(operation_id="topics_list", responses=answers.TopicPage)
    def get(self, request: Request) -> Response:
        """The topics by short name; for the public those that a published claim names."""
        return self.listing(request)

    @extend_schema(operation_id="topics_create", request=TopicBody, responses={201: answers.Topic})
    def post(self, request: Request) -> Response:
        """Add a topic."""
        return self.make()


class TopicDetail(TopicRecords):
    """One topic."""

    @extend_schema(operation_id="topics_read", responses=answers.Topic)
    def get(self, request: Request, slug: str) -> Response:
        """The topic."""
        return self.shown(slug=slug)

    @extend_schema(operation_id="topics_edit", request=TopicBody, responses=answers.Topic)
    def patch(self, request: Request, slug: str) -> Response:
        """Change what is sent."""
        return self.change(request, slug=slug)
