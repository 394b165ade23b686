"""Verdicts, over the API."""

import pytest

from claims.models import Evidence, Review
from tests.api.bodies import CLAIMS
from tests.factories import ArticleFactory, ClaimFactory, due_claim, open_claim, resolved_claim

REVIEW = {
    "verdict": "false",
    "summary": "The accounts show 12 billion.",
    "early_outcome": True,
    "evidence": [{"url": "https://accounts.example/2027", "stance": "refutes", "quote": "12 billion"}],
}


def reviews(claim):
    return f"{CLAIMS}{claim.public_id}/reviews/"


def test_a_reporters_review_is_a_draft_that_the_public_does_not_see(anonymous, reporter):
    claim = due_claim()
    answer = reporter.post(reviews(claim), REVIEW)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["published_at"] is None
    assert answer.json()["author"] == reporter.person.username
    assert reporter.get(reviews(claim)).json()["results"] == [answer.json()]
    assert anonymous.get(reviews(claim)).json()["results"] == []
    assert anonymous.get(f"{CLAIMS}{claim.public_id}/").json()["status"] == "due"


def test_an_editor_publishes_a_reporters_draft(anonymous, reporter, editor):
    claim = due_claim()
    reporter.post(reviews(claim), REVIEW)
    assert reporter.post(f"{reviews(claim)}1/publish/").status_code == 403
    answer = editor.post(f"{reviews(claim)}1/publish/")
    assert answer.status_code == 200
    assert answer.json()["published_at"]
    public = anonymous.get(reviews(claim)).json()["results"]
    assert [(row["number"], row["verdict"], row["rating"], row["author"]) for row in public] == [
        (1, "false", 1, "newsroom")
    ]
    assert anonymous.get(f"{CLAIMS}{claim.public_id}/").json()["verdict"] == "false"
    assert editor.post(f"{reviews(claim)}1/publish/").status_code == 409
    assert editor.post(f"{reviews(claim)}9/publish/").status_code == 404


def test_an_editor_publishes_at_once_and_a_reporter_may_not(reporter, editor):
    claim = due_claim()
    assert reporter.post(reviews(claim), REVIEW | {"publish": True}).status_code == 403
    assert not Review.objects.exists()
    assert editor.post(reviews(claim), REVIEW | {"publish": True}).status_code == 201
    assert editor.get(f"{CLAIMS}{claim.public_id}/").json()["status"] == "resolved"


def test_a_review_heeds_if_match_where_it_is_sent(editor):
    claim = due_claim()
    assert editor.post(reviews(claim), REVIEW, headers={"if-match": '"1"'}).status_code == 412
    assert editor.post(reviews(claim), REVIEW, headers={"if-match": f'"{claim.version}"'}).status_code == 201
    assert editor.post(f"{reviews(claim)}1/publish/", headers={"if-match": '"1"'}).status_code == 412
    assert editor.post(f"{reviews(claim)}1/publish/", headers={"if-match": f'"{claim.version}"'}).status_code == 200


def test_a_later_verdict_supersedes_the_first(anonymous, editor):
    claim = resolved_claim()
    editor.post(f"{CLAIMS}{claim.public_id}/reopen/", {"reason": "Restated."})
    answer = editor.post(reviews(claim), REVIEW | {"publish": True}).json()
    first, second = anonymous.get(reviews(claim)).json()["results"]
    assert answer["supersedes"] == second["supersedes"] == first["number"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"verdict": "maybe"}, "verdict"),
        ({"verdict": True}, "verdict"),
        ({"summary": " "}, "summary"),
        ({"summary": "x" * 4001}, "summary"),
        ({"outcome_known_on": "2026"}, "outcome_known_on"),
        ({"early_outcome": "true"}, "early_outcome"),
        ({"early_outcome": False}, "early_outcome"),
        ({"evidence": []}, "evidence"),
        ({"evidence": [{"stance": "supports"}]}, "evidence[0]"),
        ({"evidence": [{"stance": "supports", "url": "javascript:alert(1)"}]}, "evidence[0].url"),
        ({"evidence": [{"stance": "doubts", "url": "https://a.example/"}]}, "evidence[0].stance"),
        ({"evidence": [{"stance": "supports", "article": 99}]}, "evidence[0].article"),
        ({"publish": 1}, "publish"),
        ({"rating": 5}, "rating"),
        ({"author": "somebody"}, "author"),
    ],
)
def test_a_verdict_that_cannot_be_accepted_leaves_nothing_behind(editor, changes, field):
    answer = editor.post(reviews(open_claim()), REVIEW | {"publish": True} | changes)
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Review.objects.exists()
    assert not Evidence.objects.exists()


def test_evidence_is_an_article_or_an_address_and_not_both(editor):
    article = ArticleFactory()
    claim = due_claim()
    both = {"stance": "supports", "article": article.pk, "url": "https://a.example/"}
    assert editor.post(reviews(claim), REVIEW | {"evidence": [both]}).status_code == 400
    answer = editor.post(reviews(claim), REVIEW | {"evidence": [{"stance": "supports", "article": article.pk}]}).json()
    assert answer["evidence"][0]["article"]["id"] == article.pk


def test_a_draft_or_resolved_claim_is_not_reviewed(reporter):
    for claim in (ClaimFactory(), resolved_claim()):
        answer = reporter.post(reviews(claim), REVIEW)
        assert answer.status_code == 409
        assert "legal" in answer.json()


def test_reviews_cost_the_same_number_of_queries_however_many(anonymous, editor, django_assert_num_queries):
    claim = resolved_claim()

    def again(times):
        for _ in range(times):
            editor.post(f"{CLAIMS}{claim.public_id}/reopen/", {"reason": "Restated."})
            rows = [{"stance": "supports", "article": ArticleFactory().pk} for _ in range(2)]
            assert editor.post(reviews(claim), REVIEW | {"evidence": rows, "publish": True}).status_code == 201

    for times, number in ((2, 3), (9, 12)):
        again(times)
        with django_assert_num_queries(5):
            assert len(anonymous.get(reviews(claim)).json()["results"]) == number
