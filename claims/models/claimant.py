"""Who says what will happen."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models import constraints
from claims.models.fields import AddressField, PlainCharField
from claims.models.visibility import ClaimantSet


class ClaimantKind(models.TextChoices):
    """What sort of voice it is."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    GOVERNMENT = "government", _("Government or authority")
    OTHER = "other", _("Other")


class Claimant(models.Model):
    """The person or body that makes a claim."""

    name = PlainCharField(_("name"), max_length=200, help_text=_("As readers know them: OpenAI, not OpenAI, Inc."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("The name in web addresses."))
    kind = models.CharField(_("kind"), max_length=20, choices=ClaimantKind.choices, default=ClaimantKind.ORGANISATION)
    same_as = AddressField(
        _("same as"),
        blank=True,
        default="",
        help_text=_("A page that says who this is: Wikidata, or their own home page."),
    )

    objects = ClaimantSet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name, verbose_name_plural = _("claimant"), _("claimants")
        constraints = [
            constraints.filled("name", "slug", table="claimant"),
            constraints.one_of("kind", ClaimantKind, table="claimant"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        """The timeline of this claimant's claims."""
        return f"{reverse('web:timeline')}?claimant={self.slug}"
