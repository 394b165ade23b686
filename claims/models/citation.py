"""Where a claim stands, and whom each article had it from."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models import constraints
from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.fields import PlainCharField, PlainTextField


class CitationRole(models.TextChoices):
    """What the article does with the claim."""

    ORIGIN = "origin", _("Origin")
    RELAY = "relay", _("Relay")
    CONFIRMATION = "confirmation", _("Confirmation")
    DENIAL = "denial", _("Denial")
    UPDATE = "update", _("Update")


class Attribution(models.TextChoices):
    """Whom the article names for it."""

    ON_RECORD = "on_record", _("On the record")
    ANONYMOUS = "anonymous", _("Anonymous sources")
    DOCUMENT = "document", _("A document")
    OTHER_OUTLET = "other_outlet", _("Another outlet")


class Citation(models.Model):
    """One appearance of a claim in an article."""

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="citations")
    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="citations")
    role = models.CharField(_("role"), max_length=15, choices=CitationRole.choices, default=CitationRole.ORIGIN)
    via = models.ForeignKey(
        "self",
        verbose_name=_("via"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="relays",
        help_text=_("The citation of this claim that this article had it from."),
    )
    attribution = models.CharField(
        _("attribution"), max_length=15, choices=Attribution.choices, default=Attribution.ON_RECORD
    )
    quote = PlainTextField(_("quote"), max_length=2000, blank=True, default="", help_text=_("Verbatim, and short."))
    reported_as = PlainCharField(
        _("reported as"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("Value or date, where this article tells it differently."),
    )

    class Meta:
        ordering = ["id"]
        verbose_name, verbose_name_plural = _("citation"), _("citations")
        constraints = [
            constraints.one_of("role", CitationRole, table="citation"),
            constraints.one_of("attribution", Attribution, table="citation"),
            models.UniqueConstraint(
                fields=["claim", "article"],
                name="citation_once_per_article",
                violation_error_message=_("This article is cited already."),
            ),
            models.CheckConstraint(
                name="citation_origin_has_no_via",
                condition=~Q(role=CitationRole.ORIGIN) | Q(via__isnull=True),
                violation_error_message=_(
                    "An origin had the claim from no other article: empty “via”, or choose another role."
                ),
            ),
            models.CheckConstraint(
                name="citation_via_is_another",
                condition=Q(via__isnull=True) | ~Q(via=F("id")),
                violation_error_message=_("An article cannot have had the claim from itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.article}"

    def clean(self) -> None:
        """ValidationError on `via` where it leaves the claim or makes a circle; the database refuses both as well."""
        if self.via is None:
            return
        if self.via.claim_id != self.claim_id:
            raise ValidationError({"via": _("“Via” must be another citation of the same claim.")})
        via_of: dict[int, int | None] = dict(
            Citation.objects.filter(claim_id=self.claim_id).values_list("id", "via_id")
        )
        if makes_circle({**via_of, self.pk: self.via_id}, start=self.pk):
            raise ValidationError({"via": _("This makes a circle: no article can have had the claim from itself.")})


def makes_circle(via_of: Mapping[int, int | None], *, start: int | None) -> bool:
    """Whether following `via` from the start comes by some citation twice."""
    seen: set[int] = set()
    at = start
    while at is not None and at not in seen:
        seen.add(at)
        at = via_of.get(at)
    return at is not None
