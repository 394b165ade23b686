"""One claim, with everything that is known of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.models import Claim
from claims.web.rows import parts_of
from claims.web.standing import Standing


@require_safe
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page; a draft has none."""
    found = get_object_or_404(Claim.objects.published().with_all(), public_id=public_id)
    today = timezone.localdate()
    context = {
        "claim": found,
        "standing": Standing.of(found, today),
        "parts": parts_of(found),
    }
    return render(request, "claims/claim.html", context)
