"""The readers' addresses."""

from django.urls import path

from claims.web.claim import claim
from claims.web.method import method
from claims.web.metrics import metrics
from claims.web.plain import healthz, robots
from claims.web.readiness import readyz
from claims.web.timeline import timeline
from claims.web.unsubscribe import resubscribe, unsubscribe

app_name = "web"
urlpatterns = [
    path("", timeline, name="timeline"),
    path("claims/<slug:public_id>/", claim, name="claim"),
    path("method/", method, name="method"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/undo/", resubscribe, name="resubscribe"),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
]
