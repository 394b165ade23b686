"""The pages beside the claims: method, errors, and what machines ask for."""

import pytest
from django.test import Client, RequestFactory
from django.views import defaults

from claims.dates import HOUSE_RULES
from tests.web.reading import find, text_of, tree


@pytest.mark.django_db
def test_every_house_rule_stands_on_the_method_page_under_its_number(client):
    response = client.get("/method/")
    headings = {item.get("id"): text_of(item.find("h3")) for item in find(response, "li") if item.get("id")}
    assert headings == {f"rule-{rule.number}": f"{rule.number}{rule.title}" for rule in HOUSE_RULES}


@pytest.mark.django_db
def test_the_method_page_says_which_verdicts_have_a_number(client):
    body = find(client.get("/method/"), "table", "verdicts")[0].find("tbody")
    numbers = {text_of(row.find("th")): text_of(row.find("td")) for row in body.iter("tr")}
    assert numbers == {"True": "5", "Partly true": "3", "False": "1", "Unverifiable": "–", "Void": "–"}


def test_being_alive_is_answered_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def test_robots_are_kept_from_the_desk(client):
    assert b"Disallow: /admin/" in client.get("/robots.txt").content


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: defaults.bad_request(request, ValueError()), 400),
        (lambda request: defaults.permission_denied(request, PermissionError()), 403),
        (lambda request: defaults.page_not_found(request, LookupError()), 404),
        (defaults.server_error, 500),
    ],
)
def test_error_pages_are_whole_and_need_no_database(view, status):
    response = view(RequestFactory().get("/"))
    assert response.status_code == status
    assert str(status) in text_of(tree(response))
    assert find(response, "a", "act")[0].get("href") == "/"


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_the_look_of_the_house():
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "Nothing stands at this address" in response.content.decode()


@pytest.mark.django_db
def test_the_newsroom_is_called_as_its_operator_wants(client, settings):
    settings.NEWSROOM_NAME = "The <Daily> Ledger"
    response = client.get("/")
    assert text_of(find(response, "title")[0]) == "Timeline · The <Daily> Ledger"
    assert text_of(find(response, "a", "brand")[0]) == "The <Daily> Ledger"
