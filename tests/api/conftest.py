"""Programs of each role, as they call the API."""

from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from claims.models import ApiToken
from tests.factories import ClaimantFactory, PersonFactory, SourceFactory, TopicFactory


def program(role: str, *, scope: str = "write") -> APIClient:
    """A client with a token of a person in this role."""
    person = PersonFactory(role=role)
    token, secret = ApiToken.issue(person, scope=scope, now=timezone.now())
    client = APIClient(HTTP_AUTHORIZATION=f"Token {secret}")
    client.person, client.token = person, token
    return client


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """No test here is about passwords, and a strong one costs a second a person."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anonymous(db: Any) -> APIClient:
    """Somebody without an account."""
    return APIClient()


@pytest.fixture
def reporter(db: Any) -> APIClient:
    """A reporter's program."""
    return program("reporter")


@pytest.fixture
def editor(db: Any) -> APIClient:
    """An editor's program."""
    return program("editor")


@pytest.fixture
def reader(db: Any) -> APIClient:
    """A reporter's program with a token that may only read."""
    return program("reporter", scope="read")


@pytest.fixture
def records(db: Any) -> None:
    """What the claim of tests/api/bodies.py names."""
    ClaimantFactory(name="OpenAI", slug="openai")
    TopicFactory(name="Compute", slug="compute")
    SourceFactory(name="The Information", slug="the-information")
    SourceFactory(name="Creativestation", slug="creativestation")
