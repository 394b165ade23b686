"""The shapes of answers, for the schema: claims/api/documents.py makes them, a test holds the two together."""

from django.db.models import TextChoices
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers as s

from claims.lifecycle import EventKind, Schedule, Status, Verdict
from claims.models import Attribution, CitationRole, ClaimantKind, ClaimKind, Comparator, FigureRole, Stance

EXACT = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$", "example": "20000000000"}


def choice(choices: type[TextChoices], *, allow_null: bool = False) -> s.ChoiceField:
    """One of the words that a model knows."""
    return s.ChoiceField(choices=choices.choices, allow_null=allow_null)


@extend_schema_serializer(component_name="CitedArticle")
class CitedArticle(s.Serializer):
    id = s.IntegerField()
    source = s.SlugField()  # type: ignore[assignment]
    title = s.CharField(help_text="Empty for an article known only through another one.")
    url = s.URLField(allow_null=True)


@extend_schema_serializer(component_name="Citation")
class Citation(s.Serializer):
    id = s.IntegerField()
    article = CitedArticle()
    role = choice(CitationRole)
    via = s.IntegerField(allow_null=True, help_text="The id of the citation that this article had it from.")
    attribution = choice(Attribution)
    quote = s.CharField()
    reported_as = s.CharField()


@extend_schema_field(EXACT)
class ExactText(s.CharField):
    """A decimal in plain digits."""


@extend_schema_field({**EXACT, "type": ["string", "null"]})
class ExactTextOrNothing(s.CharField):
    """The same, or null."""


@extend_schema_serializer(component_name="Figure")
class Figure(s.Serializer):
    metric = s.CharField()
    role = choice(FigureRole)
    comparator = choice(Comparator)
    value = ExactText()
    value_to = ExactTextOrNothing()
    unit = s.CharField()
    period = s.CharField()
    verbatim = s.CharField()


@extend_schema_serializer(component_name="ClaimantName")
class ClaimantName(s.Serializer):
    slug = s.SlugField()
    name = s.CharField()


@extend_schema_serializer(component_name="Claim")
class Claim(s.Serializer):
    public_id = s.CharField()
    url = s.URLField()
    page = s.URLField()
    statement = s.CharField()
    kind = choice(ClaimKind)
    language = s.CharField()
    claimant = ClaimantName()
    made_on = s.DateField()
    projected_phrase = s.CharField()
    projected_date = s.CharField(help_text="EDTF; empty for an open date.")
    projected_from = s.DateField(allow_null=True)
    projected_to = s.DateField(allow_null=True)
    original_projected_date = s.CharField()
    slip_days = s.IntegerField()
    revisit_on = s.DateField(allow_null=True)
    status = choice(Status)
    schedule = choice(Schedule)
    flagged_at = s.DateTimeField(allow_null=True)
    verdict = choice(Verdict, allow_null=True)
    criteria = s.CharField()
    figures = Figure(many=True)
    topics = s.ListField(child=s.SlugField())
    sources = s.ListField(child=s.SlugField())
    citations = Citation(many=True)
    independent_origins = s.IntegerField()
    version = s.IntegerField()
    created_at = s.DateTimeField()
    updated_at = s.DateTimeField()


@extend_schema_serializer(component_name="Evidence")
class Evidence(s.Serializer):
    article = CitedArticle(allow_null=True)
    url = s.CharField(help_text="Empty where the evidence is an article.")
    stance = choice(Stance)
    quote = s.CharField()


@extend_schema_serializer(component_name="Review")
class Review(s.Serializer):
    number = s.IntegerField()
    claim = s.CharField()
    verdict = choice(Verdict)
    rating = s.IntegerField(allow_null=True, help_text="ClaimReview's number, 1 to 5.")
    summary = s.CharField()
    outcome_known_on = s.DateField(allow_null=True)
    early_outcome = s.BooleanField()
    evidence = Evidence(many=True)
    author = s.CharField(help_text="For the public: newsroom.")
    created_at = s.DateTimeField()
    published_at = s.DateTimeField(allow_null=True, help_text="null: a draft.")
    supersedes = s.IntegerField(allow_null=True)


@extend_schema_serializer(component_name="Event")
class Event(s.Serializer):
    id = s.IntegerField()
    claim = s.CharField()
    kind = choice(EventKind)
    at = s.DateTimeField()
    actor = s.CharField(help_text="A job's name, or a person's; for the public: newsroom.")
    from_status = choice(Status, allow_null=True)
    to_status = choice(Status)
    data = s.DictField()  # type: ignore[assignment]


@extend_schema_serializer(component_name="Claimant")
class Claimant(s.Serializer):
    slug = s.SlugField()
    name = s.CharField()
    kind = choice(ClaimantKind)
    same_as = s.CharField()


@extend_schema_serializer(component_name="Source")
class Source(s.Serializer):
    slug = s.SlugField()
    name = s.CharField()
    homepage = s.CharField()
    language = s.CharField()


@extend_schema_serializer(component_name="Topic")
class Topic(s.Serializer):
    slug = s.SlugField()
    name = s.CharField()


@extend_schema_serializer(component_name="Article")
class Article(s.Serializer):
    id = s.IntegerField()
    source = s.SlugField()  # type: ignore[assignment]
    url = s.URLField(allow_null=True)
    title = s.CharField()
    byline = s.CharField()
    published_on = s.DateField(allow_null=True)
    language = s.CharField()
    archived_url = s.CharField()


@extend_schema_serializer(component_name="ParsedDate")
class ParsedDate(s.Serializer):
    phrase = s.CharField()
    projected_date = s.CharField()
    projected_from = s.DateField(allow_null=True)
    projected_to = s.DateField(allow_null=True)
    revisit_on = s.DateField(allow_null=True)
    rule = s.CharField(help_text="The number of the house rule that decided.")


class FieldProblem(s.Serializer):
    field = s.CharField(help_text="Its place in the body or query: citations[0].via.")
    message = s.CharField()
    code = s.CharField()


@extend_schema_serializer(component_name="Problem")
class Problem(s.Serializer):
    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField()
    errors = FieldProblem(many=True)  # type: ignore[assignment]
    legal = s.ListField(child=s.CharField(), required=False, help_text="409: the events that are possible now.")


def listed(item: type[s.Serializer]) -> type[s.Serializer]:
    """The shape of a page of these."""
    name = f"{item.__name__}Page"
    fields = {
        "next": s.URLField(allow_null=True),
        "previous": s.URLField(allow_null=True),
        "results": item(many=True),
        "__module__": __name__,
    }
    return extend_schema_serializer(component_name=name, many=False)(type(name, (s.Serializer,), fields))


ArticlePage = listed(Article)
CitationPage = listed(Citation)
ClaimPage = listed(Claim)
ClaimantPage = listed(Claimant)
EventPage = listed(Event)
FigurePage = listed(Figure)
ReviewPage = listed(Review)
SourcePage = listed(Source)
TopicPage = listed(Topic)
