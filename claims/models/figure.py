"""Quantities that claims assert, exact enough to be compared and drawn."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models import constraints
from claims.models.claim import Claim
from claims.models.fields import ExactDecimalField, PlainCharField, written


class Comparator(models.TextChoices):
    """How the value is meant."""

    EQUAL = "=", _("exactly")
    AT_LEAST = ">=", _("at least")
    AT_MOST = "<=", _("at most")
    ABOUT = "~", _("about")
    BETWEEN = "between", _("between")


class FigureRole(models.TextChoices):
    """What the figure is to the claim."""

    TARGET = "target", _("Target")
    BASELINE = "baseline", _("Baseline")
    ACTUAL = "actual", _("Actual")


class Figure(models.Model):
    """A quantity that the claim asserts, or that it is measured against."""

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="figures")
    metric = PlainCharField(
        _("metric"), max_length=120, help_text=_("What is counted, the same words each time: operating cost.")
    )
    comparator = models.CharField(_("comparator"), max_length=10, choices=Comparator.choices, default=Comparator.EQUAL)
    value = ExactDecimalField(_("value"), max_digits=40, decimal_places=12)
    value_to = ExactDecimalField(
        _("to"),
        max_digits=40,
        decimal_places=12,
        null=True,
        blank=True,
        help_text=_("Only for a range: its upper end."),
    )
    unit = PlainCharField(
        _("unit"), max_length=30, help_text=_("A currency's code (USD), percent, or a unit (GW, people).")
    )
    role = models.CharField(_("role"), max_length=10, choices=FigureRole.choices, default=FigureRole.TARGET)
    period = PlainCharField(
        _("period"), max_length=40, blank=True, default="", help_text=_("What it is counted over: 2027.")
    )
    verbatim = PlainCharField(_("verbatim"), max_length=120, blank=True, default="", help_text=_("As printed: $20B."))

    class Meta:
        ordering = ["id"]
        verbose_name, verbose_name_plural = _("figure"), _("figures")
        constraints = [
            constraints.filled("metric", "unit", table="figure"),
            constraints.one_of("comparator", Comparator, table="figure"),
            constraints.one_of("role", FigureRole, table="figure"),
            models.CheckConstraint(
                name="figure_range_has_two_ends",
                condition=Q(comparator=Comparator.BETWEEN, value_to__isnull=False)
                | (~Q(comparator=Comparator.BETWEEN) & Q(value_to__isnull=True)),
                violation_error_message=_("A range, and only a range, has an upper end."),
            ),
        ]

    def __str__(self) -> str:
        amount = f"{written(self.value)}–{written(self.value_to)}" if self.value_to is not None else written(self.value)
        return f"{self.metric} {self.get_comparator_display()} {amount} {self.unit}"

    def clean(self) -> None:
        """ValidationError on `value_to` where a range ends before it starts: SQLite's text cannot be compared."""
        if self.value is not None and self.value_to is not None and self.value_to <= self.value:
            raise ValidationError({"value_to": _("The upper end must be greater than the lower one.")})
