"""Validators: an ETag on what is read, and If-Match on what is changed."""

import hashlib
import re
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from claims.api.cors import let_read
from claims.api.problems import PreconditionFailed, PreconditionRequired
from claims.models import Claim

# `W/` is let pass: a proxy that compresses puts it there, and a version is exact however its page is packed.
TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"', re.ASCII)
VERSION = re.compile(r"(\d{1,10})(?:-[0-9a-f]+)?", re.ASCII)


def etag_of(content: bytes, version: int | None = None) -> str:
    """The fingerprint of a body; a claim's begins with its version, which is what If-Match compares."""
    mark = hashlib.sha256(content).hexdigest()[:24]
    return f'"{mark}"' if version is None else f'"{version}-{mark}"'


def tag(request: HttpRequest, response: HttpResponse, version: int | None = None) -> HttpResponse | None:
    """The rendered answer with its ETag, or a 304 in its place where the client has it already."""
    response["ETag"] = etag_of(response.content, version)
    if request.method not in {"GET", "HEAD"}:
        return None
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    if answer is not None and answer is not response:
        # A 304 is given few headers of what it stands for.
        let_read(request, answer)
    if request.method == "HEAD" and answer is response:
        # The server would drop the body too, and say so in its log.
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return answer


def required(request: Request) -> Collection[str]:
    """The tags in If-Match, `*` by itself for any. Raises PreconditionRequired where the header is missing."""
    header = request.META.get("HTTP_IF_MATCH", "").strip()
    if not header:
        raise PreconditionRequired
    return ["*"] if header == "*" else TAG.findall(header)


def expected_version(request: Request, claim: Claim, *, is_required: bool = True) -> int | None:
    """The version that the change must still find, None for any.

    Raises PreconditionRequired without If-Match, unless it is not required, and PreconditionFailed where it names
    another version.
    """
    if not is_required and not request.META.get("HTTP_IF_MATCH", "").strip():
        return None
    tags = required(request)
    if tags == ["*"]:
        return None
    versions = {int(found[1]) for text in tags if (found := VERSION.fullmatch(text))}
    if claim.version not in versions:
        raise PreconditionFailed
    return claim.version


def check_unchanged(request: Request, content: Any) -> None:
    """PreconditionFailed unless If-Match names the body as it is now; call it with the row under lock."""
    tags = required(request)
    if tags != ["*"] and etag_of(content).strip('"') not in tags:
        raise PreconditionFailed
