"""From the day a claim falls due to the mail and the call that tell of it: one of each, however often workers die."""

import itertools
import random
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse

from claims.lifecycle import EventKind
from claims.models import Claim, Delivery, Letter, Notice
from claims.notify import outbox
from tests.factories import NOW, WebhookFactory
from tests.faults import children
from tests.faults.ledger import assert_flagged_once, backlog, open_among, sweep_to_the_end
from tests.faults.newsroom import PATIENCE, beat, kill, worker
from tests.management.processes import wait_until
from tests.notify.readers import reader

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
KILLS, SEED = 10, 20261122
# Longer than what a dead process had leased or had the turn for.
LATER = timedelta(minutes=2)


def test_the_writing_of_notices_killed_at_any_of_its_statements_tells_everybody_of_each_claim_once():
    people = [reader().pk, reader().pk]
    webhook = WebhookFactory(kinds=[EventKind.FLAGGED])
    for step in itertools.count(1):
        claims = backlog(3)
        sweep_to_the_end(claims)
        code = children.ended(children.start(children.die_at, step, children.prepare_notices, NOW))
        assert code in {0, -signal.SIGKILL}, f"step {step}"
        # A server may hold the rows of a killed client for a moment: this waits for them.
        children.prepare_notices(NOW)
        told = Notice.objects.filter(claim__in=claims, letter__isnull=False, dropped_at=None)
        assert Counter(told.values_list("person", "claim")) == Counter(itertools.product(people, claims))
        called = webhook.deliveries.filter(event__claim__in=claims).values_list("event__claim", flat=True)
        assert Counter(called) == Counter(claims)
        if code == 0:
            break
    assert step > 20
    # None without anything in it.
    assert not Letter.objects.filter(notices=None).exists()


@pytest.fixture
def telling(environ, clock, smtp_sink, http_receiver):
    """The settings of a newsroom that sends to this test's own servers."""
    servers = {"EMAIL_URL": f"smtp://{smtp_sink.host}:{smtp_sink.port}"}
    servers["PRIVATE_HOSTS"] = f"127.0.0.1:{http_receiver.port}"
    return environ | clock.environ | servers | {"CHUNK": "50"}


def test_a_thousand_claims_are_told_of_once_each_while_the_worker_is_killed_ten_times(
    telling, clock, smtp_sink, http_receiver
):
    chance = random.Random(SEED)
    reader()
    WebhookFactory(url=http_receiver.url, kinds=[EventKind.FLAGGED])
    claims = backlog(1000)
    # So long a receiver thinks; the calls then take a few seconds in all.
    http_receiver.pause = 0.004

    def progress() -> tuple[int, ...]:
        return open_among(claims), Notice.objects.count(), len(smtp_sink.letters), len(http_receiver.posts)

    def is_all_told() -> bool:
        return not (
            open_among(claims)
            or outbox.unread()
            or Notice.objects.waiting().exists()
            or Letter.objects.pending().exists()
            or Delivery.objects.pending().exists()
        )

    killed, moments = 0, []
    with beat(telling) as ticking:
        while killed < KILLS:
            with worker(telling) as process:
                before = progress()
                wait_until(lambda before=before: progress() != before, seconds=PATIENCE, pause=0.005)
                time.sleep(chance.uniform(0, 0.4))
                kill(process)
            killed += 1
            moments.append(progress())
            clock.set(killed * LATER, ticking)
            # Nobody is killed who has nothing to do.
            if is_all_told():
                claims += backlog(100)
        with worker(telling):
            wait_until(is_all_told, seconds=2 * PATIENCE, what="the last word")
    print(f"seed {SEED}; open, noticed, mailed, called at each kill: {moments}")
    assert_flagged_once(claims)

    addresses = dict(Claim.objects.filter(pk__in=claims).values_list("public_id", "pk"))
    text = "".join(letter.text for letter in smtp_sink.distinct)
    named = Counter({pk: text.count(reverse("web:claim", args=[public_id])) for public_id, pk in addresses.items()})
    assert named == Counter(claims)
    called = Counter(post.document["data"]["claim"]["public_id"] for post in http_receiver.distinct)
    assert called == Counter(addresses.keys())
    doubles = len(smtp_sink.letters) - len(smtp_sink.distinct), len(http_receiver.posts) - len(http_receiver.distinct)
    print(f"sent twice, because the sender died before it noted the answer: {doubles[0]} letters, {doubles[1]} calls")
    assert max(doubles) <= KILLS
