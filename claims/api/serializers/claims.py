"""Bodies that write a claim, its parts, its steps and its reviews."""

from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.api.serializers.fields import (
    Body,
    Choice,
    Day,
    Exact,
    Flag,
    Language,
    Named,
    NamedMany,
    Reason,
    Text,
    Whole,
)
from claims.api.serializers.records import ArticleReference
from claims.lifecycle import Verdict
from claims.models import Attribution, CitationRole, Claimant, ClaimKind, Comparator, FigureRole, Stance, Topic

MOST_PARTS = 100


class FigureBody(Body):
    """A quantity that the claim asserts."""

    metric = Text(max_length=120)
    role = Choice(choices=FigureRole.choices, default=FigureRole.TARGET.value)
    comparator = Choice(choices=Comparator.choices, default=Comparator.EQUAL.value)
    value = Exact()
    value_to = Exact(allow_null=True, default=None)
    unit = Text(max_length=30)
    period = Text(max_length=40, allow_blank=True, default="")
    verbatim = Text(max_length=120, allow_blank=True, default="")


class CitationBody(Body):
    """Where the claim stands."""

    article = ArticleReference()
    role = Choice(choices=CitationRole.choices, default=CitationRole.ORIGIN.value)
    via = Whole(
        allow_null=True,
        default=None,
        min_value=0,
        max_value=MOST_PARTS - 1,
        help_text="The position, from 0, of an earlier citation of this claim.",
    )
    attribution = Choice(choices=Attribution.choices, default=Attribution.ON_RECORD.value)
    quote = Text(max_length=2000, allow_blank=True, default="")
    reported_as = Text(max_length=300, allow_blank=True, default="")


class ClaimBody(Body):
    """A claim with all its parts; what is left out of a PUT is emptied, what is left out of a PATCH stays."""

    statement = Text(max_length=500)
    kind = Choice(choices=ClaimKind.choices, default=ClaimKind.FORECAST.value)
    language = Language()
    claimant = Named(Claimant.objects.all())
    made_on = Day()
    criteria = Text(max_length=2000, allow_blank=True, default="")
    projected_phrase = Text(
        max_length=200, allow_blank=True, default="", help_text="As printed; read with `language` and `made_on`."
    )
    projected_date = Text(
        max_length=40, allow_blank=True, default="", help_text="EDTF; where it is given, the phrase is not read."
    )
    revisit_on = Day(allow_null=True, default=None, help_text="The day after the window where it is left out.")
    topics = NamedMany(Topic.objects.all(), default=list)
    figures = FigureBody(many=True, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]
    citations = CitationBody(many=True, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]


class PublishBody(Body):
    """Nothing."""


class ReasonBody(Body):
    """Why."""

    reason = Reason(max_length=2000)


class PostponeBody(ReasonBody):
    """Too early to tell: when to look again."""

    revisit_on = Day()


class RescheduleBody(ReasonBody):
    """The claimant moved the goalposts: the new date, as a phrase or as EDTF."""

    projected_phrase = Text(max_length=200, allow_blank=True, default="")
    projected_date = Text(max_length=40, allow_blank=True, default="")
    revisit_on = Day(allow_null=True, default=None)
    article = ArticleReference(allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two ways to write the date is needed."""
        if not (attrs["projected_phrase"] or attrs["projected_date"]):
            needed = "Write the new date, as a phrase or as EDTF."
            raise ValidationError({"projected_phrase": ErrorDetail(needed, code="required")})
        return attrs


class EvidenceBody(Body):
    """What a review rests on: an article, or an address."""

    article = ArticleReference(allow_null=True, default=None)
    url = Text(max_length=2000, allow_blank=True, default="")
    stance = Choice(choices=Stance.choices)
    quote = Text(max_length=2000, allow_blank=True, default="")


class ReviewBody(Body):
    """A verdict with its evidence: a draft, or at once the published one."""

    verdict = Choice(choices=Verdict.choices)
    summary = Text(max_length=4000)
    outcome_known_on = Day(allow_null=True, default=None)
    early_outcome = Flag(default=False)
    evidence = EvidenceBody(many=True, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]
    publish = Flag(default=False, help_text="Editors only.")
