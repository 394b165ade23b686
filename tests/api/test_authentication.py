"""Tokens."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from claims.models import ApiToken
from tests.api.bodies import CLAIMS
from tests.factories import ClaimFactory, PersonFactory

DRAFTS = f"{CLAIMS}?status=draft"


@pytest.mark.parametrize(
    "header", ["Token", "Token ", "Token x", "token cl_x", "Token a b", "Token \ud800", "Token " + "x" * 5000]
)
def test_a_token_that_opens_nothing_is_a_401_even_for_reading(anonymous, header):
    answer = anonymous.get(CLAIMS, HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "end",
    [
        lambda token: ApiToken.objects.update(revoked_at=timezone.now()),
        lambda token: ApiToken.objects.update(expires_at=timezone.now()),
        lambda token: type(token.user).objects.update(is_active=False),
        lambda token: token.delete(),
    ],
    ids=["revoked", "expired", "of somebody who left", "deleted"],
)
def test_a_token_that_has_ended_opens_nothing(reporter, end):
    assert reporter.get(DRAFTS).status_code == 200
    end(reporter.token)
    assert reporter.get(DRAFTS).status_code == 401


def test_a_token_that_expires_tomorrow_opens_today(reporter):
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert reporter.get(DRAFTS).status_code == 200


def test_a_token_in_the_query_is_an_unknown_parameter(db):
    _token, secret = ApiToken.issue(PersonFactory(), scope="read", now=timezone.now())
    assert APIClient().get(CLAIMS, {"token": secret}).status_code == 400


def test_another_scheme_is_nobody(anonymous):
    ClaimFactory()
    answer = anonymous.get(DRAFTS, headers={"authorization": "Basic YTpi"})
    assert (answer.status_code, answer.json()["results"]) == (200, [])


def test_the_last_use_is_noted_once_a_minute(reporter, django_assert_num_queries):
    reporter.get(CLAIMS)
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    reporter.get(CLAIMS)
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(seconds=61))
    reporter.get(CLAIMS)
    assert ApiToken.objects.get().last_used_at > first - timedelta(seconds=60)
