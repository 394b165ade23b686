"""Citations and figures of a claim, by themselves."""

from claims.models import Article, Event
from tests.api.bodies import CLAIMS
from tests.factories import ArticleFactory, CitationFactory, ClaimFactory, FigureFactory, open_claim


def test_a_citation_added_is_an_edit_of_the_claim(reporter):
    claim = open_claim()
    path = f"{CLAIMS}{claim.public_id}/citations/"
    body = {"article": ArticleFactory().pk, "role": "relay", "via": 0, "attribution": "other_outlet"}
    answer = reporter.post(path, body)
    assert answer.status_code == 201, answer.json()
    rows = reporter.get(path).json()["results"]
    assert rows[1] == answer.json()
    assert rows[1]["via"] == rows[0]["id"]
    assert reporter.get(f"{CLAIMS}{claim.public_id}/").json()["version"] == claim.version + 1
    assert list(Event.objects.last().data["changes"]) == ["citations"]


def test_a_citation_that_cannot_be_accepted_is_named_and_its_article_is_not_kept(reporter):
    claim = open_claim()
    path = f"{CLAIMS}{claim.public_id}/citations/"
    cited = Article.objects.get()
    new = {"source": cited.source.slug, "url": "https://new.example/"}
    for body, field in (
        ({"article": new, "via": 1, "role": "relay"}, "via"),
        ({"article": new, "role": "rumour"}, "role"),
        ({"article": new, "id": 5}, "id"),
        ({"article": cited.pk}, "article"),
        ({}, "article"),
    ):
        assert [error["field"] for error in reporter.post(path, body).json()["errors"]] == [field]
    assert Article.objects.count() == 1
    assert claim.citations.count() == 1


def test_a_figure_added_stands_behind_the_others(reporter):
    claim = open_claim()
    FigureFactory(claim=claim)
    path = f"{CLAIMS}{claim.public_id}/figures/"
    answer = reporter.post(path, {"metric": "capacity", "value": "2.50", "unit": "GW", "role": "baseline"})
    assert (answer.status_code, answer.json()["value"]) == (201, "2.5")
    assert [row["metric"] for row in reporter.get(path).json()["results"]] == ["operating cost", "capacity"]
    assert [e["field"] for e in reporter.post(path, {"metric": "m", "unit": "GW", "value": "x"}).json()["errors"]] == [
        "value"
    ]


def test_a_part_heeds_if_match_where_it_is_sent(reporter):
    claim = open_claim()
    path = f"{CLAIMS}{claim.public_id}/figures/"
    body = {"metric": "capacity", "value": "2.50", "unit": "GW"}
    assert reporter.post(path, body, headers={"if-match": '"1"'}).status_code == 412
    assert reporter.post(path, body, headers={"if-match": f'"{claim.version}"'}).status_code == 201
    assert reporter.post(path, body, headers={"if-match": f'"{claim.version}"'}).status_code == 412


def test_a_claim_has_at_most_a_hundred_of_each(reporter):
    claim = ClaimFactory()
    FigureFactory.create_batch(100, claim=claim)
    answer = reporter.post(f"{CLAIMS}{claim.public_id}/figures/", {"metric": "m", "value": 1, "unit": "GW"})
    assert answer.status_code == 400
    assert claim.figures.count() == 100


def test_citations_cost_the_same_number_of_queries_however_many(anonymous, django_assert_num_queries):
    claim = open_claim()
    for times, number in ((2, 3), (27, 30)):
        CitationFactory.create_batch(times, claim=claim)
        with django_assert_num_queries(2):
            assert len(anonymous.get(f"{CLAIMS}{claim.public_id}/citations/").json()["results"]) == number
