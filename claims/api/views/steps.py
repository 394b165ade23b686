"""The steps of a claim's life: publish, postpone, reschedule, withdraw, reopen; each answers the claim."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import revisit
from claims.api.serializers import answers
from claims.api.serializers.claims import PostponeBody, PublishBody, ReasonBody, RescheduleBody
from claims.api.views.claims import ClaimEndpoint
from claims.api.writing import saved_article
from claims.logbook import read_projection
from claims.models import Claim


class Step(ClaimEndpoint):
    """A step; If-Match is not required, and heeded where it is sent."""

    def take(self, public_id: str, step: Callable[[Claim], Any]) -> Response:
        """The claim once the step is taken, whole or not at all."""
        claim = self.find(public_id)
        with self.unless_changed(claim), transaction.atomic():
            step(claim)
        return self.answer(claim)


class PublishClaim(Step):
    """A draft goes on the record."""

    @extend_schema(operation_id="claims_publish", request=PublishBody, responses=answers.Claim)
    def post(self, request: Request, public_id: str) -> Response:
        """Publish a draft. It needs a citation, and a day to revisit it."""
        self.read(PublishBody)
        return self.take(public_id, lambda claim: revisit.publish(claim, by=self.person, at=timezone.now()))


class PostponeClaim(Step):
    """Too early to tell."""

    @extend_schema(operation_id="claims_postpone", request=PostponeBody, responses=answers.Claim)
    def post(self, request: Request, public_id: str) -> Response:
        """Look again on another day."""
        values = self.read(PostponeBody)
        today = timezone.localdate()
        return self.take(
            public_id,
            lambda claim: revisit.postpone(claim, **values, by=self.person, at=timezone.now(), today=today),
        )


class RescheduleClaim(Step):
    """The claimant moved the goalposts."""

    @extend_schema(operation_id="claims_reschedule", request=RescheduleBody, responses=answers.Claim)
    def post(self, request: Request, public_id: str) -> Response:
        """Give the claim its new date; the first one is kept, and the slip counted in days."""
        values = self.read(RescheduleBody)

        def step(claim: Claim) -> None:
            projected, phrase = read_projection(
                phrase=values["projected_phrase"].strip(),
                edtf=values["projected_date"].strip(),
                made_on=claim.made_on,
                language=claim.language,
            )
            article = values["article"] and saved_article(values["article"], place="article")
            revisit.reschedule(
                claim,
                projected,
                phrase=phrase,
                reason=values["reason"],
                revisit_on=values["revisit_on"],
                article=article,
                by=self.person,
                at=timezone.now(),
            )

        return self.take(public_id, step)


class WithdrawClaim(Step):
    """Logged in error."""

    @extend_schema(operation_id="claims_withdraw", request=ReasonBody, responses=answers.Claim)
    def post(self, request: Request, public_id: str) -> Response:
        """Withdraw the claim; the record of it stays."""
        reason = self.read(ReasonBody)["reason"]
        return self.take(
            public_id, lambda claim: revisit.withdraw(claim, reason=reason, by=self.person, at=timezone.now())
        )


class ReopenClaim(Step):
    """A verdict is in doubt."""

    @extend_schema(operation_id="claims_reopen", request=ReasonBody, responses=answers.Claim)
    def post(self, request: Request, public_id: str) -> Response:
        """Make a resolved claim due again; its review stays until another supersedes it."""
        reason = self.read(ReasonBody)["reason"]
        return self.take(
            public_id, lambda claim: revisit.reopen(claim, reason=reason, by=self.person, at=timezone.now())
        )
