"""What a webhook is sent: what the public sees, signed, and harmless where people read it."""

import json

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from claims import documents, tasks
from claims.models import Claim, Delivery, Event, Webhook
from claims.models.claim_set import ClaimSet
from claims.models.parcel import State
from claims.notify import outbox, payload
from tests.factories import NOW, EventFactory, WebhookFactory, open_claim, resolved_claim
from tests.notify.calling import deliver, due, moments, waiting, webhook_at

# What arrives


@pytest.mark.django_db
def test_each_event_of_a_published_claim_arrives_once(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    claim = resolved_claim()
    outbox.fan_out(NOW)
    assert deliver(clock) == 3
    assert deliver(clock) == 0
    assert [post.document["type"] for post in http_receiver.posts] == [
        "claim.published",
        "claim.flagged",
        "claim.reviewed",
    ]
    assert {post.document["data"]["claim"]["public_id"] for post in http_receiver.posts} == {claim.public_id}
    for delivery, post in zip(moments(webhook), http_receiver.posts, strict=True):
        assert (delivery.state, delivery.key, delivery.answer_status) == (State.DELIVERED, post.id, 204)
        assert delivery.attempts == 1
        assert delivery.answer_ms is not None


@pytest.mark.django_db
def test_a_call_carries_what_the_public_feed_tells_and_the_claim(http_receiver, settings, clock, client):
    webhook_at(http_receiver, settings)
    (claim,) = due()
    deliver(clock)
    post = http_receiver.posts[-1]
    fed = client.get("/api/v1/events/").json()["results"][-1]
    event = Event.objects.get(pk=fed["id"])
    shown = documents.claim(Claim.objects.with_all().get(pk=claim.pk), root=settings.BASE_URL, today=NOW.date())
    assert post.document == {
        "type": "claim.flagged",
        "timestamp": documents.moment(event.at),
        "data": {**fed, "claim": shown},
    }
    assert post.headers["content-type"] == "application/json"
    assert post.headers["user-agent"] == "Claimline"


@pytest.mark.django_db
def test_nothing_is_told_of_drafts_and_of_those_who_work_here(http_receiver, settings, clock):
    webhook_at(http_receiver, settings)
    claim = resolved_claim()
    EventFactory(claim=claim, kind="edited", to_status="draft", data={"changes": {"statement": ["secret", "x"]}})
    edited = {"changes": {"owner": [None, "rina"], "criteria": ["", "the accounts"]}}
    EventFactory(claim=claim, kind="edited", to_status="resolved", data=edited)
    outbox.fan_out(NOW)
    deliver(clock)
    said = b"".join(post.body for post in http_receiver.posts).decode()
    assert "criteria" in said
    for hidden in ["secret", "rina", claim.current_review.author.username]:
        assert hidden not in said


@pytest.mark.django_db
def test_a_claim_that_is_not_public_is_not_told_of(http_receiver, settings, clock, monkeypatch):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    monkeypatch.setattr(ClaimSet, "published", ClaimSet.none)
    assert deliver(clock) == 0
    assert http_receiver.posts == []
    assert [(d.state, d.error) for d in moments(webhook)] == [(State.PARKED, "Its claim is not public.")]


@pytest.mark.django_db
def test_a_test_arrives_as_such(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings)
    slack = webhook_at(http_receiver, settings, format="slack")
    for one in [webhook, slack]:
        Delivery.objects.create(webhook=one, **Delivery.times(NOW))
        deliver(clock)
    standard, plain = http_receiver.posts
    assert standard.document["type"] == payload.TEST == "claimline.test"
    assert "Claimline" in standard.document["data"]["text"]
    assert set(plain.document) == {"text", "link_names"}


# Signatures


def verified(post, secret):
    return Verifier(secret).verify(post.body, post.headers)


@pytest.mark.django_db
def test_a_call_is_signed_as_standard_webhooks_has_it(http_receiver, settings):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    # The verifier asks for the time of day.
    tasks.deliver_webhooks()
    (post,) = http_receiver.posts
    assert verified(post, webhook.secret) == post.document
    with pytest.raises(WebhookVerificationError):
        verified(post, WebhookFactory().secret)
    with pytest.raises(WebhookVerificationError):
        Verifier(webhook.secret).verify(post.body + b" ", post.headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(webhook.secret).verify(post.body, post.headers | {"webhook-id": "msg_other"})


@pytest.mark.django_db
def test_a_secret_that_was_renewed_signs_what_waits(http_receiver, settings):
    webhook = webhook_at(http_receiver, settings)
    waiting(webhook)
    http_receiver.answers.append(500)
    tasks.deliver_webhooks()
    renewed = WebhookFactory().secret
    Webhook.objects.update(secret=renewed, resting_until=None)
    Delivery.objects.update(next_attempt_at=NOW)
    tasks.deliver_webhooks()
    assert verified(http_receiver.posts[0], webhook.secret) == verified(http_receiver.posts[1], renewed)


# Slack


@pytest.mark.django_db
def test_slack_is_sent_a_message_and_no_signature(http_receiver, settings, clock):
    webhook = webhook_at(http_receiver, settings, format="slack")
    (claim,) = waiting(webhook)
    deliver(clock)
    (post,) = http_receiver.posts
    assert post.document["text"].splitlines() == [
        f"*Flagged for revisiting* · {claim.claimant.name}",
        f"“{claim.statement}”",
        f"2020 · <http://localhost:8000/claims/{claim.public_id}/|The claim>",
    ]
    assert post.id == moments(webhook)[0].key
    assert "webhook-timestamp" in post.headers
    assert "webhook-signature" not in post.headers


@pytest.mark.django_db
def test_slack_is_told_of_a_claim_without_a_phrase_by_its_link_alone():
    claim = open_claim(edtf="2020", projected_phrase="")
    delivery = Delivery(webhook=WebhookFactory(format="slack"), event=claim.events.last(), **Delivery.times(NOW))
    last = json.loads(payload.body(delivery, claim, now=NOW))["text"].splitlines()[-1]
    assert last == f"<http://localhost:8000/claims/{claim.public_id}/|The claim>"


HOSTILE = [
    "<!channel> <!here|here> <@U012AB3CD> <#C123> <!subteam^S1>",
    "<https://evil.example|The claim>",
    "[The claim](https://evil.example) ![x](https://evil.example/x.png)",
    "@channel @here @everyone @all",
    "@\u2060channel [x]\u2060(https://evil.example)",
    "&lt;!channel&gt; &amp;lt;!here&gt;",
    "one\ntwo\n[x]: https://evil.example\n> quoted",
    "x" * 5000 + "<!channel>",
]


@pytest.mark.django_db
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_statement_mentions_nobody_and_forges_no_link(text):
    claim = open_claim()
    claim.statement = claim.claimant.name = claim.projected_phrase = text
    delivery = Delivery(webhook=WebhookFactory(format="slack"), event=claim.events.last(), **Delivery.times(NOW))
    said = json.loads(payload.body(delivery, claim, now=NOW))["text"]
    page = f"<http://localhost:8000/claims/{claim.public_id}/|The claim>"
    assert said.endswith(page)
    rest = said.removesuffix(page)
    assert not set("<>") & set(rest)
    assert "](" not in rest
    assert not any(f"@{name}" in rest for name in ["channel", "here", "everyone", "all"])
    assert "&" not in rest.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert len(said.splitlines()) == 3
    assert len(said) < 3_000
