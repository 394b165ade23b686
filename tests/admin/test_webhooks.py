"""Webhooks and their deliveries at the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Delivery, Webhook
from claims.notify import subscribers
from claims.tasks import deliver_webhooks
from tests.admin.forms import errors, filled, messages
from tests.factories import NOW, ClaimFactory, EventFactory, PersonFactory, WebhookFactory, due_claim
from tests.safe_http.inside import URLS

HOOKS = "/admin/claims/webhook/"
CALLS = "/admin/claims/delivery/"
# A number needs no name server.
PUBLIC = "https://1.1.1.1/hooks"


@pytest.fixture(autouse=True)
def nudged(monkeypatch):
    """How often the sender was woken."""
    times = []
    monkeypatch.setattr(deliver_webhooks, "apply_async", lambda **_options: times.append(1))
    return times


def hook(**fields):
    return WebhookFactory(**{"url": PUBLIC} | fields)


def delivered(webhook, **fields):
    return Delivery.objects.create(webhook=webhook, **Delivery.times(timezone.now()) | fields)


def page_of(webhook):
    return f"{HOOKS}{webhook.pk}/change/"


def sent_by(page, **changes):
    """What a browser sends; boxes that are not ticked are not sent at all."""
    sent = filled(page, **changes)
    return {name: value for name, value in sent.items() if not (name.endswith("kinds") and not value)}


def add(client, **changes):
    page = client.get(f"{HOOKS}add/")
    return client.post(f"{HOOKS}add/", sent_by(page, **{"url": PUBLIC} | changes), follow=True)


def edit(client, webhook, **changes):
    return client.post(page_of(webhook), sent_by(client.get(page_of(webhook)), **changes), follow=True)


def found(client, **asked):
    return {call.pk for call in client.get(CALLS, asked).context["cl"].result_list}


def again(client, *calls):
    chosen = {"action": "send_again", "_selected_action": [call.pk for call in calls]}
    return messages(client.post(CALLS, chosen, follow=True))


# --- made and changed -------------------------------------------------------------------------------------------------
def test_whoever_adds_a_webhook_is_shown_what_its_receiver_needs(editor):
    past = EventFactory()
    page = add(editor, name="The bot", kinds=["flagged", "reviewed"], query="?topic=compute&source=wsj")
    webhook = Webhook.objects.get()
    assert page.redirect_chain[-1][0] == page_of(webhook)
    assert webhook.secret in page.content.decode()
    assert (webhook.name, webhook.kinds, webhook.query) == (
        "The bot",
        ["flagged", "reviewed"],
        "topic=compute&source=wsj",
    )
    assert (webhook.created_by, webhook.after_event, webhook.is_active) == (editor.person, past.pk, True)


def test_no_kind_chosen_means_all(editor):
    add(editor)
    assert Webhook.objects.get().kinds == []
    assert "All" in editor.get(HOOKS).content.decode()


def test_kinds_of_events_are_boxes_in_words(editor):
    page = editor.get(f"{HOOKS}add/").content.decode()
    assert page.count('type="checkbox" name="kinds"') == 10
    assert "Flagged for revisiting" in page


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"url": ""}, "url", "required"),
        ({"url": "javascript:alert(1)"}, "url", "begin with http"),
        ({"url": "http://localhost/"}, "url", "not on the public web"),
        ({"url": "http://1.1.1.1:8080/"}, "url", "usual port"),
        ({"url": "\x00"}, "url", ""),
        ({"name": "x" * 81}, "name", "at most 80"),
        ({"name": "a\x00"}, "name", ""),
        ({"kinds": ["gone"]}, "kinds", "gone"),
        ({"query": "topic=a&colour=red&status=due"}, "query", "colour: There is no such parameter."),
        ({"query": "from=soon"}, "query", "from: Write a day"),
        ({"query": "x" * 501}, "query", "at most 500"),
        ({"format": "xml"}, "format", "xml"),
    ],
)
def test_what_is_wrong_is_said_on_its_field_and_nothing_is_saved(editor, given, field, said):
    response = add(editor, **given)
    assert list(errors(response)) == [field]
    assert said in " ".join(errors(response)[field])
    assert not Webhook.objects.exists()
    webhook = hook()
    before = Webhook.objects.values().get()
    assert list(errors(edit(editor, webhook, **given))) == [field]
    assert Webhook.objects.values().get() == before


def test_every_parameter_of_a_filter_that_is_wrong_is_named(editor):
    response = add(editor, query="topic=a&colour=red&status=due")
    assert errors(response)["query"] == ["colour: There is no such parameter.", "status: There is no such parameter."]


def test_no_address_inside_is_let_in(editor):
    for url in URLS[::7]:
        response = add(editor, url=url)
        assert "url" in errors(response), url
    assert not Webhook.objects.exists()


def test_places_that_the_operator_allows_are_let_in(editor, settings):
    allowed = ["http://127.0.0.1:9000/in", "http://flows:5678/in"]
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1:9000", "flows:5678"})
    for url in [*allowed, "http://flows/in"]:
        add(editor, url=url)
    assert [webhook.url for webhook in Webhook.objects.order_by("pk")] == allowed


def test_a_host_is_looked_up_while_nothing_is_locked(editor, monkeypatch):
    webhook, seen, level = hook(), [], len(connection.savepoint_ids)
    monkeypatch.setattr(subscribers.safe_http, "check", lambda *_a, **_o: seen.append(len(connection.savepoint_ids)))
    add(editor)
    edit(editor, webhook, name="New")
    assert seen == [level, level]


def test_one_whose_address_is_not_let_in_any_more_can_be_switched_off(editor):
    webhook = hook(url="http://10.0.0.1/in")
    edit(editor, webhook, is_active=None)
    assert not Webhook.objects.get().is_active


def test_there_is_an_end_to_how_many_there_may_be(editor, monkeypatch):
    monkeypatch.setattr(subscribers, "MOST_WEBHOOKS", 1)
    add(editor)
    assert "at most 1 webhooks" in messages(add(editor))
    assert Webhook.objects.count() == 1


def test_what_somebody_else_changed_meanwhile_is_not_undone(editor):
    webhook = hook(kinds=["flagged"])
    page = editor.get(page_of(webhook))
    Webhook.objects.update(kinds=["reviewed"], name="Theirs")
    editor.post(page_of(webhook), sent_by(page, query="topic=a"))
    webhook.refresh_from_db()
    assert (webhook.kinds, webhook.name, webhook.query) == (["reviewed"], "Theirs", "topic=a")
    response = editor.post(page_of(webhook), sent_by(page, kinds=["edited"], name="Mine", query=""))
    assert {"kinds", "name"} <= set(errors(response))
    webhook.refresh_from_db()
    assert (webhook.kinds, webhook.name) == (["reviewed"], "Theirs")


@pytest.mark.parametrize("before", [[], ["flagged"], ["flagged", "reviewed"]])
@pytest.mark.parametrize("after", [None, ["reviewed"], ["reviewed", "flagged", "edited"]])
def test_kinds_are_changed_to_others_to_more_and_to_all(editor, before, after):
    webhook = hook(kinds=before)
    page = edit(editor, webhook, kinds=after)
    assert page.redirect_chain[-1][0] == HOOKS
    webhook.refresh_from_db()
    assert set(webhook.kinds) == set(after or [])


def test_one_that_is_switched_on_again_is_given_a_fresh_start(editor):
    webhook = hook(resting_until=NOW, failures=9)
    webhook.stop("It answered 410.")
    past = EventFactory()
    assert "Switched off</span>: It answered 410." in editor.get(HOOKS).content.decode()
    edit(editor, webhook, is_active="on")
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.stopped_because, webhook.failures) == (True, "", 0)
    assert (webhook.resting_until, webhook.after_event) == (None, past.pk)


def test_the_list_says_who_is_called_and_who_is_not_and_why(editor):
    hook(name="The bot", kinds=["flagged"], query="topic=compute")
    hook(resting_until=timezone.now() + timedelta(hours=1))
    hook(resting_until=timezone.now() - timedelta(hours=1))
    hook(is_active=False, stopped_because="It answered <b>410</b>.")
    page = editor.get(HOOKS).content.decode()
    assert "1.1.1.1" in page
    assert "Flagged for revisiting · topic=compute" in page
    assert page.count("</span> Active") == 2
    assert page.count("</span> Resting") == 1
    assert "Switched off</span>: It answered &lt;b&gt;410&lt;/b&gt;." in page


def test_a_webhook_is_removed_with_everything_that_was_sent(editor):
    webhook = hook()
    delivered(webhook)
    assert "are you sure" in editor.get(f"{HOOKS}{webhook.pk}/delete/").content.decode().lower()
    editor.post(f"{HOOKS}{webhook.pk}/delete/", {"post": "yes"})
    assert (Webhook.objects.count(), Delivery.objects.count()) == (0, 0)


# --- the secret -------------------------------------------------------------------------------------------------------
def test_the_secret_stands_on_its_page_and_nowhere_else(editor):
    webhook = hook(name="The bot")
    call = delivered(webhook)
    assert webhook.secret in editor.get(page_of(webhook)).content.decode()
    edit(editor, webhook, name="Renamed")
    for url in (HOOKS, CALLS, f"{CALLS}{call.pk}/change/", f"{page_of(webhook)[:-7]}history/", "/admin/"):
        assert webhook.secret not in editor.get(url).content.decode(), url


def test_a_new_secret_replaces_the_old_one(editor):
    webhook = hook()
    old = webhook.secret
    page = editor.post(f"{HOOKS}{webhook.pk}/secret/", follow=True)
    webhook.refresh_from_db()
    assert webhook.secret != old
    assert webhook.secret in page.content.decode()
    assert "signed with the new secret" in messages(page)


# --- tests and sending again ------------------------------------------------------------------------------------------
def test_a_test_is_one_delivery_and_wakes_the_sender(editor, nudged, django_capture_on_commit_callbacks):
    webhook = hook(resting_until=timezone.now() + timedelta(hours=9))
    with django_capture_on_commit_callbacks(execute=True):
        page = editor.post(f"{HOOKS}{webhook.pk}/test/", follow=True)
    call = Delivery.objects.get()
    assert (call.webhook, call.event, call.state, nudged) == (webhook, None, "pending", [1])
    assert "A test is on its way" in messages(page)
    assert f"{CALLS}{call.pk}/change/" in page.content.decode()
    webhook.refresh_from_db()
    assert webhook.resting_until is None


def test_one_that_is_switched_off_is_sent_no_test(editor, nudged):
    assert "switched off" in messages(editor.post(f"{HOOKS}{hook(is_active=False).pk}/test/", follow=True))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("step", ["test", "secret"])
def test_a_step_is_taken_by_sending_its_form_and_by_nothing_else(client, db, step):
    webhook = hook()
    url = f"{HOOKS}{webhook.pk}/{step}/"
    assert "/admin/login/" in client.post(url).headers["Location"]
    client.force_login(PersonFactory(role="reporter"))
    assert [client.post(url).status_code, client.get(url).status_code] == [403, 403]
    client.force_login(PersonFactory(role="editor"))
    assert client.get(url).headers["Location"] == page_of(webhook)
    assert client.post(f"{HOOKS}99999999999999999999/{step}/").headers["Location"] == HOOKS
    assert not Delivery.objects.exists()
    assert Webhook.objects.get().secret == webhook.secret


def test_what_is_settled_is_sent_again_under_its_old_key(editor, nudged, django_capture_on_commit_callbacks):
    webhook, off = hook(resting_until=NOW + timedelta(days=900)), hook(is_active=False)
    arrived, parked, waiting, held = (delivered(which, attempts=5) for which in (webhook, webhook, webhook, off))
    arrived.deliver(NOW)
    parked.park(NOW, "It answered 400.")
    held.park(NOW, "It answered 410.")
    with django_capture_on_commit_callbacks(execute=True):
        assert "2 are sent again now." in again(editor, arrived, parked, waiting, held)
    rows = dict(Delivery.objects.values_list("pk", "attempts"))
    assert rows == {arrived.pk: 0, parked.pk: 0, waiting.pk: 5, held.pk: 5}
    assert Delivery.objects.count() == 4
    assert nudged == [1]
    webhook.refresh_from_db()
    assert webhook.resting_until is None
    later = timezone.now() + timedelta(hours=1)
    Webhook.objects.update(resting_until=later)
    assert "Nothing was sent again" in again(editor, waiting, held)
    assert set(Webhook.objects.values_list("resting_until", flat=True)) == {later}


# --- the list of deliveries -------------------------------------------------------------------------------------------
def test_each_says_in_words_what_it_tells_of_and_how_far_it_has_come(editor):
    webhook = hook(name="The bot")
    event = due_claim(statement="Output <doubles>").events.last()
    delivered(webhook)
    delivered(webhook, event=event, answer_status=200, answer_ms=41).deliver(NOW)
    delivered(webhook).park(NOW, "It answered 404.")
    page = editor.get(CALLS).content.decode()
    for words in ("Waiting", "Delivered", "Given up", "A test", "200 in 41 ms", "It answered 404.", "The bot"):
        assert words in page
    assert "Flagged for revisiting: Output &lt;doubles&gt;" in page


def test_the_list_is_narrowed_by_state_and_webhook_and_found_by_key(editor):
    one, other = hook(name="One"), hook(name="Other")
    waiting, sent, given_up = delivered(one), delivered(one), delivered(other)
    sent.deliver(NOW)
    given_up.park(NOW, "x")
    assert found(editor, state="pending") == {waiting.pk}
    assert found(editor, state="delivered") == {sent.pk}
    assert found(editor, state="parked") == {given_up.pk}
    assert found(editor, webhook=other.pk) == {given_up.pk}
    assert found(editor, q=sent.key) == {sent.pk}
    assert found(editor, q="msg_") == set()


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "lost"},
        {"webhook": "0"},
        {"webhook": "9" * 30},
        {"webhook": "\x00"},
        {"webhook__secret__startswith": "w"},
        {"q": "\x00"},
        {"q": "\ud800".encode(errors="surrogatepass")},
        {"q": "ü"},
        {"p": "x"},
    ],
)
def test_an_odd_question_is_refused_or_finds_nothing(editor, asked):
    delivered(hook())
    assert editor.get(CALLS, asked, follow=True).status_code in {200, 400}


@pytest.mark.parametrize("lookup", ["secret__startswith=whsec_a", "secret=x", "created_by__password__startswith=p"])
def test_nobody_guesses_a_secret_through_the_address_bar(editor, lookup):
    hook()
    assert editor.get(f"{HOOKS}?{lookup}").status_code in {302, 400}


def test_its_page_shows_what_is_sent(editor):
    event = due_claim(statement="Output <doubles>").events.last()
    call = delivered(hook(), event=event)
    page = editor.get(f"{CALLS}{call.pk}/change/").content.decode()
    assert "&quot;type&quot;: &quot;claim.flagged&quot;" in page
    assert "Output &lt;doubles&gt;" in page
    assert "claimline.test" in editor.get(f"{CALLS}{delivered(hook()).pk}/change/").content.decode()


def test_what_is_not_public_is_not_previewed(editor):
    call = delivered(hook(), event=EventFactory(claim=ClaimFactory(statement="A draft")))
    page = editor.get(f"{CALLS}{call.pk}/change/")
    assert page.status_code == 200
    assert "&quot;type&quot;" not in page.content.decode()


def test_nobody_adds_changes_or_deletes_a_delivery_by_hand(admin):
    call = delivered(hook())
    assert admin.get(f"{CALLS}add/").status_code == 403
    assert admin.post(f"{CALLS}{call.pk}/change/", {"error": "x"}).status_code == 403
    assert admin.post(f"{CALLS}{call.pk}/delete/", {"post": "yes"}).status_code == 403
    admin.post(CALLS, {"action": "delete_selected", "_selected_action": [call.pk], "post": "yes"})
    assert Delivery.objects.get().error == ""


def test_webhooks_are_no_reporters_business(reporter):
    webhook = hook()
    call = delivered(webhook)
    call.park(NOW, "x")
    for url in (
        HOOKS,
        f"{HOOKS}add/",
        page_of(webhook),
        f"{HOOKS}{webhook.pk}/delete/",
        CALLS,
        f"{CALLS}{call.pk}/change/",
    ):
        assert reporter.get(url).status_code == 403, url
        assert reporter.post(url, {"url": "https://8.8.8.8/"}).status_code == 403, url
    assert reporter.post(CALLS, {"action": "send_again", "_selected_action": [call.pk]}).status_code == 403
    assert Delivery.objects.get().state == "parked"
    assert "webhook" not in reporter.get("/admin/").content.decode().lower()


def test_the_admin_has_them_too(admin):
    webhook = hook()
    assert admin.get(page_of(webhook)).status_code == 200
    edit(admin, webhook, name="New")
    assert Webhook.objects.get().name == "New"


@pytest.mark.parametrize("url", [HOOKS, CALLS, f"{CALLS}?state=parked", "page"])
def test_a_page_asks_the_database_as_often_at_3_rows_as_at_30(editor, django_assert_num_queries, url):
    first = hook()
    url = page_of(first) if url == "page" else url

    def fill(number):
        for _ in range(number):
            call = delivered(first, event=EventFactory())
            call.park(NOW, "x")
            hook()

    fill(7)
    editor.get(url)
    with CaptureQueriesContext(connection) as few:
        editor.get(url)
    fill(27)
    with django_assert_num_queries(len(few)):
        editor.get(url)
