"""Verdicts, and what they rest on."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.lifecycle import RATINGS, Verdict
from claims.models import constraints
from claims.models.article import Article
from claims.models.claim import Claim
from claims.models.event import AppendOnly
from claims.models.fields import AddressField, PlainTextField


class ReviewSet(models.QuerySet["Review"]):
    """Reviews; a published one is never changed and none is removed."""

    def published(self) -> "ReviewSet":
        """Those on the record."""
        return self.filter(published_at__isnull=False)

    def delete(self) -> NoReturn:
        raise AppendOnly("Reviews are never removed; a wrong one is superseded by another.")


class Review(models.Model):
    """One verdict on a claim; once published it stays on the record for ever."""

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField(_("number"), editable=False)
    verdict = models.CharField(_("verdict"), max_length=15, choices=Verdict.choices)
    summary = PlainTextField(
        _("summary"), max_length=4000, help_text=_("What came of it, for a reader who knows nothing else.")
    )
    outcome_known_on = models.DateField(_("outcome known on"), null=True, blank=True)
    early_outcome = models.BooleanField(
        _("early outcome"), default=False, help_text=_("The outcome is certain although the window has not closed.")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="reviews",
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = ReviewSet.as_manager()

    class Meta:
        ordering = ["claim_id", "number"]
        verbose_name, verbose_name_plural = _("review"), _("reviews")
        constraints = [
            constraints.filled("summary", table="review"),
            constraints.one_of("verdict", Verdict, table="review"),
            models.UniqueConstraint(fields=["claim", "number"], name="review_number_in_claim"),
            models.CheckConstraint(
                name="review_supersedes_when_published",
                condition=Q(supersedes__isnull=True) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.number})"

    @property
    def rating(self) -> int | None:
        """ClaimReview's number, 1 to 5, where the verdict has one."""
        return RATINGS.get(Verdict(self.verdict))

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly("Reviews are never removed; a wrong one is superseded by another.")


class Stance(models.TextChoices):
    """What the evidence says of the claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Context")


RESTS = "What a published verdict rests on is never changed, added to or removed."


class EvidenceSet(models.QuerySet["Evidence"]):
    """Evidence; that of a published review is never removed."""

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.filter(review__published_at__isnull=False).exists():
            raise AppendOnly(RESTS)
        return super().delete()


class Evidence(models.Model):
    """What a review rests on: a logged article, or an address."""

    review = models.ForeignKey(Review, verbose_name=_("review"), on_delete=models.CASCADE, related_name="evidence")
    article = models.ForeignKey(
        Article, verbose_name=_("article"), null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    url = AddressField(_("address"), blank=True, default="")
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices)
    quote = PlainTextField(_("quote"), max_length=2000, blank=True, default="")

    objects = EvidenceSet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name, verbose_name_plural = _("evidence"), _("evidence")
        constraints = [
            constraints.one_of("stance", Stance, table="evidence"),
            models.CheckConstraint(
                name="evidence_is_somewhere",
                condition=Q(article__isnull=False, url="") | (Q(article__isnull=True) & ~Q(url="")),
                violation_error_message=_("Evidence is either a logged article or an address."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.article or self.url}"

    def save(self, *args: Any, **options: Any) -> None:
        if self.review.published_at is not None:
            raise AppendOnly(RESTS)
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        if self.review.published_at is not None:
            raise AppendOnly(RESTS)
        return super().delete(*args, **options)

    @property
    def address(self) -> str:
        """Where it can be read; empty for an article known only through others."""
        return (self.article.url or "") if self.article else self.url
