"""Idempotency-Key: a request that is sent twice is done once, and answered twice."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone
from rest_framework.test import APIClient

from claims import tasks
from claims.api import idempotency
from claims.api.permissions import NEEDED
from claims.models import ApiToken, Claim, Claimant, Event, KeptAnswer, Webhook
from claims.models import kept_answer as kept
from claims.models.claim import Claim as ClaimModel
from claims.notify import subscribers
from tests.api.bodies import CLAIMS, claim_body
from tests.api.conftest import program
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    EvidenceFactory,
    PersonFactory,
    ReviewFactory,
    SourceFactory,
    WebhookFactory,
    due_claim,
    open_claim,
    resolved_claim,
)
from tests.faults.newsroom import database_url

API, KEY = "/api/v1/", "0d6f0b3c-6c2f-4d4f-9a55-2f0f3a1c7f11"
AHEAD = (timezone.localdate() + timedelta(days=90)).isoformat()
PUBLIC = "https://1.1.1.1/hooks"


def keyed(client, path, body=None, *, key=KEY):
    return client.post(path, body or {}, headers={"idempotency-key": key})


def rows():
    """How many there are of everything."""
    return {model.__name__: model._default_manager.count() for model in apps.get_app_config("claims").get_models()}


def on(claim, step, body=None):
    return f"{CLAIMS}{claim.public_id}/{step}", body or {}


def draft():
    claim = ClaimFactory()
    CitationFactory(claim=claim)
    return claim


def draft_of_a_review():
    review = ReviewFactory(claim=due_claim())
    EvidenceFactory(review=review)
    return on(review.claim, f"reviews/{review.number}/publish/")


def call_to_send_again():
    call = subscribers.send_test(WebhookFactory(url=PUBLIC), now=timezone.now())
    call.park(timezone.now(), "x")
    return f"{API}webhooks/{call.webhook_id}/deliveries/{call.pk}/resend/", {}


REVIEW = {
    "verdict": "true",
    "summary": "The accounts show it.",
    "evidence": [{"url": "https://a.example/", "stance": "supports"}],
}
# The view, and a POST that it accepts once.
POSTS = {
    "ClaimList": lambda: (CLAIMS, claim_body()),
    "PublishClaim": lambda: on(draft(), "publish/"),
    "PostponeClaim": lambda: on(due_claim(), "postpone/", {"revisit_on": AHEAD, "reason": "x"}),
    "RescheduleClaim": lambda: on(due_claim(), "reschedule/", {"projected_date": "2040", "reason": "x"}),
    "WithdrawClaim": lambda: on(open_claim(), "withdraw/", {"reason": "x"}),
    "ReopenClaim": lambda: on(resolved_claim(), "reopen/", {"reason": "x"}),
    "ReviewList": lambda: on(due_claim(), "reviews/", {**REVIEW, "publish": True}),
    "PublishReview": draft_of_a_review,
    "CitationList": lambda: on(
        draft(), "citations/", {"article": {"source": "the-information", "title": "B"}, "role": "origin"}
    ),
    "FigureList": lambda: on(draft(), "figures/", {"metric": "cost", "value": 1, "unit": "USD"}),
    "ClaimantList": lambda: (f"{API}claimants/", {"name": "Port Authority"}),
    "SourceList": lambda: (f"{API}sources/", {"name": "The Herald"}),
    "TopicList": lambda: (f"{API}topics/", {"name": "Harbours"}),
    "ArticleList": lambda: (f"{API}articles/", {"source": "the-information", "title": "Harbour"}),
    "WebhookList": lambda: (f"{API}webhooks/", {"url": PUBLIC}),
    "RenewSecret": lambda: (f"{API}webhooks/{WebhookFactory(url=PUBLIC).pk}/secret/", {}),
    "SendTest": lambda: (f"{API}webhooks/{WebhookFactory(url=PUBLIC).pk}/test/", {}),
    "SendAgain": call_to_send_again,
}


@pytest.fixture(autouse=True)
def _asleep(monkeypatch):
    """Nobody is called from here."""
    monkeypatch.setattr(tasks.deliver_webhooks, "apply_async", lambda **_options: None)


def test_every_post_of_the_api_is_tried_here():
    assert set(POSTS) == {view for view, methods in NEEDED.items() if "POST" in methods}


@pytest.mark.parametrize("view", POSTS)
def test_whatever_is_posted_twice_under_a_key_is_done_once_and_answered_alike(editor, records, view):
    path, body = POSTS[view]()
    assert resolve(path).func.view_class.__name__ == view
    first = keyed(editor, path, body)
    assert first.status_code in {200, 201, 202}, first.content
    assert not first.has_header("Idempotent-Replayed")
    there, secrets = rows(), list(Webhook.objects.values_list("secret", flat=True))
    again = keyed(editor, path, body)
    assert again["Idempotent-Replayed"] == "true"
    assert again.status_code == first.status_code
    assert again["Content-Type"] == first["Content-Type"]
    assert [again.get(name) for name in ("Location", "ETag")] == [first.get(name) for name in ("Location", "ETag")]
    told = {name: value for name, value in first.json().items() if name != "secret"}
    assert again.json() == told
    assert again.content == first.content or "secret" in first.json()
    assert (rows(), list(Webhook.objects.values_list("secret", flat=True))) == (there, secrets)


def test_without_a_key_every_request_is_a_new_one(reporter, records):
    for _ in range(2):
        answer = reporter.post(CLAIMS, claim_body())
        assert (answer.status_code, answer.has_header("Idempotent-Replayed")) == (201, False)
    assert Claim.objects.count() == 2
    assert not KeptAnswer.objects.exists()


def test_the_answer_is_the_first_one_even_if_the_claim_has_changed_since(reporter, records):
    first = keyed(reporter, CLAIMS, claim_body())
    reporter.patch(first["Location"], {"criteria": "Another one."}, headers={"if-match": first["ETag"]})
    assert keyed(reporter, CLAIMS, claim_body()).content == first.content


@pytest.mark.parametrize(
    ("path", "body"), [(f"{API}topics/", {"name": "Ports"}), (f"{API}claimants/", {"name": "Harbours"})]
)
def test_a_key_that_comes_with_another_request_is_a_422(editor, path, body):
    assert keyed(editor, f"{API}topics/", {"name": "Harbours"}).status_code == 201
    there = rows()
    answer = keyed(editor, path, body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "new key" in answer.json()["detail"]
    assert rows() == there


def test_keys_are_each_persons_own_and_the_same_for_all_their_programs(editor):
    assert keyed(editor, f"{API}topics/", {"name": "Harbours"}).status_code == 201
    _token, secret = ApiToken.issue(editor.person, scope="write", now=timezone.now())
    same = APIClient(HTTP_AUTHORIZATION=f"Token {secret}")
    assert keyed(same, f"{API}topics/", {"name": "Harbours"}).has_header("Idempotent-Replayed")
    assert keyed(program("editor"), f"{API}topics/", {"name": "Ports"}).status_code == 201


def test_whoever_may_not_do_it_any_more_is_not_told_again_either(editor):
    path, body = POSTS["PublishClaim"]()
    assert keyed(editor, path, body).status_code == 200
    editor.token.scope = "read"
    editor.token.save()
    assert keyed(editor, path, body).status_code == 403
    assert keyed(APIClient(), path, body).status_code == 401


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "schlüssel", "a\tb", "a\x7f", "a\nb", "\x00"])
def test_a_key_that_is_none_is_a_400_that_names_the_header(reporter, records, key):
    answer = keyed(reporter, CLAIMS, claim_body(), key=key)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["Idempotency-Key"]
    assert not Claim.objects.exists()


@pytest.mark.parametrize("key", ["x", "x" * 255, '"8e03978e-40d5-43dd-bc93"', "a key with spaces", "~!#{}"])
def test_any_printable_key_is_one(reporter, records, key):
    assert keyed(reporter, CLAIMS, claim_body(), key=key).status_code == 201
    assert keyed(reporter, CLAIMS, claim_body(), key=key).has_header("Idempotent-Replayed")


def test_what_was_refused_is_corrected_under_the_same_key(reporter, records):
    assert keyed(reporter, CLAIMS, claim_body(kind="guess")).status_code == 400
    assert not KeptAnswer.objects.exists()
    assert keyed(reporter, CLAIMS, claim_body()).status_code == 201
    assert keyed(reporter, CLAIMS, claim_body()).has_header("Idempotent-Replayed")


def test_what_cannot_be_done_now_can_be_done_later_under_the_same_key(editor):
    claim = ClaimFactory()
    assert keyed(editor, *on(claim, "publish/")).status_code == 400
    CitationFactory(claim=claim)
    assert keyed(editor, *on(claim, "publish/")).status_code == 200


def test_what_the_database_had_no_time_for_is_done_at_the_next_try(reporter, records):
    with mock.patch.object(ClaimModel, "save", side_effect=OperationalError):
        assert keyed(reporter, CLAIMS, claim_body()).status_code == 503
    assert not KeptAnswer.objects.exists()
    assert keyed(reporter, CLAIMS, claim_body()).status_code == 201


def test_an_answer_that_cannot_be_kept_leaves_nothing_that_was_made(reporter, records):
    write = KeptAnswer.save

    def full(row, **options):
        if options.get("update_fields"):
            raise OperationalError("database or disk is full")
        return write(row, **options)

    with mock.patch.object(KeptAnswer, "save", full):
        assert keyed(reporter, CLAIMS, claim_body()).status_code == 503
    assert not Claim.objects.exists()
    assert not Event.objects.exists()
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("name", ["WebhookList", "RenewSecret"])
def test_no_secret_is_kept(editor, name):
    path, body = POSTS[name]()
    secret = keyed(editor, path, body).json()["secret"]
    assert secret == Webhook.objects.get().secret
    assert not any(secret in str(value) for row in KeptAnswer.objects.values() for value in row.values())
    assert secret.removeprefix("whsec_") not in KeptAnswer.objects.get().body


def test_after_a_day_the_key_is_free(reporter, records):
    first = keyed(reporter, CLAIMS, claim_body())
    KeptAnswer.objects.update(created_at=timezone.now() - kept.KEPT + timedelta(minutes=1))
    assert keyed(reporter, CLAIMS, claim_body()).content == first.content
    KeptAnswer.objects.update(created_at=timezone.now() - kept.KEPT)
    second = keyed(reporter, CLAIMS, claim_body())
    assert (second.status_code, second.has_header("Idempotent-Replayed")) == (201, False)
    assert second["Location"] != first["Location"]
    assert keyed(reporter, CLAIMS, claim_body()).content == second.content


def test_expired_answers_are_forgotten_in_small_steps(db, monkeypatch):
    monkeypatch.setattr(kept, "ROWS", 2)
    person, now = PersonFactory(), timezone.now()
    for number, age in enumerate([24, 25, 26, 27, 28, 23]):
        KeptAnswer.objects.create(person=person, key=str(number), created_at=now - timedelta(hours=age))
    assert KeptAnswer.objects.forget(now, is_over=lambda: True) == 2
    assert tasks.forget_answers() == 3
    assert [row.key for row in KeptAnswer.objects.all()] == ["5"]


def test_a_key_costs_its_insert_and_one_query(reporter, records):
    keyed(reporter, CLAIMS, claim_body())
    with CaptureQueriesContext(connection) as plain:
        reporter.post(CLAIMS, claim_body())
    with CaptureQueriesContext(connection) as queries:
        keyed(reporter, CLAIMS, claim_body(), key="another")

    def asked(captured):
        return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]

    assert len(asked(queries)) == len(asked(plain)) + 2
    assert [sql.split()[0] for sql in asked(queries) if "keptanswer" in sql] == ["INSERT", "UPDATE"]


@pytest.mark.django_db(transaction=True)
def test_a_host_is_looked_up_with_nothing_under_lock_and_for_the_first_request_alone(monkeypatch):
    editor, states = program("editor"), []
    monkeypatch.setattr(
        subscribers.safe_http, "check", lambda *_a, **_o: states.append(connection.in_atomic_block) or None
    )
    for _ in range(2):
        assert keyed(editor, f"{API}webhooks/", {"url": "https://hooks.example.org/"}).status_code == 201
    assert states == [False]
    assert Webhook.objects.count() == 1


# --- at once ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["log", "publish", "name"])
def test_of_many_at_once_one_works_and_the_others_are_told_what_it_did(step):
    editor, source = program("editor"), SourceFactory(slug="wsj")
    if step == "log":
        body = claim_body(claimant=None, topics=[], citations=[{"article": {"source": source.slug, "title": "A"}}])
        path, body = CLAIMS, body | {"claimant": Claimant.objects.create(name="O", slug="o").slug}
    elif step == "publish":
        path, body = POSTS["PublishClaim"]()
    else:
        path, body = f"{API}topics/", {"name": "Harbours"}
    before, answers, together = rows(), [], threading.Barrier(6)

    def send():
        try:
            client = APIClient(**editor.defaults)
            together.wait(10)
            answers.append(keyed(client, path, body))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 6
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert len({answer.content for answer in answers}) == 1
    assert sum(answer.has_header("Idempotent-Replayed") for answer in answers) == 5
    made = {name: number - before[name] for name, number in rows().items() if number != before[name]}
    assert made["KeptAnswer"] == 1
    assert made.get("Event", 0) == (0 if step == "name" else 1)
    assert made.get("Claim", 0) == (step == "log")


def test_whoever_cannot_wait_is_told_when_to_ask_again(reporter, records, monkeypatch):
    assert keyed(reporter, CLAIMS, claim_body()).status_code == 201
    monkeypatch.setattr(idempotency, "_given_before", lambda _row: None)
    answer = keyed(reporter, CLAIMS, claim_body())
    assert (answer.status_code, answer["Retry-After"]) == (409, "1")
    assert Claim.objects.count() == 1


DYING = """
import os, sys, django
django.setup()
from django.db import connection
from rest_framework.test import APIClient
from claims.models import KeptAnswer

write = KeptAnswer.save
def die(row, **options):
    write(row, **options)
    if options.get("update_fields"):
        os._exit(9)
KeptAnswer.save = die
headers = {"idempotency-key": sys.argv[2], "host": "localhost"}
APIClient(HTTP_AUTHORIZATION="Token " + sys.argv[1]).post("/api/v1/topics/", {"name": "Harbours"}, headers=headers)
"""


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_at_the_last_moment_leaves_neither_the_key_nor_what_was_made(tmp_path):
    person = PersonFactory(role="editor")
    _token, secret = ApiToken.issue(person, scope="write", now=timezone.now())
    ours = {"DATABASE_URL": database_url(), "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "project.settings"}
    before = rows()
    command = [sys.executable, "-c", DYING, secret, KEY]
    died = subprocess.run(command, env={**os.environ, **ours}, capture_output=True, timeout=60, check=False)
    assert died.returncode == 9, died.stderr.decode()[-2000:]
    assert rows() == before
    client = APIClient(HTTP_AUTHORIZATION=f"Token {secret}")
    answer = keyed(client, f"{API}topics/", {"name": "Harbours"})
    assert (answer.status_code, answer.has_header("Idempotent-Replayed")) == (201, False)
