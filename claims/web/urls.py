"""The readers' pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "web"


def later(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", later, name="timeline"),
    path("claims/<slug:public_id>/", later, name="claim"),
    path("method/", later, name="method"),
    path("healthz", later, name="healthz"),
]
