"""Rows of a claim's or a review's form."""

from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model
from django.http import HttpRequest

from claims.admin.suggestions import Suggesting

# More than any claim has. Django would make 2,000 rows for whoever asks, each with the choices of all others.
MOST_ROWS = 200


class Rows(Suggesting, InlineModelAdmin):
    """Rows, but not without end."""

    max_num = MOST_ROWS

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **options: Any) -> Any:
        """A form that names more of them is refused."""
        return super().get_formset(request, obj, **{"absolute_max": MOST_ROWS, **options})
