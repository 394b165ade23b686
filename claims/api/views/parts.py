"""Citations and figures of a claim."""

from collections.abc import Callable
from typing import TypeVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims import logbook
from claims.api import documents, etags, writing
from claims.api.listing import PAGING, listed
from claims.api.orderings import BY_ID
from claims.api.problems import PreconditionFailed
from claims.api.serializers import answers
from claims.api.serializers.claims import MOST_PARTS, CitationBody, FigureBody
from claims.api.views.claims import ClaimEndpoint
from claims.models import Citation, Claim, Figure, StaleClaim

Part = TypeVar("Part", Citation, Figure)


class PartList(ClaimEndpoint):
    """Parts of one claim; adding one is an edit of the claim, and heeds If-Match where it is sent."""

    parameters = PAGING

    def added(self, public_id: str, add: Callable[[Claim], Part]) -> Part:
        """The part that was added, with the Event of the edit."""
        claim = self.find(public_id)
        version = etags.expected_version(self.request, claim, is_required=False)
        try:
            with logbook.amending(claim, by=self.person, at=timezone.now(), version=version) as held:
                return add(held)
        except StaleClaim:
            raise PreconditionFailed from None


class CitationList(PartList):
    """Where a claim stands."""

    @extend_schema(operation_id="citations_list", responses=answers.CitationPage)
    def get(self, request: Request, public_id: str) -> Response:
        """The citations of the claim, in the order in which they were logged."""
        rows = (
            Citation.objects.filter(claim=self.find(public_id)).select_related("article__source").defer("article__text")
        )
        return Response(listed(request, self.asked, rows, BY_ID, documents.citation))

    @extend_schema(operation_id="citations_create", request=CitationBody, responses={201: answers.Citation})
    def post(self, request: Request, public_id: str) -> Response:
        """Add a citation; `via` is the position, from 0, of one that the claim has."""
        values = self.read(CitationBody)

        def add(claim: Claim) -> Citation:
            earlier = list(claim.citations.order_by("pk"))
            _check_room(len(earlier))
            article = writing.saved_article(values["article"], place="article")
            return writing.save_citation(Citation(claim=claim, article=article), values, earlier)

        return Response(documents.citation(self.added(public_id, add)), status=201)


class FigureList(PartList):
    """What a claim says in numbers."""

    @extend_schema(operation_id="figures_list", responses=answers.FigurePage)
    def get(self, request: Request, public_id: str) -> Response:
        """The figures of the claim, in the order in which they were logged."""
        rows = Figure.objects.filter(claim=self.find(public_id))
        return Response(listed(request, self.asked, rows, BY_ID, documents.figure))

    @extend_schema(operation_id="figures_create", request=FigureBody, responses={201: answers.Figure})
    def post(self, request: Request, public_id: str) -> Response:
        """Add a figure."""
        values = self.read(FigureBody)

        def add(claim: Claim) -> Figure:
            _check_room(claim.figures.count())
            return writing.save_figure(claim, values)

        return Response(documents.figure(self.added(public_id, add)), status=201)


def _check_room(held: int) -> None:
    if held >= MOST_PARTS:
        raise ValidationError(f"A claim has at most {MOST_PARTS} of these.")
