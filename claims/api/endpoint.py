"""What every view of the API shares: its query is read strictly, its answers carry an ETag."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from claims import filters
from claims.api import cors, etags, idempotency, throttling
from claims.filters import Parameter, Query


class Versioned(Response):
    """An answer that is a thing with a version, which its ETag begins with."""

    def __init__(self, data: Mapping[str, Any], *, version: int, **options: Any) -> None:
        super().__init__(data, **options)
        self.version = version


class Endpoint(APIView):
    """A view of the API. `parameters` are those of its GET; any other one is refused by name."""

    parameters: Mapping[str, Parameter] = {}
    asked: Query
    post: Callable[..., Any]
    # What a POST looks up elsewhere before anything is locked; it keeps on the view what it found.
    prepare: Callable[[], None] | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let nobody in who may not, then read the query."""
        super().initial(request, *args, **kwargs)
        known = self.parameters if request.method in {"GET", "HEAD"} else {}
        self.asked = filters.read(request.query_params, known)
        if idempotency.is_asked(request):
            self.post = partial(self._post_once, self.post)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """The methods that there are, in Allow."""
        return Response(status=204)

    def check_permissions(self, request: Request) -> None:
        """Who asks too often is told so before anything else, refused requests being counted too."""
        throttling.check(request)
        super().check_permissions(request)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What is read carries its ETag; what a person is shown is not shown to another."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Authorization", "Cookie"])
        cors.let_read(request._request, response)
        version = response.version if isinstance(response, Versioned) else None
        # A PATCH answers what a GET would, so that the next one can follow it.
        is_shown = request.method in {"GET", "HEAD", "PATCH"} and response.status_code == 200
        if isinstance(response, Response) and (is_shown or version is not None):
            response.add_post_render_callback(partial(etags.tag, request._request, version=version))
        return response

    def read(self, shape: type[Serializer]) -> dict[str, Any]:
        """The values of the body, which has this shape; those of a PATCH are only the ones that were sent."""
        serializer = shape(data=self.request.data)
        if self.request.method == "PATCH":
            # Not `partial`: that would let parts of the body be incomplete too.
            for name in set(serializer.fields) - set(self.request.data):
                serializer.fields.pop(name)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _post_once(self, post: Callable[..., Any], request: Request, *args: Any, **kwargs: Any) -> Any:
        return idempotency.once(request, self.person, partial(post, request, *args, **kwargs), prepare=self.prepare)

    @property
    def person(self) -> User:
        """Who writes; nobody else comes so far."""
        if not isinstance(self.request.user, User):
            raise NotAuthenticated
        return self.request.user

    @property
    def root(self) -> str:
        """Where this newsroom is reached, as the client reached it: scheme and host."""
        return self.request.build_absolute_uri("/")[:-1]
