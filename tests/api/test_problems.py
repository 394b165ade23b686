"""Errors, as programs read them."""

from unittest import mock

import pytest
from django.db import IntegrityError, OperationalError
from rest_framework.exceptions import ErrorDetail

from claims import logbook
from claims.api.problems import flat
from claims.models import Claim
from tests.api.bodies import CLAIMS, claim_body
from tests.factories import ClaimFactory


@pytest.mark.parametrize(
    "path", ["", "nothing/", "claims", "claims//", "claims/a/b/c/", "claims/a.json", "v2/", "claims/%00/", "claims/ü/"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "TRACE"])
def test_an_address_that_there_is_not_is_a_404_in_the_same_form(anonymous, path, method):
    answer = anonymous.generic(method, f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert set(answer.json()) == {"type", "title", "status", "detail", "errors"}


def test_only_json_is_taken_and_given(reporter, records):
    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/xml",
    ):
        assert reporter.generic("POST", CLAIMS, "a=1", content_type=kind).status_code == 415
    for kind in ("text/html", "application/xml", "image/*"):
        assert reporter.get(CLAIMS, headers={"accept": kind}).status_code == 406
    assert reporter.get(CLAIMS, headers={"accept": "text/html,*/*;q=0.8"}).status_code == 200
    assert (
        reporter.post(CLAIMS, claim_body(), content_type="application/json; charset=utf-8", format=None).status_code
        == 201
    )


def test_a_program_without_a_token_is_told_how_to_send_one(anonymous):
    answer = anonymous.post(CLAIMS, {})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")
    assert answer.json()["title"] == "Unauthorized"


@pytest.mark.parametrize(
    ("error", "status"), [(IntegrityError("x"), 409), (OperationalError("database is locked"), 503)]
)
def test_what_the_database_refuses_is_no_500(reporter, records, error, status):
    with mock.patch.object(Claim, "save", side_effect=error):
        answer = reporter.post(CLAIMS, claim_body())
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert "locked" not in answer.content.decode()
    assert answer.has_header("Retry-After") == (status == 503)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("patch", "", {"criteria": "x"}), ("post", "figures/", {"metric": "cost", "value": 1, "unit": "USD"})],
)
def test_a_draft_that_is_thrown_away_meanwhile_is_a_404(reporter, method, path, body):
    claim = ClaimFactory()
    place = f"{CLAIMS}{claim.public_id}/{path}"

    def thrown_away_meanwhile(*_args, **_options):
        logbook.discard(claim)
        return begin(claim)

    begin = logbook.begin
    with mock.patch.object(logbook, "begin", thrown_away_meanwhile):
        answer = getattr(reporter, method)(place, body, headers={"if-match": "*"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_defect_of_our_own_is_not_hidden(reporter, records):
    with mock.patch.object(Claim, "save", side_effect=AttributeError), pytest.raises(AttributeError):
        reporter.post(CLAIMS, claim_body())


def test_nested_errors_are_told_by_their_place():
    wrong, missing = ErrorDetail("No.", code="wrong"), ErrorDetail("Missing.", code="required")
    assert flat(
        {"a": [wrong, missing], "b": [{}, {"c": [missing]}], "d": {"e": {2: [wrong]}}, "non_field_errors": [wrong]}
    ) == [
        {"field": "a", "message": "No. Missing.", "code": "wrong"},
        {"field": "b[1].c", "message": "Missing.", "code": "required"},
        {"field": "d.e[2]", "message": "No.", "code": "wrong"},
        {"field": "", "message": "No.", "code": "wrong"},
    ]
