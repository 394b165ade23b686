"""The quantities of a claim, as rows of its form."""

from django.contrib.admin import TabularInline

from claims.admin.rows import Rows
from claims.models import Figure


class FigureInline(Rows, TabularInline):
    """Figures."""

    model = Figure
    extra = 1
    fields = ["metric", "role", "comparator", "value", "value_to", "unit", "period", "verbatim"]
