"""The API's addresses."""

from django.urls import path, re_path

from claims.api.problems import nothing_here
from claims.api.views import claims

app_name = "api"
urlpatterns = [
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    path("claims/<slug:public_id>/", claims.ClaimDetail.as_view(), name="claim"),
    re_path(r"", nothing_here),
]
