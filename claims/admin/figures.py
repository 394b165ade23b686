"""The quantities of a claim, as rows of its form."""

from typing import Any

from django.contrib.admin import TabularInline
from django.db.models import Model
from django.http import HttpRequest

from claims.models import Figure


class FigureInline(TabularInline):
    """Figures."""

    model = Figure
    extra = 1
    fields = ["metric", "role", "comparator", "value", "value_to", "unit", "period", "verbatim"]

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **options: Any) -> Any:
        """An empty row has every choice as the model has it, so that it counts as empty."""
        return super().get_formset(request, obj, **options)
