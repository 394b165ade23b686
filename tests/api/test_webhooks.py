"""Webhooks over the API: who is told what, what was sent, and that nobody learns a secret twice."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from claims.models import Delivery, Webhook
from claims.notify import outbox, subscribers
from claims.tasks import deliver_webhooks
from tests.api.conftest import program
from tests.api.test_description import check, described  # noqa: F401 - a fixture
from tests.api.test_listing import walk
from tests.factories import NOW, EventFactory, PersonFactory, WebhookFactory, due_claim
from tests.safe_http.inside import URLS

HOOKS = "/api/v1/webhooks/"
# A number needs no name server.
PUBLIC = "https://1.1.1.1/hooks"


@pytest.fixture(autouse=True)
def nudged(monkeypatch):
    """How often the sender was woken."""
    times = []
    monkeypatch.setattr(deliver_webhooks, "apply_async", lambda **_options: times.append(1))
    return times


@pytest.fixture
def admin(db):
    return program("admin")


def body(**changes):
    return {"url": PUBLIC, "name": "The bot", "kinds": ["flagged", "reviewed"], "filter": "topic=compute"} | changes


def hook(**fields):
    return WebhookFactory(url=PUBLIC, **fields)


def delivered(webhook, **fields):
    moments = Delivery.times(timezone.now()) | fields
    return Delivery.objects.create(webhook=webhook, **moments)


def patch(client, webhook, tag="*", **changes):
    return client.patch(f"{HOOKS}{webhook.pk}/", changes, headers={"if-match": tag})


def fields(answer):
    return [error["field"] for error in answer.json()["errors"]]


# --- made -------------------------------------------------------------------------------------------------------------
def test_a_webhook_is_made_with_a_secret_that_is_shown_once(editor):
    answer = editor.post(HOOKS, body())
    assert answer.status_code == 201
    made = answer.json()
    assert made["secret"] == Webhook.objects.get().secret
    assert made["secret"].startswith("whsec_")
    assert answer["Cache-Control"] == "no-store"
    shown = editor.get(answer["Location"]).json()
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    assert shown["created_by"] == editor.person.username
    assert (shown["is_active"], shown["format"]) == (True, "standard")


def test_no_other_answer_and_no_log_holds_a_secret(editor, caplog):
    caplog.set_level("DEBUG")
    webhook = hook()
    call = delivered(webhook)
    one = f"{HOOKS}{webhook.pk}/"
    answers = [editor.get(path) for path in (HOOKS, one, f"{one}deliveries/", f"{one}deliveries/{call.pk}/")]
    answers += [
        patch(editor, webhook, name="Other"),
        patch(editor, webhook, secret="whsec_x"),
        editor.post(HOOKS, body(url="http://localhost/")),
        editor.post(f"{one}test/"),
        editor.post(f"{one}deliveries/{call.pk}/resend/"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 200, 400, 400, 202, 409]
    assert not any(webhook.secret in answer.content.decode() for answer in answers)
    assert webhook.secret not in caplog.text


def test_the_list_shows_no_secret_of_a_new_one_either(editor):
    secret = editor.post(HOOKS, body()).json()["secret"]
    assert secret not in editor.get(HOOKS).content.decode()


def test_a_new_one_is_told_of_nothing_that_lies_before(editor):
    before = due_claim(at=NOW).events.last()
    editor.post(HOOKS, {"url": PUBLIC})
    after = due_claim(at=NOW).events.last()
    outbox.fan_out(timezone.now())
    told = Delivery.objects.values_list("event", flat=True)
    assert after.pk in told
    assert before.pk not in told


def test_one_that_is_told_of_everything_needs_an_address_only(editor):
    made = editor.post(HOOKS, {"url": PUBLIC}).json()
    assert (made["name"], made["kinds"], made["filter"]) == ("", [], "")


def test_there_is_an_end_to_how_many_there_may_be(editor, monkeypatch):
    monkeypatch.setattr(subscribers, "MOST_WEBHOOKS", 2)
    assert [editor.post(HOOKS, body()).status_code for _ in range(3)] == [201, 201, 409]
    assert Webhook.objects.count() == 2


# --- what may not be said ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"url": None}, ["url"]),
        ({"url": ""}, ["url"]),
        ({"url": 5}, ["url"]),
        ({"url": "x" * 2001}, ["url"]),
        ({"url": "https://1.1.1.1/\u202e"}, ["url"]),
        ({"name": "x" * 81}, ["name"]),
        ({"name": "a\nb"}, ["name"]),
        ({"name": None}, ["name"]),
        ({"kinds": "flagged"}, ["kinds"]),
        ({"kinds": None}, ["kinds"]),
        ({"kinds": ["flagged", "gone"]}, ["kinds[1]"]),
        ({"kinds": [["flagged"]]}, ["kinds[0]"]),
        ({"kinds": ["flagged", "flagged"]}, ["kinds"]),
        ({"kinds": ["flagged"] * 11}, ["kinds"]),
        ({"filter": "x" * 501}, ["filter"]),
        ({"filter": "topic=a&status=due&colour=red"}, ["filter.status", "filter.colour"]),
        ({"filter": "topic="}, ["filter.topic"]),
        ({"filter": "from=2027-02-30"}, ["filter.from"]),
        ({"filter": "from=2027-02-03&to=2026-01-01"}, ["filter.to"]),
        ({"filter": "q=%00"}, ["filter.q"]),
        ({"filter": "topic=a\u0001"}, ["filter.topic"]),
        ({"filter": 5}, ["filter"]),
        ({"filter": None}, ["filter"]),
        ({"format": "xml"}, ["format"]),
        ({"is_active": "yes"}, ["is_active"]),
        ({"is_active": None}, ["is_active"]),
        ({"secret": "whsec_x"}, ["secret"]),
        ({"id": 7, "created_by": "me", "colour": "red"}, ["id", "created_by", "colour"]),
        ({"query": "topic=a"}, ["query"]),
        ({"after_event": 0}, ["after_event"]),
    ],
)
def test_what_cannot_be_accepted_is_named_and_nothing_is_written(editor, given, named):
    webhook = hook()
    before = Webhook.objects.values().get()
    for answer in (editor.post(HOOKS, body(**given)), patch(editor, webhook, **given)):
        assert answer.status_code == 400, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        assert fields(answer) == named
    assert Webhook.objects.values().get() == before


def test_an_address_that_is_left_out_is_named(editor):
    assert fields(editor.post(HOOKS, {"name": "x"})) == ["url"]


def test_no_address_inside_is_let_in(editor):
    webhook = hook()
    for number, url in enumerate(URLS):
        answer = editor.post(HOOKS, {"url": url}) if number % 2 else patch(editor, webhook, url=url)
        assert (answer.status_code, fields(answer)) == (400, ["url"]), url
    assert Webhook.objects.get().url == PUBLIC


def test_places_that_the_operator_allows_are_let_in(editor, settings):
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1:9000", "flows:5678"})
    assert editor.post(HOOKS, {"url": "http://127.0.0.1:9000/in"}).status_code == 201
    assert editor.post(HOOKS, {"url": "http://flows:5678/in"}).status_code == 201
    assert editor.post(HOOKS, {"url": "http://flows/in"}).status_code == 400
    assert editor.post(HOOKS, {"url": "http://127.0.0.1:9001/in"}).status_code == 400


def test_a_host_is_looked_up_while_nothing_is_locked(editor, monkeypatch):
    webhook, seen = hook(), []

    def look(_url, **_options):
        seen.append(connection.in_atomic_block and len(connection.savepoint_ids))

    level = len(connection.savepoint_ids)
    monkeypatch.setattr(subscribers.safe_http, "check", look)
    editor.post(HOOKS, {"url": PUBLIC})
    patch(editor, webhook, url=PUBLIC)
    assert seen == [level, level]


def test_a_filter_is_kept_without_its_question_mark(editor):
    assert editor.post(HOOKS, body(filter=" ?topic=compute&source=wsj ")).json()["filter"] == "topic=compute&source=wsj"


# --- changed and removed ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["patch", "delete"])
def test_it_is_changed_by_whom_has_read_it(editor, method):
    webhook = hook()
    path = f"{HOOKS}{webhook.pk}/"
    tag = editor.get(path)["ETag"]

    def send(**headers):
        return getattr(editor, method)(path, {"name": "New"}, headers=headers).status_code

    assert send() == 428
    assert send(**{"if-match": '"old"'}) == 412
    Webhook.objects.update(kinds=["flagged"])
    assert send(**{"if-match": tag}) == 412
    assert Webhook.objects.get().name == ""
    assert send(**{"if-match": editor.get(path)["ETag"]}) in {200, 204}


def test_a_change_answers_the_etag_of_the_next_one(editor):
    webhook = hook()
    first = patch(editor, webhook, name="One")
    second = patch(editor, webhook, first["ETag"], name="Two")
    assert (second.status_code, second.json()["name"]) == (200, "Two")
    assert patch(editor, webhook, first["ETag"], name="Three").status_code == 412


def test_one_that_changes_while_its_host_is_looked_up_is_not_overwritten(editor, monkeypatch):
    webhook = hook()
    tag = editor.get(f"{HOOKS}{webhook.pk}/")["ETag"]
    monkeypatch.setattr(subscribers.safe_http, "check", lambda *_a, **_o: Webhook.objects.update(name="Theirs"))
    assert patch(editor, webhook, tag, url="https://8.8.8.8/").status_code == 412
    assert Webhook.objects.get().url == PUBLIC


def test_one_that_is_removed_takes_its_deliveries_along(editor):
    webhook, other = hook(), hook()
    delivered(webhook)
    kept = delivered(other)
    path = f"{HOOKS}{webhook.pk}/"
    answer = editor.delete(path, headers={"if-match": editor.get(path)["ETag"]})
    assert (answer.status_code, answer.content) == (204, b"")
    assert list(Delivery.objects.all()) == [kept]
    assert editor.get(path).status_code == 404


def test_one_that_is_switched_on_again_is_given_a_fresh_start(editor):
    webhook = hook(resting_until=NOW, failures=9)
    webhook.stop("It answered 410 Gone.")
    waiting = delivered(webhook)
    past = EventFactory()
    shown = editor.get(f"{HOOKS}{webhook.pk}/").json()
    assert (shown["is_active"], shown["stopped_because"]) == (False, "It answered 410 Gone.")
    answer = patch(editor, webhook, is_active=True).json()
    assert (answer["is_active"], answer["stopped_because"], answer["resting_until"]) == (True, "", None)
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.after_event) == (0, past.pk)
    waiting.refresh_from_db()
    assert waiting.state == "pending"


def test_one_that_was_on_goes_on_where_it_was(editor):
    webhook = hook(failures=2, resting_until=NOW)
    EventFactory()
    patch(editor, webhook, is_active=True, name="Renamed")
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.resting_until, webhook.after_event) == (2, NOW, 0)


def test_another_address_does_not_inherit_the_rest_of_the_old_one(editor):
    webhook = hook(failures=2, resting_until=NOW)
    assert patch(editor, webhook, url="https://8.8.8.8/").json()["resting_until"] is None


def test_a_new_secret_replaces_the_old_one_and_is_shown_once(editor):
    webhook = hook()
    answer = editor.post(f"{HOOKS}{webhook.pk}/secret/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in answer
    old, new = webhook.secret, answer.json()["secret"]
    webhook.refresh_from_db()
    assert new == webhook.secret != old
    assert editor.post(f"{HOOKS}{webhook.pk}/secret/", {"secret": "whsec_mine"}).status_code == 400


# --- what is sent -----------------------------------------------------------------------------------------------------
def test_a_test_is_one_delivery_that_can_be_followed(editor, nudged, django_capture_on_commit_callbacks):
    webhook = hook()
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(f"{HOOKS}{webhook.pk}/test/")
    assert (answer.status_code, nudged) == (202, [1])
    call = Delivery.objects.get()
    assert (call.webhook, call.event, call.state) == (webhook, None, "pending")
    assert editor.get(answer["Location"]).json() == answer.json()
    assert answer.json()["message_id"] == call.key


def test_a_test_arrives_signed_with_the_secret_that_was_shown(editor, http_receiver, settings):
    settings.PRIVATE_HOSTS = frozenset({urlsplit(http_receiver.url).netloc})
    made = editor.post(HOOKS, {"url": http_receiver.url}).json()
    call = editor.post(f"{HOOKS}{made['id']}/test/")
    deliver_webhooks()
    (post,) = http_receiver.posts
    assert Verifier(made["secret"]).verify(post.body, post.headers)["type"] == "claimline.test"
    shown = editor.get(call["Location"]).json()
    assert (shown["state"], shown["message_id"], shown["attempts"]) == ("delivered", post.id, 1)
    assert shown["answer_status"] == 204


def test_a_test_takes_no_body(editor):
    assert fields(editor.post(f"{HOOKS}{hook().pk}/test/", {"url": "https://8.8.8.8/"})) == ["url"]
    assert not Delivery.objects.exists()


def test_tests_cannot_be_heaped_up(editor, monkeypatch):
    monkeypatch.setattr(subscribers, "MOST_TESTS", 2)
    path = f"{HOOKS}{hook().pk}/test/"
    assert [editor.post(path).status_code for _ in range(3)] == [202, 202, 409]
    Delivery.objects.first().deliver(timezone.now())
    assert editor.post(path).status_code == 202


@pytest.mark.parametrize("ending", ["deliver", "park"])
def test_what_is_settled_is_sent_again_under_its_old_key(editor, ending, nudged, django_capture_on_commit_callbacks):
    webhook = hook()
    call = delivered(webhook, event=EventFactory(), attempts=7, expires_at=NOW)
    call.deliver(NOW) if ending == "deliver" else call.park(NOW, "500")
    path = f"{HOOKS}{webhook.pk}/deliveries/{call.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(f"{path}resend/")
    assert nudged == [1]
    assert (answer.status_code, answer["Location"]) == (202, f"http://testserver{path}")
    again = Delivery.objects.get()
    assert (again.pk, again.key, again.state, again.attempts) == (call.pk, call.key, "pending", 0)
    assert again.expires_at > timezone.now() + timedelta(hours=23)
    assert answer.json() == editor.get(path).json()


def test_what_waits_keeps_its_turn(editor):
    webhook = hook()
    call = delivered(webhook, attempts=3)
    assert editor.post(f"{HOOKS}{webhook.pk}/deliveries/{call.pk}/resend/").status_code == 409
    call.refresh_from_db()
    assert call.attempts == 3


def test_nothing_is_sent_to_one_that_is_switched_off(editor):
    webhook = hook(is_active=False)
    call = delivered(webhook)
    call.park(NOW, "gone")
    for path in ("test/", f"deliveries/{call.pk}/resend/"):
        answer = editor.post(f"{HOOKS}{webhook.pk}/{path}")
        assert (answer.status_code, "switched off" in answer.json()["detail"]) == (409, True)
    assert Delivery.objects.get().state == "parked"


def test_one_that_rests_is_woken_by_whoever_sends_something(editor):
    webhook = hook(resting_until=NOW + timedelta(days=999), failures=3)
    assert editor.post(f"{HOOKS}{webhook.pk}/test/").status_code == 202
    webhook.refresh_from_db()
    assert (webhook.resting_until, webhook.failures) == (None, 3)


def test_a_delivery_says_what_it_tells_of(editor):
    event = due_claim().events.last()
    webhook = hook()
    call = delivered(webhook, event=event, answer_status=503, answer_ms=12, error="503 Service Unavailable")
    shown = editor.get(f"{HOOKS}{webhook.pk}/deliveries/{call.pk}/").json()
    assert (shown["event"], shown["kind"], shown["claim"]) == (event.pk, "flagged", event.claim.public_id)
    assert (shown["answer_status"], shown["answer_ms"], shown["error"]) == (503, 12, "503 Service Unavailable")
    assert shown["next_attempt_at"]
    call.deliver(timezone.now())
    assert editor.get(f"{HOOKS}{webhook.pk}/deliveries/{call.pk}/").json()["next_attempt_at"] is None


def test_deliveries_are_paged_by_key_and_narrowed_by_state(editor):
    webhook = hook()
    calls = [delivered(webhook) for _ in range(5)]
    delivered(hook())
    path = f"{HOOKS}{webhook.pk}/deliveries/"
    assert walk(editor, path, {"page_size": 2}) == [call.pk for call in reversed(calls)]
    calls[0].deliver(NOW)
    calls[1].park(NOW, "x")
    assert walk(editor, path, {"state": "delivered"}) == [calls[0].pk]
    assert walk(editor, path, {"state": "parked"}) == [calls[1].pk]
    assert walk(editor, path, {"state": "pending", "page_size": 1}) == [call.pk for call in reversed(calls[2:])]


@pytest.mark.parametrize("query", ["state=lost", "state=", "state=parked&state=pending", "colour=red", "cursor=x"])
def test_a_question_that_cannot_be_read_is_refused(editor, query):
    answer = editor.get(f"{HOOKS}{hook().pk}/deliveries/?{query}")
    assert (answer.status_code, fields(answer)) == (400, [query.partition("=")[0]])


NOWHERE = [
    "{other}/deliveries/{call}/",
    "{hook}/deliveries/0/",
    "{hook}/deliveries/99999999999999999999/",
    "0/deliveries/",
    "0/",
    "99999999999999999999/",
    "-1/",
    "x/",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_what_there_is_not_is_a_404(editor, path):
    webhook = hook()
    place = path.format(hook=webhook.pk, other=hook().pk, call=delivered(webhook).pk)
    for answer in (
        editor.get(HOOKS + place),
        editor.post(f"{HOOKS}{place}resend/"),
        editor.post(f"{HOOKS}{place}test/"),
    ):
        assert answer.status_code == 404


# --- who --------------------------------------------------------------------------------------------------------------
READS = ["", "{hook}/", "{hook}/deliveries/", "{hook}/deliveries/{call}/"]
WRITES = [
    ("POST", "", 201),
    ("PATCH", "{hook}/", 200),
    ("POST", "{hook}/secret/", 200),
    ("POST", "{hook}/test/", 202),
    ("POST", "{hook}/deliveries/{call}/resend/", 202),
    ("DELETE", "{hook}/", 204),
]


@pytest.mark.parametrize(("method", "path", "done"), [("GET", path, 200) for path in READS] + WRITES)
def test_webhooks_are_the_editors_and_a_reading_token_only_reads(
    anonymous, reporter, reader, editor, admin, method, path, done
):
    webhook = hook()
    call = delivered(webhook)
    call.park(NOW, "x")
    place = HOOKS + path.format(hook=webhook.pk, call=call.pk)
    sent = json.dumps(body() if (method, path) == ("POST", "") else {})
    roleless = program("editor")
    roleless.person.groups.clear()
    before = list(Webhook.objects.values()), list(Delivery.objects.values())

    def status(client):
        return client.generic(
            method, place, sent, content_type="application/json", headers={"if-match": "*"}
        ).status_code

    assert status(anonymous) == 401
    assert [status(client) for client in (reporter, reader, roleless)] == [403, 403, 403]
    reading = program("editor", scope="read")
    assert status(reading) == (200 if method == "GET" else 403)
    assert (list(Webhook.objects.values()), list(Delivery.objects.values())) == before
    assert status(editor) == done
    if method == "DELETE":
        assert status(admin) == 404
    elif "resend" in path:
        assert status(admin) == 409
    else:
        assert status(admin) == done


# --- how it is described, and what it costs ---------------------------------------------------------------------------
def test_every_answer_is_of_the_shape_that_is_described(editor, described):  # noqa: F811
    made = editor.post(HOOKS, body())
    check(made.json(), "WebhookWithSecret", described)
    one = made["Location"]
    test = editor.post(f"{one}test/")
    check(test.json(), "Delivery", described)
    webhook = Webhook.objects.get()
    call = delivered(webhook, event=due_claim().events.last())
    call.park(NOW, "x")
    check(editor.get(one).json(), "Webhook", described)
    check(editor.get(HOOKS).json(), "WebhookPage", described)
    check(editor.get(f"{one}deliveries/").json(), "DeliveryPage", described)
    check(editor.post(f"{one}deliveries/{call.pk}/resend/").json(), "Delivery", described)
    check(editor.post(f"{one}secret/").json(), "WebhookWithSecret", described)
    check(editor.patch(one, {"is_active": False}, headers={"if-match": "*"}).json(), "Webhook", described)


def test_the_example_is_accepted(editor, described, monkeypatch):  # noqa: F811
    monkeypatch.setattr(subscribers.safe_http, "check", lambda *_a, **_o: None)
    sent = described["paths"][HOOKS]["post"]["requestBody"]["content"]["application/json"]["examples"]
    ((_name, example),) = sent.items()
    assert editor.post(HOOKS, example["value"]).status_code == 201


def test_each_answer_has_the_status_and_headers_that_are_described(described):  # noqa: F811
    paths = described["paths"]
    assert set(paths[HOOKS]["post"]["responses"]["201"]["headers"]) == {"Location", "Idempotent-Replayed"}
    for path in ("test/", "deliveries/{delivery}/resend/"):
        responses = paths[f"{HOOKS}{{number}}/{path}"]["post"]["responses"]
        assert set(responses["202"]["headers"]) == {"Location", "Idempotent-Replayed"}
        assert "409" in responses
    assert set(paths[f"{HOOKS}{{number}}/secret/"]["post"]["responses"]["200"]["headers"]) == {"Idempotent-Replayed"}
    state = next(p for p in paths[f"{HOOKS}{{number}}/deliveries/"]["get"]["parameters"] if p["name"] == "state")
    assert state["schema"]["enum"] == ["pending", "delivered", "parked"]


@pytest.mark.parametrize("path", ["", "{hook}/deliveries/"])
def test_a_page_asks_the_database_as_often_at_3_rows_as_at_30(editor, django_assert_num_queries, path):
    webhook = hook(created_by=editor.person)
    place = HOOKS + path.format(hook=webhook.pk)

    def fill(number):
        for _ in range(number):
            delivered(webhook, event=EventFactory())
            hook(created_by=PersonFactory())

    fill(3)
    editor.get(place)
    with CaptureQueriesContext(connection) as few:
        editor.get(place)
    fill(27)
    with django_assert_num_queries(len(few)):
        editor.get(place)
