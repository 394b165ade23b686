"""The pieces in which claims stand."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.fields import AddressField, PlainCharField, PlainTextField
from claims.models.language import LanguageField
from claims.models.source import Source
from claims.models.visibility import ArticleSet


class Article(models.Model):
    """One piece by a source; one that is known only through another article may have no address and no title."""

    source = models.ForeignKey(Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="articles")
    url = AddressField(
        _("address"),
        blank=True,
        null=True,
        default=None,
        unique=True,
        error_messages={"unique": _("This article has been logged already.")},
        help_text=_("Leave it empty for an article that is known only through another one."),
    )
    title = PlainCharField(_("title"), max_length=500, blank=True, default="")
    byline = PlainCharField(_("byline"), max_length=300, blank=True, default="")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = LanguageField(_("language"))
    text = PlainTextField(
        _("text"),
        max_length=500_000,
        blank=True,
        default="",
        help_text=_("Kept privately for checking; never shown to readers."),
    )
    text_sha256 = models.CharField(_("fingerprint of the text"), max_length=64, blank=True, default="", editable=False)
    archived_url = AddressField(_("archived copy"), blank=True, default="")
    retrieved_at = models.DateTimeField(_("retrieved at"), null=True, blank=True)

    objects = ArticleSet.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name, verbose_name_plural = _("article"), _("articles")

    def __str__(self) -> str:
        title = self.title or _("an article known only through others")
        return f"{self.source}: {title}" + (f", {self.published_on}" if self.published_on else "")

    def save(self, *args: Any, **options: Any) -> None:
        # Unique, so that one address is one article; null, so that many may have none.
        self.url = self.url or None
        self.text_sha256 = hashlib.sha256(self.text.encode()).hexdigest() if self.text else ""
        super().save(*args, **options)
