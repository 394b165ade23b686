"""Who may do what: the table, cell by cell, and nothing beside it."""

import pytest
from rest_framework.test import APIClient, APIRequestFactory

from claims.api import urls
from claims.api.endpoint import Endpoint
from claims.api.permissions import NEEDED
from claims.models.roles import EDITOR, REPORTER
from tests.api.bodies import CLAIMS, claim_body
from tests.factories import PersonFactory, due_claim

VIEWS = [pattern for pattern in urls.urlpatterns if hasattr(pattern.callback, "view_class")]
CELLS = [(view, method, right) for view, methods in NEEDED.items() for method, right in methods.items()]
# What a reporter may not do and an editor may.
EDITORS_ONLY = {
    "PublishClaim", "WithdrawClaim", "ReopenClaim", "PublishReview",
    "WebhookList", "WebhookDetail", "RenewSecret", "SendTest", "DeliveryList", "DeliveryDetail", "SendAgain",
}  # fmt: skip


def address(view, claim):
    pattern = next(pattern for pattern in VIEWS if pattern.callback.view_class.__name__ == view)
    path = str(pattern.pattern)
    return "/api/v1/" + (
        path.replace("<slug:public_id>", claim.public_id)
        .replace("<int:number>", "1")
        .replace("<int:delivery>", "1")
        .replace("<slug:slug>", "none")
    )  # fmt: skip


def test_every_address_but_the_last_has_its_line_in_the_table():
    assert {pattern.callback.view_class.__name__ for pattern in VIEWS} == set(NEEDED)
    assert len(urls.urlpatterns) - len(VIEWS) == 1


def test_the_table_has_each_method_of_each_view_and_no_other():
    for pattern in VIEWS:
        view = pattern.callback.view_class
        methods = {name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)}
        assert set(NEEDED[view.__name__]) == methods


@pytest.mark.parametrize(("view", "method", "right"), CELLS)
def test_each_cell_opens_to_whom_it_says(view, method, right, anonymous, reader, reporter, editor):
    claim = due_claim()
    path = address(view, claim)

    def status(client):
        return client.generic(method, path, "{}", content_type="application/json").status_code

    if method == "GET" and not right:
        wanted = {200, 400, 404, 406}
        assert {status(client) for client in (anonymous, reader, reporter, editor)} <= wanted
        return
    assert status(anonymous) == 401
    assert status(reader) == 403  # a reporter's, which may only read
    if view in EDITORS_ONLY:
        assert status(reporter) == 403
    else:
        assert status(reporter) not in {401, 403}
    assert status(editor) not in {401, 403}


@pytest.mark.parametrize(("view", "method", "right"), CELLS)
def test_the_roles_hold_the_rights_that_the_table_names(view, method, right):
    name = right.removeprefix("claims.")
    assert not right or name in EDITOR
    assert (not right or name in REPORTER) == (view not in EDITORS_ONLY)


def test_a_person_without_a_role_reads_what_the_public_reads_and_writes_nothing(db, records):
    person = PersonFactory()
    person.groups.clear()
    client = APIClient()
    client.force_login(person)
    assert client.get(CLAIMS, {"status": "draft"}).json()["results"] == []
    assert client.post(CLAIMS, claim_body()).status_code == 403


def test_a_view_that_nobody_put_into_the_table_is_closed(editor):
    class Forgotten(Endpoint):
        def get(self, request):
            raise AssertionError("open")

    request = APIRequestFactory().get("/", headers={"authorization": editor.defaults["HTTP_AUTHORIZATION"]})
    assert Forgotten.as_view()(request).status_code == 403
    assert Forgotten.as_view()(APIRequestFactory().get("/")).status_code == 401


def test_every_view_of_the_api_is_one_of_ours():
    for pattern in VIEWS:
        assert issubclass(pattern.callback.view_class, Endpoint)
        assert [kind.__name__ for kind in pattern.callback.view_class.permission_classes] == ["RolePermission"]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO", "REQUEST"])
def test_a_method_that_there_is_not_is_a_405_for_everybody(anonymous, editor, method):
    for client in (anonymous, editor):
        answer = client.generic(method, CLAIMS)
        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
        assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_options_says_which_methods_there_are(anonymous):
    answer = anonymous.options(CLAIMS)
    assert (answer.status_code, answer["Allow"], answer.content) == (204, "GET, POST, HEAD, OPTIONS", b"")


def test_a_session_writes_with_a_csrf_token_only(records):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(PersonFactory(role="reporter"))
    answer = client.post(CLAIMS, claim_body())
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    client.get("/api/v1/docs/", {"script": ""})
    token = client.cookies["csrftoken"].value
    assert client.post(CLAIMS, claim_body(), headers={"x-csrftoken": token}).status_code == 201
