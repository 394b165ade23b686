"""The outbox: whoever asked for it is told of an event, once."""

import threading
from unittest.mock import Mock

import pytest
from django.db import DatabaseError, Error, connection
from django.test.utils import CaptureQueriesContext

from claims import revisit, sweep
from claims.lifecycle import EventKind
from claims.models import Bookmark, Event, Notice, Occasion, Preference, Rhythm
from claims.notify import outbox
from tests.factories import (
    NOW,
    ClaimFactory,
    EventFactory,
    EvidenceFactory,
    PersonFactory,
    ReviewFactory,
    TopicFactory,
    WebhookFactory,
    open_claim,
    resolved_claim,
)

TODAY = NOW.date()


def reader(**chosen):
    """A person with an address who has chosen."""
    person = PersonFactory(email="reader@newsroom.example")
    topics, claimants = chosen.pop("topics", []), chosen.pop("claimants", [])
    preference = Preference.objects.create(person=person, **chosen)
    preference.topics.set(topics)
    preference.claimants.set(claimants)
    return person


def told(person):
    return sorted(Notice.objects.filter(person=person).values_list("claim_id", "occasion"))


def sweep_and_fan_out():
    sweep.flag_due(TODAY, now=NOW)
    outbox.fan_out(NOW)


@pytest.mark.django_db
def test_the_owner_of_a_claim_that_falls_due_is_told_without_having_chosen_anything():
    owner = PersonFactory(email="owner@newsroom.example")
    mine, _other = open_claim(edtf="2020", owner=owner), open_claim(edtf="2020")
    sweep_and_fan_out()
    assert told(owner) == [(mine.pk, Occasion.DUE)]


@pytest.mark.django_db
def test_people_hear_of_claims_they_own_or_follow_by_topic_or_claimant_or_all_and_of_each_once():
    topic = TopicFactory()
    filed, plain = open_claim(edtf="2020"), open_claim(edtf="2021")
    filed.topics.add(topic)
    by_topic = reader(topics=[topic])
    by_claimant = reader(claimants=[plain.claimant])
    by_everything = reader(is_for_all=True, topics=[topic], claimants=[filed.claimant])
    sweep_and_fan_out()
    assert told(by_topic) == [(filed.pk, Occasion.DUE)]
    assert told(by_claimant) == [(plain.pk, Occasion.DUE)]
    assert told(by_everything) == sorted([(filed.pk, Occasion.DUE), (plain.pk, Occasion.DUE)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "is_active", "chosen"),
    [
        ("", True, {}),
        ("gone@newsroom.example", False, {}),
        ("quiet@newsroom.example", True, {"rhythm": Rhythm.NONE}),
        ("others@newsroom.example", True, {"is_for_owned": False}),
    ],
)
def test_nothing_is_written_for_people_who_cannot_be_reached_or_do_not_want_it(address, is_active, chosen):
    person = PersonFactory(email=address, is_active=is_active)
    Preference.objects.create(person=person, **chosen)
    open_claim(edtf="2020", owner=person)
    sweep_and_fan_out()
    assert told(person) == []


@pytest.mark.django_db
def test_a_verdict_is_told_to_readers_of_digests_and_not_to_the_one_who_gave_it():
    daily, at_once = reader(is_for_all=True, rhythm=Rhythm.DAILY), reader(is_for_all=True)
    claim = resolved_claim(edtf="2020")
    editor = claim.events.get(kind=EventKind.REVIEWED).actor
    Preference.objects.create(person=editor, is_for_all=True, rhythm=Rhythm.DAILY)
    editor.email = "editor@newsroom.example"
    editor.save()
    outbox.fan_out(NOW)
    assert (claim.pk, Occasion.RESOLVED) in told(daily)
    assert (claim.pk, Occasion.RESOLVED) not in told(at_once) + told(editor)


@pytest.mark.django_db
def test_reading_the_ledger_again_or_from_the_start_tells_nobody_twice():
    owner = PersonFactory(email="owner@newsroom.example")
    open_claim(edtf="2020", owner=owner)
    webhook = WebhookFactory()
    sweep_and_fan_out()
    before = (told(owner), webhook.deliveries.count())
    assert outbox.fan_out(NOW) == 0
    Bookmark.objects.update(event=0)
    assert outbox.fan_out(NOW) == Event.objects.count()
    assert (told(owner), webhook.deliveries.count()) == before
    assert before[1] > 0


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["postponed", "withdrawn", "resolved", "reopened"])
def test_a_notice_of_a_due_claim_stands_no_longer_from_the_step_on_that_settles_or_moves_it(step):
    owner, editor = PersonFactory(email="owner@newsroom.example"), PersonFactory()
    claim = open_claim(edtf="2020", owner=owner)
    sweep_and_fan_out()
    notice = Notice.objects.get(person=owner)
    assert notice in Notice.objects.standing()
    claim.refresh_from_db()
    if step == "postponed":
        day = TODAY.replace(year=TODAY.year + 1)
        revisit.postpone(claim, revisit_on=day, reason="Too early.", by=editor, at=NOW, today=TODAY)
    elif step == "withdrawn":
        revisit.withdraw(claim, reason="Logged in error.", by=editor, at=NOW)
    else:
        review = ReviewFactory(claim=claim)
        EvidenceFactory(review=review)
        revisit.publish_review(review, by=editor, at=NOW, today=TODAY, claim=claim)
        if step == "reopened":
            revisit.reopen(claim, reason="New facts.", by=editor, at=NOW.replace(hour=23))
    assert notice not in Notice.objects.standing()
    outbox.fan_out(NOW)
    standing = Notice.objects.standing().filter(person=owner, occasion=Occasion.DUE)
    assert standing.count() == (1 if step == "reopened" else 0)


@pytest.mark.django_db
def test_a_webhook_is_told_of_published_claims_events_of_its_kinds_that_pass_its_filter():
    topic = TopicFactory(slug="compute")
    everything = WebhookFactory()
    flags = WebhookFactory(kinds=[EventKind.FLAGGED])
    filed_only = WebhookFactory(query="topic=compute")
    filed, plain, draft = open_claim(edtf="2020"), open_claim(edtf="2021"), ClaimFactory()
    filed.topics.add(topic)
    EventFactory(claim=draft, kind=EventKind.EDITED)
    sweep_and_fan_out()

    def told_to(webhook):
        return {(delivery.event.claim_id, delivery.event.kind) for delivery in webhook.deliveries.all()}

    both = {(claim.pk, kind) for claim in (filed, plain) for kind in (EventKind.PUBLISHED, EventKind.FLAGGED)}
    assert told_to(everything) == both
    assert told_to(flags) == {(filed.pk, EventKind.FLAGGED), (plain.pk, EventKind.FLAGGED)}
    assert told_to(filed_only) == {pair for pair in both if pair[0] == filed.pk}


@pytest.mark.django_db
def test_a_webhook_hears_that_a_claim_was_withdrawn_though_lists_leave_it_out():
    claim, webhook = open_claim(edtf="9990"), WebhookFactory(kinds=[EventKind.WITHDRAWN])
    revisit.withdraw(claim, reason="Logged in error.", by=PersonFactory(), at=NOW)
    outbox.fan_out(NOW)
    assert webhook.deliveries.get().event.kind == EventKind.WITHDRAWN


@pytest.mark.django_db
def test_a_new_webhook_begins_with_what_comes_now():
    open_claim(edtf="2020")
    webhook = WebhookFactory.build()
    outbox.subscribe(webhook)
    webhook.save()
    sweep_and_fan_out()
    assert [delivery.event.kind for delivery in webhook.deliveries.all()] == [EventKind.FLAGGED]


@pytest.mark.django_db
def test_a_webhook_whose_filter_cannot_be_read_any_more_is_switched_off_and_keeps_nobody_from_being_told():
    broken, sound = WebhookFactory(query="colour=red"), WebhookFactory()
    open_claim(edtf="2020")
    sweep_and_fan_out()
    broken.refresh_from_db()
    assert (broken.is_active, broken.deliveries.count()) == (False, 0)
    assert "colour" in broken.stopped_because
    assert sound.deliveries.count() == 2


@pytest.mark.django_db
def test_a_webhook_whose_filter_the_database_refuses_is_switched_off_and_keeps_nobody_from_being_told(monkeypatch):
    broken, sound = WebhookFactory(query="q=odd"), WebhookFactory(query="kind=forecast")

    def refused(webhook, claims):
        if webhook == broken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT no_such_column FROM claims_claim")
        return set(claims)

    monkeypatch.setattr(outbox, "passing", refused)
    monkeypatch.setattr(outbox, "DataError", DatabaseError)
    open_claim(edtf="2020")
    sweep_and_fan_out()
    broken.refresh_from_db()
    assert (broken.is_active, broken.deliveries.count(), sound.deliveries.count()) == (False, 0, 2)


@pytest.mark.django_db
def test_a_chunk_that_fails_half_way_leaves_the_bookmark_where_it_was_and_tells_all_the_next_time(monkeypatch):
    owner, webhook = PersonFactory(email="owner@newsroom.example"), WebhookFactory(kinds=[EventKind.FLAGGED])
    claim = open_claim(edtf="2020", owner=owner)
    sweep.flag_due(TODAY, now=NOW)
    monkeypatch.setattr(outbox, "_deliveries", Mock(side_effect=OSError))
    with pytest.raises(OSError):  # noqa: PT011 - ours
        outbox.fan_out(NOW)
    assert told(owner) == []
    monkeypatch.undo()
    outbox.fan_out(NOW)
    assert told(owner) == [(claim.pk, Occasion.DUE)]
    assert webhook.deliveries.count() == 1


@pytest.mark.django_db
def test_the_queries_for_a_chunk_do_not_grow_with_the_claims_or_the_people():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            sweep_and_fan_out()
        return len(captured)

    # There from the start, but for tests that empty the tables.
    Bookmark.objects.get_or_create(name=outbox.NAME)
    topic = TopicFactory()
    for _ in range(2):
        reader(is_for_all=True, topics=[topic])
    open_claim(edtf="2020", owner=reader())
    few = queries()
    for _ in range(4):
        reader(topics=[topic])
    for _ in range(6):
        open_claim(edtf="2020", owner=reader()).topics.add(topic)
    assert queries() == few


@pytest.mark.django_db
def test_a_chunk_is_smaller_where_many_are_to_be_told_so_that_no_transaction_is_long(monkeypatch):
    monkeypatch.setattr(outbox, "MOST_ROWS", 12)
    people = [reader(is_for_all=True) for _ in range(5)]
    claims = [open_claim(edtf="2020") for _ in range(4)]
    sweep.flag_due(TODAY, now=NOW)
    chunks = iter([False, True])
    assert outbox.fan_out(NOW, is_over=lambda: next(chunks)) == 4
    assert outbox.unread() > 0
    outbox.fan_out(NOW)
    assert outbox.unread() == 0
    assert all(len(told(person)) == len(claims) for person in people)


@pytest.mark.django_db(transaction=True)
def test_five_who_read_the_ledger_at_once_tell_each_person_once():
    owner, webhook = PersonFactory(email="owner@newsroom.example"), WebhookFactory(kinds=[EventKind.FLAGGED])
    claims = [open_claim(edtf="2020", owner=owner) for _ in range(30)]
    sweep.flag_due(TODAY, now=NOW)
    start = threading.Barrier(5)
    failures = []

    def read():
        start.wait()
        try:
            outbox.fan_out(NOW)
        except Error as error:
            failures.append(error)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(5)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    assert failures == []
    assert told(owner) == sorted((claim.pk, Occasion.DUE) for claim in claims)
    assert webhook.deliveries.count() == 30
