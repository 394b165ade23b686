"""Subjects to file claims under."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models import constraints
from claims.models.fields import PlainCharField
from claims.models.visibility import TopicSet


class Topic(models.Model):
    """A subject to file claims under."""

    name = PlainCharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("The name in web addresses."))

    objects = TopicSet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name, verbose_name_plural = _("topic"), _("topics")
        constraints = [constraints.filled("name", "slug", table="topic")]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        """The timeline of the claims filed under it."""
        return f"{reverse('web:timeline')}?topic={self.slug}"
