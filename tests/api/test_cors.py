"""Scripts on other sites' pages: they read, and that is all."""

import pytest

from tests.api.bodies import CLAIMS, claim_body
from tests.factories import ClaimFactory, open_claim

ELSEWHERE = {"origin": "https://elsewhere.example"}
ALLOW = "Access-Control-Allow-Origin"


def told(answer):
    return {name: value for name, value in answer.headers.items() if name.startswith("Access-Control-")}


def preflight(client, path, method, **more):
    return client.options(path, headers={**ELSEWHERE, "access-control-request-method": method, **more})


@pytest.mark.parametrize("path", ["claims/", "claims/?page_size=x", "claims/none/", "events/", "schema/", "nowhere/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_any_page_reads_what_everybody_may_read_errors_too(anonymous, db, path, method):
    answer = getattr(anonymous, method)(f"/api/v1/{path}", headers=ELSEWHERE)
    assert told(answer) == {ALLOW: "*", "Access-Control-Expose-Headers": "ETag, Retry-After, X-Request-ID"}


def test_what_has_not_changed_is_read_as_well(anonymous):
    open_claim()
    tag = anonymous.get(CLAIMS)["ETag"]
    answer = anonymous.get(CLAIMS, headers={**ELSEWHERE, "if-none-match": tag})
    assert (answer.status_code, answer[ALLOW]) == (304, "*")


def test_no_page_is_given_a_readers_own_view(reporter):
    """Browsers give no answer to a script that was asked for with credentials and names no site."""
    ClaimFactory()
    answer = reporter.get(CLAIMS, headers=ELSEWHERE)
    assert answer[ALLOW] == "*"
    assert "Access-Control-Allow-Credentials" not in told(answer)


def test_no_page_learns_what_came_of_a_write(reporter, records):
    assert told(reporter.post(CLAIMS, claim_body(), headers=ELSEWHERE)) == {}
    claim = ClaimFactory()
    assert told(reporter.patch(f"{CLAIMS}{claim.public_id}/", {}, headers=ELSEWHERE | {"if-match": "*"})) == {}
    assert told(reporter.delete(f"{CLAIMS}{claim.public_id}/", headers=ELSEWHERE | {"if-match": "*"})) == {}


def test_a_browser_that_asks_before_is_allowed_to_read_and_to_name_what_it_has(anonymous):
    answer = preflight(anonymous, CLAIMS, "GET", **{"access-control-request-headers": "if-none-match"})
    assert answer.status_code == 204
    assert told(answer) == {
        ALLOW: "*",
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "If-None-Match",
        "Access-Control-Max-Age": "3600",
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "get", "", "TRACE"])
def test_a_browser_that_asks_to_write_is_allowed_nothing(anonymous, method):
    assert told(preflight(anonymous, CLAIMS, method)) == {}


def test_pages_that_are_not_the_api_are_read_by_themselves_alone(client, db):
    for path in ("/", "/admin/login/", "/healthz"):
        assert told(client.get(path, headers=ELSEWHERE)) == {}
