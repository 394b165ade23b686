"""What the README tells programmers to do, done."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from rest_framework.test import APIClient
from standardwebhooks.webhooks import WebhookVerificationError

from claims.models import ApiToken, Claim, Delivery, Webhook
from claims.models.parcel import PATIENCE, WAITS
from claims.notify import payload, subscribers
from tests.factories import PersonFactory, WebhookFactory, due_claim

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
WEBHOOKS = README.partition("### Webhooks\n")[2].partition("\n## ")[0]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", WEBHOOKS, re.DOTALL)


@pytest.fixture
def call(db):
    """A call as it arrives: the secret, the body and the headers, with names as a receiver may have them."""
    delivery = Delivery(webhook=WebhookFactory(), event=due_claim().events.last(), **Delivery.times(timezone.now()))
    claim = Claim.objects.with_all().get()
    body = payload.body(delivery, claim, now=timezone.now())
    return delivery.webhook.secret, body, payload.headers(delivery, body, now=timezone.now())


def by_library(secret, body, headers):
    names = {"secret": secret, "body": body, "headers": headers}
    exec(blocks("python")[0], names)
    return names["told"]


def by_hand(secret, body, headers):
    names = {}
    exec(blocks("python")[1], names)
    return names["verified"](secret, body, headers)


@pytest.mark.parametrize("verify", [by_library, by_hand])
def test_a_call_is_verified_as_the_readme_has_it(call, verify):
    secret, body, headers = call
    assert verify(secret, body, headers)["type"] == "claim.flagged"
    other = WebhookFactory.build().secret
    forged = [
        (other, body, headers),
        (secret, body + b" ", headers),
        (secret, body, headers | {"webhook-id": "msg_other"}),
        (secret, body, headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 1)}),
        (secret, body, headers | {"webhook-signature": "v1,AAAA v2,x"}),
    ]
    for given in forged:
        with pytest.raises((WebhookVerificationError, ValueError)):
            verify(*given)
    two = headers | {"webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    assert verify(secret, body, two) == json.loads(body)


@pytest.mark.parametrize("verify", [by_library, by_hand])
def test_an_old_call_is_not_believed(call, verify):
    secret, body, _headers = call
    old = timezone.now() - timedelta(minutes=6)
    delivery = Delivery(webhook=Webhook.objects.get(), **Delivery.times(old))
    with pytest.raises((WebhookVerificationError, ValueError)):
        verify(secret, body, payload.headers(delivery, body, now=old))


def test_the_example_is_what_arrives(call):
    (example,), told = map(json.loads, blocks("json")), json.loads(call[1])
    assert set(example) == set(told)
    assert set(example["data"]) == set(told["data"])
    assert set(example["data"]["claim"]) <= set(told["data"]["claim"])
    same = ("kind", "actor", "from_status", "to_status")
    assert [example["data"][name] for name in same] == [told["data"][name] for name in same]


def test_the_webhook_of_the_readme_can_be_added(db, monkeypatch):
    monkeypatch.setattr(subscribers.safe_http, "check", lambda *_a, **_o: None)
    _token, secret = ApiToken.issue(PersonFactory(role="editor"), scope="write", now=timezone.now())
    sent = re.search(r"-d '(.*?)'\n", blocks("sh")[0], re.DOTALL)[1]
    client = APIClient(HTTP_AUTHORIZATION=f"Token {secret}")
    answer = client.generic("POST", "/api/v1/webhooks/", sent, content_type="application/json")
    assert (answer.status_code, answer.json()["kinds"]) == (201, ["flagged", "reviewed"])


def test_the_waits_are_those_of_the_program():
    assert [wait.total_seconds() for wait in WAITS] == [10, 60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600]
    assert "after 10 seconds, 1, 5 and 30 minutes, 2 hours, and then every 5 hours" in WEBHOOKS.replace("\n", " ")
    assert PATIENCE.days == 1
