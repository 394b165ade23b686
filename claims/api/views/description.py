"""The API's description: as OpenAPI, and as a page to read it on, all from this server."""

from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from claims.api.endpoint import Endpoint
from claims.api.listing import leave
from claims.api.permissions import RolePermission
from claims.filters import Parameter


def _any(text: str) -> str:
    return text


class Schema(Endpoint, SpectacularAPIView):
    """OpenAPI 3.1, as JSON or YAML."""

    permission_classes = [RolePermission]
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer, OpenApiYamlRenderer2]
    parameters = {"lang": Parameter(_any, leave)}


class Docs(Endpoint, SpectacularSwaggerSplitView):
    """The page; its script is a file of its own, so that the strict policy for scripts holds here too."""

    permission_classes = [RolePermission]
    template_name = "claims/api/docs.html"
    url_name = "api:schema"
    parameters = {"script": Parameter(_any, leave), "lang": Parameter(_any, leave)}
