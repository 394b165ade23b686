"""Bodies that write claimants, sources, topics and articles."""

from typing import Any

from django.core.exceptions import ValidationError as InvalidModel
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import get_error_detail

from claims.api.serializers.fields import Body, Choice, Day, Language, Named, Text
from claims.models import Article, ClaimantKind, Source

SLUG_HELP = "Made from the name where it is left out."


class ClaimantBody(Body):
    """Who makes claims."""

    name = Text(max_length=200)
    slug = Text(max_length=80, required=False, help_text=SLUG_HELP)
    kind = Choice(choices=ClaimantKind.choices, default=ClaimantKind.ORGANISATION.value)
    same_as = Text(max_length=2000, allow_blank=True, default="")


class SourceBody(Body):
    """An outlet."""

    name = Text(max_length=200)
    slug = Text(max_length=80, required=False, help_text=SLUG_HELP)
    homepage = Text(max_length=2000, allow_blank=True, default="")
    language = Language()


class TopicBody(Body):
    """A subject."""

    name = Text(max_length=100)
    slug = Text(max_length=80, required=False, help_text=SLUG_HELP)


class ArticleBody(Body):
    """An article. Its text is kept privately: it is written here and never read again."""

    source = Named(Source.objects.all())  # type: ignore[assignment]
    url = Text(max_length=2000, allow_null=True, allow_blank=True, default=None)
    title = Text(max_length=500, allow_blank=True, default="")
    byline = Text(max_length=300, allow_blank=True, default="")
    published_on = Day(allow_null=True, default=None)
    language = Language()
    text = Text(max_length=500_000, allow_blank=True, default="", help_text="Kept privately; in no answer.")
    archived_url = Text(max_length=2000, allow_blank=True, default="")


class CitedArticleBody(ArticleBody):
    """An article that is found by its address, or made; one that is found stays as it is."""

    source = Named(Source.objects.all(), required=False, help_text="Needed where the article is not known yet.")


class ArticleReference(serializers.Field):
    """An article: the id of one that is logged, or an object that is found by its `url` or made."""

    def to_internal_value(self, data: Any) -> Article:
        """The article, not saved yet where it is new."""
        if type(data) is int:
            found: Article | None = Article.objects.filter(pk=data).select_related("source").defer("text").first()
            if found is None:
                raise ValidationError(f"There is no article {str(data)[:20]}.", code="does_not_exist")
            return found
        if not isinstance(data, dict):
            raise ValidationError("Write the id of an article, or an object with its source and url.")
        body = CitedArticleBody(data=data)
        body.is_valid(raise_exception=True)
        values = {**body.validated_data, "url": self._address(body.validated_data["url"])}
        return self._found(values["url"], values) or self._made(values)

    def _address(self, text: str | None) -> str | None:
        try:
            return Article._meta.get_field("url").to_python(text) or None
        except InvalidModel as error:
            raise ValidationError({"url": get_error_detail(error)}) from None

    def _found(self, url: str | None, values: dict[str, Any]) -> Article | None:
        if url is None:
            return None
        found: Article | None = Article.objects.filter(url=url).select_related("source").defer("text").first()
        if found and values.get("source", found.source) != found.source:
            raise ValidationError({"source": f"This address is logged as an article of {found.source.slug!r}."})
        return found

    def _made(self, values: dict[str, Any]) -> Article:
        if "source" not in values:
            raise ValidationError({"source": "This article is not known yet: name its source."}, code="required")
        return Article(**values)
