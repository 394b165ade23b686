"""Reviews of a claim: drafted by reporters, published by editors, never changed."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from claims import revisit
from claims.api import documents
from claims.api.listing import PAGING, listed
from claims.api.orderings import BY_ID
from claims.api.serializers import answers
from claims.api.serializers.claims import PublishBody, ReviewBody
from claims.api.views.claims import ClaimEndpoint
from claims.api.writing import evidence_of
from claims.models import Claim, Review

MAY_PUBLISH = "claims.publish_claim"


class ReviewEndpoint(ClaimEndpoint):
    """A view of reviews; drafts are the newsroom's."""

    def reviews(self, claim: Claim) -> QuerySet[Review]:
        """The reviews of the claim that this person sees, with all that their documents name."""
        seen = (
            Review.objects.filter(claim=claim) if self.is_newsroom else Review.objects.published().filter(claim=claim)
        )
        return (
            seen.select_related("claim", "author", "supersedes")
            .prefetch_related("evidence__article__source")
            .defer("claim__criteria")
        )

    def draw_review(self, review: Review) -> documents.Document:
        """The review's document."""
        return documents.review(review, is_newsroom=self.is_newsroom)

    def answer_review(self, review: Review, *, status: int = 200) -> Response:
        """The review as it stands in the database now."""
        return Response(self.draw_review(self.reviews(review.claim).get(pk=review.pk)), status=status)


class ReviewList(ReviewEndpoint):
    """The reviews of one claim."""

    parameters = PAGING

    @extend_schema(operation_id="reviews_list", responses=answers.ReviewPage)
    def get(self, request: Request, public_id: str) -> Response:
        """Verdicts on the claim, the first one first."""
        rows = self.reviews(self.find(public_id))
        return Response(listed(request, self.asked, rows, BY_ID, self.draw_review))

    @extend_schema(operation_id="reviews_create", request=ReviewBody, responses={201: answers.Review})
    def post(self, request: Request, public_id: str) -> Response:
        """Draft a review, or publish a verdict at once."""
        claim = self.find(public_id)
        values = self.read(ReviewBody)
        publish = values.pop("publish")
        if publish and not self.person.has_perm(MAY_PUBLISH):
            raise PermissionDenied("Only editors publish reviews.")
        return self.answer_review(self._write(claim, values, publish=publish), status=201)

    def _write(self, claim: Claim, values: dict[str, Any], *, publish: bool) -> Review:
        now, user = timezone.now(), self.person
        with self.unless_changed(claim), transaction.atomic():
            values["evidence"] = evidence_of(values["evidence"])
            review = revisit.draft_review(claim, **values, author=user, at=now)
            if publish:
                revisit.publish_review(review, by=user, at=now, today=timezone.localdate(), claim=claim)
        return review


class PublishReview(ReviewEndpoint):
    """A draft becomes the verdict."""

    @extend_schema(operation_id="reviews_publish", request=PublishBody, responses=answers.Review)
    def post(self, request: Request, public_id: str, number: int) -> Response:
        """Publish a draft review: it resolves the claim."""
        self.read(PublishBody)
        claim = self.find(public_id)
        review = self.reviews(claim).filter(number=number).first()
        if review is None:
            raise Http404
        with self.unless_changed(claim):
            revisit.publish_review(review, by=self.person, at=timezone.now(), today=timezone.localdate(), claim=claim)
        return self.answer_review(review)
