"""Answers for machines that ask whether it is alive, and what they may read."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """That the web server answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Everything may be read but the desk and the endless combinations of filters."""
    lines = ["User-agent: *", f"Disallow: {reverse('admin:index')}", "Disallow: /*?*cursor="]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
