"""Outlets that carry claims."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models import constraints
from claims.models.fields import AddressField, PlainCharField
from claims.models.language import LanguageField
from claims.models.visibility import SourceSet


class Source(models.Model):
    """An outlet that publishes articles: a newspaper, a site, a broadcaster."""

    name = PlainCharField(
        _("name"), max_length=200, unique=True, help_text=_("As it calls itself: The Wall Street Journal.")
    )
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("The name in web addresses."))
    homepage = AddressField(_("home page"), blank=True, default="")
    language = LanguageField(_("language"), help_text=_("The one it mostly publishes in."))

    objects = SourceSet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name, verbose_name_plural = _("source"), _("sources")
        constraints = [constraints.filled("name", "slug", table="source")]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        """The timeline of the claims that this outlet carried."""
        return f"{reverse('web:timeline')}?source={self.slug}"
