"""Claimants, sources, topics and articles, over the API."""

import json

import pytest

from claims.models import Article, Claimant
from tests.api.bodies import CLAIMS
from tests.api.test_listing import walk
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimantFactory,
    ClaimFactory,
    EvidenceFactory,
    ReviewFactory,
    SourceFactory,
    TopicFactory,
    due_claim,
    open_claim,
    resolved_claim,
)

API = "/api/v1/"
SECRET = "Not for readers: the whole text of the article."


@pytest.mark.parametrize(
    ("kind", "body", "slug"),
    [
        ("claimants", {"name": "Bank Indonesia", "kind": "government"}, "bank-indonesia"),
        ("sources", {"name": "The Information", "language": "en"}, "the-information"),
        ("topics", {"name": "Compute"}, "compute"),
    ],
)
def test_a_record_is_named_after_itself_unless_told_otherwise(reporter, kind, body, slug):
    answer = reporter.post(f"{API}{kind}/", body)
    assert (answer.status_code, answer.json()["slug"]) == (201, slug)
    assert reporter.get(answer["Location"]).json() == answer.json()
    again = reporter.post(f"{API}{kind}/", body)
    assert again.status_code == 400
    assert "slug" in {error["field"] for error in again.json()["errors"]}
    other = reporter.post(f"{API}{kind}/", body | {"slug": "other", "name": "Other"})
    assert other.json()["slug"] == "other"


def test_a_name_without_a_latin_letter_needs_a_short_name(reporter):
    answer = reporter.post(f"{API}claimants/", {"name": "読売新聞"})
    assert [error["field"] for error in answer.json()["errors"]] == ["slug"]
    assert reporter.post(f"{API}claimants/", {"name": "読売新聞", "slug": "yomiuri"}).status_code == 201


@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        ("claimants", {}, "name"),
        ("claimants", {"name": "x" * 201}, "name"),
        ("claimants", {"name": "A", "kind": "robot"}, "kind"),
        ("claimants", {"name": "A", "same_as": "javascript:alert(1)"}, "same_as"),
        ("claimants", {"name": "A", "slug": "a b"}, "slug"),
        ("claimants", {"name": "A", "id": 7}, "id"),
        ("sources", {"name": "A", "language": "English"}, "language"),
        ("sources", {"name": "A", "homepage": "ftp://a.example/"}, "homepage"),
        ("topics", {"name": 5}, "name"),
        ("articles", {}, "source"),
        ("articles", {"source": "nobody"}, "source"),
        ("articles", {"source": "techcrunch", "url": "http://u:p@a.example/"}, "url"),
        ("articles", {"source": "techcrunch", "published_on": "yesterday"}, "published_on"),
        ("articles", {"source": "techcrunch", "text": "a\u0007b"}, "text"),
        ("articles", {"source": "techcrunch", "text_sha256": "0"}, "text_sha256"),
    ],
)
def test_a_record_that_cannot_be_accepted_is_named(reporter, kind, body, field):
    SourceFactory(slug="techcrunch")
    answer = reporter.post(f"{API}{kind}/", body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_record_is_changed_by_whom_has_read_it(reporter):
    ClaimantFactory(slug="openai", name="Openai")
    path = f"{API}claimants/openai/"
    tag = reporter.get(path)["ETag"]
    assert reporter.patch(path, {"name": "OpenAI"}).status_code == 428
    assert reporter.patch(path, {"name": "OpenAI"}, headers={"if-match": '"old"'}).status_code == 412
    assert reporter.patch(path, {"name": "OpenAI"}, headers={"if-match": tag}).json()["name"] == "OpenAI"
    assert reporter.patch(path, {"name": "Other"}, headers={"if-match": tag}).status_code == 412
    assert reporter.patch(path, {"name": ""}, headers={"if-match": "*"}).status_code == 400
    assert reporter.patch(path, {"colour": ""}, headers={"if-match": "*"}).status_code == 400
    assert Claimant.objects.get().name == "OpenAI"


def test_the_public_sees_what_published_claims_name_and_the_newsroom_sees_all(anonymous, reporter):
    shown, hidden = open_claim(), ClaimFactory()
    for claim in (shown, hidden):
        claim.topics.add(TopicFactory())
    CitationFactory(claim=hidden)
    for kind, of in (
        ("claimants", lambda claim: claim.claimant.slug),
        ("topics", lambda claim: claim.topics.get().slug),
        ("sources", lambda claim: claim.citations.get().article.source.slug),
        ("articles", lambda claim: claim.citations.get().article.pk),
    ):
        assert walk(anonymous, f"{API}{kind}/", {"page_size": 1}) == [of(shown)]
        assert anonymous.get(f"{API}{kind}/{of(shown)}/").status_code == 200
        assert anonymous.get(f"{API}{kind}/{of(hidden)}/").status_code == 404
        assert set(walk(reporter, f"{API}{kind}/", {"page_size": 1})) == {of(shown), of(hidden)}
        assert reporter.get(f"{API}{kind}/{of(hidden)}/").status_code == 200


def test_an_article_that_only_a_draft_review_rests_on_is_not_public(anonymous):
    claim = due_claim()
    rests = EvidenceFactory(review=ReviewFactory(claim=claim), article=ArticleFactory(), url="").article
    assert anonymous.get(f"{API}articles/{rests.pk}/").status_code == 404


def test_an_article_that_a_verdict_rests_on_is_public(anonymous, editor):
    claim, article = due_claim(), ArticleFactory()
    editor.post(
        f"{CLAIMS}{claim.public_id}/reviews/",
        {
            "verdict": "true",
            "summary": "Yes.",
            "publish": True,
            "evidence": [{"article": article.pk, "stance": "supports"}],
        },
    )
    assert anonymous.get(f"{API}articles/{article.pk}/").status_code == 200


def test_the_text_of_an_article_stands_in_no_answer(anonymous, reporter, editor):
    SourceFactory(slug="techcrunch")
    made = reporter.post(f"{API}articles/", {"source": "techcrunch", "url": "https://a.example/", "text": SECRET})
    assert Article.objects.get().text == SECRET
    claim = resolved_claim()
    CitationFactory(claim=claim, article=Article.objects.get(url="https://a.example/"))
    one = f"{CLAIMS}{claim.public_id}/"
    parts = [f"{one}{part}/" for part in ("citations", "reviews", "events")]
    paths = [one, *parts, CLAIMS, f"{CLAIMS}?q=doubles", f"{API}articles/", f"{API}events/", made["Location"]]
    answers = [made, *(client.get(path) for client in (anonymous, reporter, editor) for path in paths)]
    answers.append(reporter.patch(made["Location"], {"text": SECRET + "!"}, headers={"if-match": "*"}))
    assert Article.objects.get(url="https://a.example/").text == SECRET + "!"
    assert all(answer.status_code in {200, 201} for answer in answers)
    assert not any(
        "whole text of" in json.dumps(answer.json()) or "sha256" in json.dumps(answer.json()) for answer in answers
    )


def test_the_newest_article_comes_first_and_those_without_a_date_last(reporter):
    undated, old, new = (ArticleFactory(published_on=day) for day in (None, "2024-01-01", "2026-01-01"))
    assert walk(reporter, f"{API}articles/", {"page_size": 1}) == [new.pk, old.pk, undated.pk]


@pytest.mark.parametrize(("kind", "queries"), [("claimants", 1), ("sources", 1), ("topics", 1), ("articles", 1)])
def test_the_directory_costs_the_same_number_of_queries_however_long(
    anonymous, django_assert_num_queries, kind, queries
):
    for times, number in ((3, 3), (27, 30)):
        for _ in range(times):
            open_claim().topics.add(TopicFactory())
        with django_assert_num_queries(queries):
            assert len(anonymous.get(f"{API}{kind}/").json()["results"]) == number


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "1e3", "-1", "x"])
def test_an_article_that_there_is_not_is_a_404(anonymous, number):
    answer = anonymous.get(f"{API}articles/{number}/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
