"""Articles; their text is written here and never read again."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import documents
from claims.api.listing import PAGING
from claims.api.orderings import BY_NEWEST, with_newest
from claims.api.serializers import answers
from claims.api.serializers.records import ArticleBody
from claims.api.views.records import Records
from claims.models import Article
from claims.models.visibility import NamedByClaims


class ArticleRecords(Records):
    """Articles."""

    model, shape, draw, detail, ordering = Article, ArticleBody, staticmethod(documents.article), "article", BY_NEWEST

    @property
    def rows(self) -> NamedByClaims:
        """The articles that this person sees, without their text."""
        return with_newest(super().rows.select_related("source").defer("text"))

    def key(self, row: Any) -> str:
        """An article has no short name."""
        return str(row.pk)


class ArticleList(ArticleRecords):
    """All articles."""

    parameters = PAGING

    @extend_schema(operation_id="articles_list", responses=answers.ArticlePage)
    def get(self, request: Request) -> Response:
        """The articles, the newest first; for the public those that a published claim cites."""
        return self.listing(request)

    @extend_schema(operation_id="articles_create", request=ArticleBody, responses={201: answers.Article})
    def post(self, request: Request) -> Response:
        """Add an article."""
        return self.make()


class ArticleDetail(ArticleRecords):
    """One article."""

    @extend_schema(operation_id="articles_read", responses=answers.Article)
    def get(self, request: Request, number: int) -> Response:
        """The article."""
        return self.shown(pk=number)

    @extend_schema(operation_id="articles_edit", request=ArticleBody, responses=answers.Article)
    def patch(self, request: Request, number: int) -> Response:
        """Change what is sent."""
        return self.change(request, pk=number)
