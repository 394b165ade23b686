"""The steps of a claim's life, over the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Article, Claim, Event
from tests.api.bodies import CLAIMS
from tests.factories import ArticleFactory, CitationFactory, ClaimFactory, due_claim, open_claim, resolved_claim


def step(client, claim, name, body=None, **headers):
    return client.post(f"{CLAIMS}{claim.public_id}/{name}/", body, headers=headers)


def named(answer):
    assert answer["Content-Type"] == "application/problem+json"
    return [error["field"] for error in answer.json()["errors"]]


def test_a_published_draft_is_there_for_everybody(anonymous, editor):
    claim = ClaimFactory()
    CitationFactory(claim=claim)
    answer = step(editor, claim, "publish")
    assert (answer.status_code, answer.json()["status"], answer.json()["version"]) == (200, "open", 2)
    assert answer.json() == anonymous.get(f"{CLAIMS}{claim.public_id}/").json()


def test_a_draft_without_citation_or_revisit_day_is_not_published(editor):
    assert named(step(editor, ClaimFactory(edtf=""), "publish", {})) == ["citations", "revisit_on"]


def test_publish_takes_nothing(editor):
    assert named(step(editor, ClaimFactory(), "publish", {"status": "open"})) == ["status"]


def test_a_step_that_is_not_possible_is_a_409_with_those_that_are(editor):
    answer = step(editor, ClaimFactory(), "reopen", {"reason": "In doubt."})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json()["legal"] == ["published", "withdrawn"]
    assert not Event.objects.exists()


def test_a_due_claim_is_postponed(reporter):
    claim = due_claim()
    day = timezone.localdate() + timedelta(days=30)
    answer = step(reporter, claim, "postpone", {"revisit_on": day.isoformat(), "reason": "Too early to tell."})
    assert [answer.json()[name] for name in ("status", "revisit_on", "flagged_at")] == ["open", day.isoformat(), None]
    assert Event.objects.last().data["reason"] == "Too early to tell."


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"revisit_on", "reason"}),
        ({"revisit_on": "2020-01-01", "reason": "x"}, {"revisit_on"}),
        ({"revisit_on": "soon", "reason": "x"}, {"revisit_on"}),
        ({"revisit_on": "2099-01-01", "reason": "  "}, {"reason"}),
        ({"revisit_on": "2099-01-01", "reason": "x" * 2001}, {"reason"}),
        ({"revisit_on": "2099-01-01", "reason": "a\u202eb"}, {"reason"}),
        ({"revisit_on": "2099-01-01", "reason": 1}, {"reason"}),
    ],
)
def test_a_claim_is_not_postponed_without_a_day_ahead_and_a_reason(reporter, body, fields):
    assert set(named(step(reporter, due_claim(), "postpone", body))) == fields


def test_a_rescheduled_claim_keeps_its_first_date_and_counts_the_slip(reporter):
    claim = open_claim()
    article = ArticleFactory()
    body = {"projected_phrase": "by the end of 2029", "reason": "The chief said so.", "article": article.pk}
    answer = step(reporter, claim, "reschedule", body).json()
    names = ("projected_date", "original_projected_date", "slip_days", "revisit_on", "status")
    assert [answer[name] for name in names] == ["../2029", "2027", 731, "2030-01-01", "open"]
    assert Event.objects.last().data["article"] == article.pk


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"reason": "x"}, "projected_phrase"),
        ({"reason": "x", "projected_phrase": "", "projected_date": ""}, "projected_phrase"),
        ({"reason": "x", "projected_phrase": "eventually, perhaps"}, "projected_phrase"),
        ({"reason": "x", "projected_date": "2027"}, "projected_phrase"),
        ({"reason": "x", "projected_date": "soon"}, "projected_date"),
        ({"reason": "x", "projected_date": "2029/.."}, "revisit_on"),
        ({"reason": "x", "projected_date": "2029", "article": 99}, "article"),
        ({"projected_date": "2029"}, "reason"),
    ],
)
def test_a_claim_is_not_rescheduled_without_a_new_date_and_a_reason(reporter, body, field):
    claim = open_claim()
    assert named(step(reporter, claim, "reschedule", body)) == [field]
    assert Claim.objects.get().version == claim.version


def test_an_article_made_for_a_step_that_fails_is_not_kept(reporter):
    claim = open_claim()
    source = Article.objects.get().source.slug
    new = {"source": source, "url": "https://new.example/1"}
    body = {"projected_date": "2027", "reason": "x", "article": new}
    assert step(reporter, claim, "reschedule", body).status_code == 400
    assert Article.objects.count() == 1


def test_a_withdrawn_claim_stays_on_the_record(anonymous, editor):
    claim = open_claim()
    assert step(editor, claim, "withdraw", {"reason": "Logged twice."}).json()["status"] == "withdrawn"
    assert anonymous.get(f"{CLAIMS}{claim.public_id}/").status_code == 200


def test_a_resolved_claim_is_reopened(editor):
    answer = step(editor, resolved_claim(), "reopen", {"reason": "In doubt."}).json()
    assert (answer["status"], answer["verdict"]) == ("due", None)


def test_a_step_heeds_if_match_where_it_is_sent(editor):
    claim = open_claim()
    stale = step(editor, claim, "withdraw", {"reason": "x"}, **{"if-match": '"1"'})
    assert (stale.status_code, stale["Content-Type"]) == (412, "application/problem+json")
    assert step(editor, claim, "withdraw", {"reason": "x"}, **{"if-match": '"2"'}).status_code == 200
    assert step(editor, claim, "withdraw", {"reason": "x"}, **{"if-match": ""}).status_code == 409
