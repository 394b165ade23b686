"""The ledger, over the API."""

import json
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from claims import logbook
from claims.lifecycle import EventKind
from claims.models import Claim, Event
from tests.api.bodies import CLAIMS, claim_body
from tests.factories import CitationFactory, ClaimFactory, due_claim, open_claim

FEED = "/api/v1/events/"


def test_the_feed_is_followed_by_the_last_id(anonymous):
    open_claim(), due_claim()
    first = anonymous.get(FEED, {"page_size": 2}).json()
    assert [row["kind"] for row in first["results"]] == ["published", "published"]
    assert first["previous"] is None
    last = anonymous.get(first["next"]).json()
    assert [row["kind"] for row in last["results"]] == ["flagged"]
    assert last["next"] is None
    assert anonymous.get(FEED, {"after": last["results"][0]["id"]}).json()["results"] == []


@pytest.mark.parametrize("after", ["", "-1", "x", "1.5", "٣", "9" * 30, "1&after=2"])
def test_an_id_that_is_none_is_a_400(anonymous, after):
    answer = anonymous.get(f"{FEED}?after={after}")
    assert [error["field"] for error in answer.json()["errors"]] == ["after"]


def test_what_befell_a_draft_is_for_the_newsroom(anonymous, reporter, records):
    draft = ClaimFactory()
    reporter.patch(f"{CLAIMS}{draft.public_id}/", {"criteria": "x"}, headers={"if-match": "*"})
    assert anonymous.get(FEED).json()["results"] == []
    assert [row["claim"] for row in reporter.get(FEED).json()["results"]] == [draft.public_id]


def test_the_public_is_told_what_was_done_and_not_by_whom(anonymous, editor):
    claim = ClaimFactory()
    CitationFactory(claim=claim)
    editor.patch(f"{CLAIMS}{claim.public_id}/", {"criteria": "x"}, headers={"if-match": "*"})
    editor.post(f"{CLAIMS}{claim.public_id}/publish/")
    Event.objects.bulk_create([
        Event(
            claim=claim, kind="edited", actor=editor.person, at=claim.created_at, from_status="open", to_status="open",
            data={"changes": {"owner": [None, editor.person.username], "criteria": ["x", "y"]}}, key="handed over",
        )
    ])  # fmt: skip
    name = editor.person.username
    for path in (FEED, f"{CLAIMS}{claim.public_id}/events/"):
        rows = anonymous.get(path).json()["results"]
        assert [row["kind"] for row in rows] == ["published", "edited"]
        assert [row["actor"] for row in rows] == ["newsroom"] * 2
        assert name not in json.dumps(rows)
        assert rows[-1]["data"]["changes"] == {"criteria": ["x", "y"]}
        rows = editor.get(path).json()["results"]
        assert [row["actor"] for row in rows] == [name] * 3
        assert rows[-1]["data"]["changes"]["owner"] == [None, name]


def test_what_stood_in_a_draft_alone_stays_in_the_newsroom_once_it_is_published(anonymous, editor, records):
    logged = editor.post(CLAIMS, claim_body(statement="Unchecked rumour", projected_phrase="2031")).json()
    place = f"{CLAIMS}{logged['public_id']}/"
    cited = [{"article": {"source": "the-information", "title": "Costs"}}]
    checked = {"statement": "Checked", "criteria": "x", "projected_phrase": "2030", "citations": cited}
    assert editor.patch(place, checked, headers={"if-match": "*"}).status_code == 200
    assert editor.post(f"{place}publish/").status_code == 200
    for path in (FEED, f"{place}events/"):
        rows = anonymous.get(path).json()["results"]
        assert [(row["kind"], sorted(row["data"])) for row in rows] == [
            ("logged", []),
            ("published", ["projected_date", "revisit_on"]),
        ]
        told = json.dumps(editor.get(path).json())
        assert "Unchecked rumour" in told
        assert "2031" in told


def test_a_job_is_named_to_everybody(anonymous):
    due_claim()
    assert anonymous.get(FEED).json()["results"][-1]["actor"] == "sweep"


@pytest.mark.django_db(transaction=True)
def test_whoever_follows_the_feed_misses_nothing_that_is_committed_late(anonymous):
    """A quick writer waits for a slow one that wrote its event first."""
    quick, slow = open_claim(), open_claim()
    last = anonymous.get(FEED).json()["results"][-1]["id"]
    begun, ending = threading.Event(), threading.Event()

    def write(claim, *, until=None):
        try:
            with transaction.atomic():
                with logbook.amending(claim, by="test", at=timezone.now()) as held:
                    held.criteria = "x"
                begun.set()
                if until is not None:
                    until.wait(10)
        finally:
            connection.close()

    def following(after):
        return [row["claim"] for row in anonymous.get(FEED, {"after": after}).json()["results"]]

    writers = [threading.Thread(target=write, args=[slow], kwargs={"until": ending})]
    writers[0].start()
    assert begun.wait(10)
    writers.append(threading.Thread(target=write, args=[quick]))
    writers[1].start()
    writers[1].join(timeout=1)
    assert following(last) == []
    ending.set()
    for writer in writers:
        writer.join(30)
    assert following(last) == [slow.public_id, quick.public_id]


@pytest.mark.django_db(transaction=True)
def test_nor_what_a_transaction_tells_that_began_first_and_wrote_last(anonymous):
    first, second = open_claim(), open_claim()
    began, written, ending = threading.Event(), threading.Event(), threading.Event()
    seen = [row["id"] for row in anonymous.get(FEED).json()["results"]]

    def write(claim, before, after):
        try:
            with transaction.atomic():
                Claim.objects.filter(pk=claim.pk).update(criteria="x")
                before()
                Event.record(claim, EventKind.EDITED, by="test", at=timezone.now())
                after()
        finally:
            connection.close()

    def follow():
        seen.extend(row["id"] for row in anonymous.get(FEED, {"after": seen[-1]}).json()["results"])

    def begin():
        began.set()
        written.wait(2)  # on SQLite in vain: the other one begins when this one has ended

    def linger():
        written.set()
        ending.wait(10)

    writers = [
        threading.Thread(target=write, args=[first, begin, lambda: None]),
        threading.Thread(target=write, args=[second, lambda: None, linger]),
    ]
    writers[0].start()
    assert began.wait(10)
    writers[1].start()
    assert written.wait(10)
    writers[0].join(timeout=1)
    follow()
    ending.set()
    for writer in writers:
        writer.join(30)
    follow()
    assert len(seen) == 4
    assert seen == [row["id"] for row in anonymous.get(FEED).json()["results"]]


def test_events_are_only_read(editor):
    claim = open_claim()
    for path in (FEED, f"{CLAIMS}{claim.public_id}/events/"):
        for method in (editor.post, editor.put, editor.patch, editor.delete):
            assert method(path, {}).status_code == 405


def test_the_feed_costs_the_same_number_of_queries_however_long(anonymous, django_assert_num_queries):
    for times, number in ((3, 3), (27, 30)):
        for _ in range(times):
            open_claim()
        with django_assert_num_queries(1):
            assert len(anonymous.get(FEED).json()["results"]) == number
