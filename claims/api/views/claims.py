"""Claims: listed, logged, read, edited, and thrown away while they are drafts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError as InvalidModel
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import filters, logbook
from claims.api import documents, etags, writing
from claims.api.endpoint import Endpoint, Versioned
from claims.api.listing import listed, listed_by_relevance
from claims.api.orderings import ORDERING, is_by_relevance, ordered
from claims.api.problems import Conflict, PreconditionFailed
from claims.api.serializers import answers
from claims.api.serializers.claims import ClaimBody
from claims.filters import UnreadableQuery
from claims.lifecycle import Status
from claims.models import Claim, StaleClaim
from claims.models.claim_set import ClaimSet, sees_drafts


class ClaimEndpoint(Endpoint):
    """A view of claims: what this person may not see is not there."""

    @property
    def claims(self) -> ClaimSet:
        """The claims that this person sees."""
        return Claim.objects.visible_to(self.request.user)

    @property
    def is_newsroom(self) -> bool:
        """Whether this person sees drafts, and colleagues by name."""
        return sees_drafts(self.request.user)

    def find(self, public_id: str) -> Claim:
        """The claim, or 404: for a draft as well, to those who may not see it."""
        claim = self.claims.filter(public_id=public_id).first()
        if claim is None:
            raise Http404
        return claim

    @contextmanager
    def unless_changed(self, claim: Claim) -> Iterator[None]:
        """For a write that needs no If-Match and heeds it where it is sent: the claim is still the one it names."""
        version = etags.expected_version(self.request, claim, is_required=False)
        try:
            yield
        except StaleClaim:
            if version is not None:
                raise PreconditionFailed from None
            raise

    def draw(self, claim: Claim) -> documents.Document:
        """The claim's document; it must hold all its parts."""
        return documents.claim(claim, root=self.root, today=timezone.localdate())

    def answer(self, claim: Claim, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
        """The claim as it stands in the database now, with its version as the ETag."""
        claim = Claim.objects.with_all().get(pk=claim.pk)
        return Versioned(self.draw(claim), version=claim.version, status=status, headers=headers)


class ClaimList(ClaimEndpoint):
    """All claims."""

    parameters = filters.API | ORDERING

    @extend_schema(operation_id="claims_list", responses=answers.ClaimPage)
    def get(self, request: Request) -> Response:
        """Claims that answer the query, a page at a time; the withdrawn only where they are asked for by status."""
        if "owner" in self.asked.values and not self.is_newsroom:
            raise UnreadableQuery({"owner": ["Only the newsroom can ask for this."]})
        if is_by_relevance(self.asked):
            rows = self.asked.without("q").apply(self.claims)
            return Response(listed_by_relevance(request, self.asked, rows, self.draw))
        rows, ordering = ordered(self.asked.apply(self.claims), self.asked)
        return Response(listed(request, self.asked, rows.with_all(), ordering, self.draw))

    @extend_schema(operation_id="claims_create", request=ClaimBody, responses={201: answers.Claim})
    def post(self, request: Request) -> Response:
        """Log a claim as a draft, with its citations, figures and topics."""
        values = self.read(ClaimBody)
        now = timezone.now()
        claim = Claim(owner=self.person, created_at=now, updated_at=now)
        writing.fill(claim, values)
        logbook.check_revisit_day(claim)
        logbook.log(claim, by=self.person, at=now, parts=lambda held: writing.save_parts(held, values))
        place = self.root + reverse("api:claim", args=[claim.public_id])
        return self.answer(claim, status=201, headers={"Location": place})


class ClaimDetail(ClaimEndpoint):
    """One claim."""

    @extend_schema(operation_id="claims_read", responses=answers.Claim)
    def get(self, request: Request, public_id: str) -> Response:
        """The claim with its chain, figures and verdict."""
        claim = self.claims.with_all().filter(public_id=public_id).first()
        if claim is None:
            raise Http404
        return Versioned(self.draw(claim), version=claim.version)

    @extend_schema(operation_id="claims_replace", request=ClaimBody, responses=answers.Claim)
    def put(self, request: Request, public_id: str) -> Response:
        """Write the claim anew; what is left out is emptied."""
        return self._edit(request, public_id)

    @extend_schema(operation_id="claims_edit", request=ClaimBody, responses=answers.Claim)
    def patch(self, request: Request, public_id: str) -> Response:
        """Change what is sent; a list is replaced as a whole."""
        return self._edit(request, public_id)

    def _edit(self, request: Request, public_id: str) -> Response:
        claim = self.find(public_id)
        version = etags.expected_version(request, claim)
        values = self.read(ClaimBody)
        try:
            with logbook.amending(claim, by=self.person, at=timezone.now(), version=version) as held:
                writing.fill(held, values)
                writing.save_parts(held, values)
        except StaleClaim:
            raise PreconditionFailed from None
        return self.answer(held)

    @extend_schema(operation_id="claims_delete", request=None, responses={204: None})
    def delete(self, request: Request, public_id: str) -> Response:
        """Throw a draft away. What was published is withdrawn instead."""
        claim = self.find(public_id)
        version = etags.expected_version(request, claim)
        if claim.status != Status.DRAFT:
            raise Conflict("Only drafts can be deleted; a published claim is withdrawn, and stays on the record.")
        try:
            with transaction.atomic():
                self._hold(claim, version)
                logbook.discard(claim)
        except InvalidModel as error:
            raise Conflict(" ".join(error.messages)) from None
        return Response(status=204)

    def _hold(self, claim: Claim, version: int | None) -> None:
        held: Any = Claim.objects.select_for_update(of=("self",)).filter(pk=claim.pk).first()
        if held is None or (version is not None and held.version != version):
            raise PreconditionFailed
