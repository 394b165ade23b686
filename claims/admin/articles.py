"""Articles at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from claims.admin.record import RecordAdmin
from claims.models import Article


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles; their text is here for checking and nowhere else."""

    list_display = ["shown_title", "source", "published_on", "byline"]
    list_select_related = ["source"]
    search_fields = ["title", "url", "source__name", "byline"]
    autocomplete_fields = ["source"]
    ordering = ["-published_on", "-id"]
    fieldsets = [
        (None, {"fields": ["source", "url", "title", "published_on"]}),
        (gettext_lazy("More"), {"fields": ["byline", "language", "archived_url"]}),
        (gettext_lazy("Text, kept privately"), {"fields": ["text"], "classes": ["collapse"]}),
    ]

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def shown_title(self, article: Article) -> str:
        """The title, or that there is none."""
        return article.title or str(gettext_lazy("an article known only through others"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With the source, which every mention of an article names."""
        articles = super().get_queryset(request).select_related("source")
        is_form = request.resolver_match is not None and request.resolver_match.url_name == "claims_article_change"
        return articles if is_form else articles.defer("text")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """The fingerprint is written with its text."""
        if change and "text" in form.changed_data:
            form.changed_data.append("text_sha256")
        super().save_model(request, obj, form, change)
