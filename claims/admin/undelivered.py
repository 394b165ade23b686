"""What was given up lately, counted for those who can send it again."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from claims.models import Delivery, Letter
from claims.models.parcel import Parcel

# What was given up longer ago is in the lists, and no alarm any more.
LATELY = timedelta(days=30)
MOST_COUNTED = 999


def undelivered(request: HttpRequest) -> list[tuple[str, str]]:
    """By model, how many could not be delivered, in words; of those that this person looks after."""
    letters, calls = _count(request, Letter), _count(request, Delivery)
    said = []
    if letters:
        words = ngettext("%s e-mail could not be delivered.", "%s e-mails could not be delivered.", letters)
        said.append(("letter", words % _shown(letters)))
    if calls:
        words = ngettext("%s webhook call could not be delivered.", "%s webhook calls could not be delivered.", calls)
        said.append(("delivery", words % _shown(calls)))
    return said


def _count(request: HttpRequest, model: type[Parcel]) -> int:
    if not request.user.has_perm(f"claims.view_{model._meta.model_name}"):
        return 0
    lately: Any = model._default_manager.filter(parked_at__gt=timezone.now() - LATELY)
    return int(lately.order_by()[: MOST_COUNTED + 1].count())


def _shown(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
