"""The readers' addresses."""

from django.urls import path

from claims.web.claim import claim
from claims.web.method import method
from claims.web.plain import healthz, robots
from claims.web.readiness import readyz
from claims.web.timeline import timeline

app_name = "web"
urlpatterns = [
    path("", timeline, name="timeline"),
    path("claims/<slug:public_id>/", claim, name="claim"),
    path("method/", method, name="method"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
]
