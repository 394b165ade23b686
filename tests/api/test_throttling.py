"""How often one may ask in a minute."""

import pytest
import time_machine
from django.conf import settings as configured
from rest_framework.test import APIClient

from claims import tally
from claims.api import throttling
from claims.models import ApiToken, Claim
from tests.api.bodies import CLAIMS, claim_body
from tests.api.conftest import program
from tests.factories import NOW, open_claim

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _three_a_minute(settings, monkeypatch):
    """Three reads and two writes, counted by this process alone and at a moment that stands still."""
    settings.API_RATE_READS, settings.API_RATE_WRITES = 3, 2
    counting = tally.Tally(NOWHERE)
    monkeypatch.setattr(throttling, "tally_at", lambda _url: counting)
    with time_machine.travel(NOW.replace(second=20), tick=False):
        yield


def reads(client, times, path=CLAIMS, **headers):
    return [client.get(path, **headers).status_code for _ in range(times)]


def test_whoever_asks_too_often_is_told_when_to_ask_again(anonymous):
    assert reads(anonymous, 3) == [200] * 3
    answer = anonymous.get(CLAIMS)
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert answer["Retry-After"] == "40"
    assert answer.json()["title"] == "Too Many Requests"
    with time_machine.travel(NOW.replace(minute=NOW.minute + 1), tick=False):
        assert anonymous.get(CLAIMS).status_code == 200


def test_every_token_and_address_has_an_allowance_of_its_own(anonymous, reporter, editor):
    for client in (anonymous, reporter, editor):
        assert reads(client, 4) == [200, 200, 200, 429]
    assert reads(APIClient(REMOTE_ADDR="203.0.113.9"), 4) == [200, 200, 200, 429]
    _token, secret = ApiToken.issue(editor.person, scope="read", now=NOW)
    assert reads(APIClient(HTTP_AUTHORIZATION=f"Token {secret}"), 4) == [200, 200, 200, 429]


def test_a_person_with_a_session_has_one_too_wherever_they_are(editor):
    for number, status in enumerate([200, 200, 200, 429]):
        client = APIClient(REMOTE_ADDR=f"203.0.113.{number}")
        client.force_login(editor.person)
        assert client.get(CLAIMS).status_code == status


def test_reads_and_writes_are_counted_apart(reporter, records):
    assert [reporter.post(CLAIMS, claim_body()).status_code for _ in range(3)] == [201, 201, 429]
    assert Claim.objects.count() == 2
    assert reads(reporter, 4) == [200, 200, 200, 429]


def test_what_is_refused_is_counted_too(anonymous):
    assert [anonymous.post(CLAIMS, {}).status_code for _ in range(3)] == [401, 401, 429]
    assert reads(anonymous, 4, f"{CLAIMS}nothing/") == [404, 404, 404, 429]


def test_tokens_that_open_nothing_are_counted_for_the_address_and_hinder_no_good_one(anonymous, reporter):
    headers = {"HTTP_AUTHORIZATION": "Token cl_guessed"}
    assert reads(APIClient(), 4, **headers) == [401, 401, 401, 429]
    assert anonymous.get(CLAIMS).status_code == 429
    assert reporter.get(CLAIMS).status_code == 200


def test_another_word_of_a_stranger_is_no_other_address(anonymous):
    answers = [anonymous.get(CLAIMS, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code for n in range(4)]
    assert answers == [200, 200, 200, 429]


def test_without_a_limit_nobody_is_counted(anonymous, settings, monkeypatch):
    settings.API_RATE_READS = 0
    monkeypatch.setattr(throttling, "tally_at", lambda _url: pytest.fail("it counts"))
    assert reads(anonymous, 5) == [200] * 5


def test_counting_asks_the_database_nothing(anonymous, django_assert_num_queries, settings):
    open_claim()
    settings.API_RATE_READS = 0
    path = f"{CLAIMS}{Claim.objects.get().public_id}/events/"
    with django_assert_num_queries(2):
        assert anonymous.get(path).status_code == 200
    settings.API_RATE_READS = 3
    with django_assert_num_queries(2):
        assert anonymous.get(path).status_code == 200


def test_a_write_that_is_one_too_many_asks_the_database_for_its_token_alone(django_assert_max_num_queries, records):
    client = program("reporter")
    for _ in range(2):
        client.post(CLAIMS, {})
    with django_assert_max_num_queries(1):
        assert client.post(CLAIMS, claim_body()).status_code == 429


def test_the_redis_is_the_newsrooms(monkeypatch, anonymous):
    seen = []
    monkeypatch.setattr(throttling, "tally_at", lambda url: seen.append(url) or tally.Tally(NOWHERE))
    anonymous.get(CLAIMS)
    assert seen == [configured.REDIS_URL]
