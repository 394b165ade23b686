"""The attribution chain on a claim's form."""

import pytest

from claims.models import Citation, Claim
from tests.admin.forms import a_claim, edit, errors, log
from tests.factories import ArticleFactory, CitationFactory, open_claim


def test_origin_and_relay_are_logged_in_one_go(reporter):
    origin, relay = ArticleFactory(), ArticleFactory()
    log(reporter, **a_claim(), **{"citations-0-article": origin.pk, "citations-1-article": relay.pk})
    first, second = Claim.objects.get().citations.all()
    assert (first.role, second.role, second.via) == ("origin", "relay", first)


def test_a_row_may_name_one_that_comes_after_it(reporter):
    rows = {"citations-0-article": ArticleFactory().pk, "citations-0-role": "relay", "citations-0-via_row": "2"}
    rows |= {"citations-1-article": ArticleFactory().pk, "citations-1-role": "origin", "citations-1-via_row": ""}
    log(reporter, **a_claim(), **rows)
    relay, origin = Claim.objects.get().citations.all()
    assert relay.via == origin


@pytest.mark.parametrize(
    ("rows", "field", "word"),
    [
        ({"citations-0-role": "relay", "citations-0-via_row": "2"}, "citations-0-via_row", "circle"),
        ({"citations-0-via_row": "2", "citations-1-via_row": ""}, "citations-0-via_row", "origin"),
        ({"citations-1-via_row": "2"}, "citations-1-via_row", "itself"),
        ({"citations-1-via_row": "77"}, "citations-1-via_row", "valid choice"),
        ({"citations-0-article": "", "citations-0-role": "origin"}, "citations-1-via_row", "empty or removed"),
    ],
)
def test_a_chain_that_cannot_be_is_an_error_on_via(reporter, rows, field, word):
    articles = {"citations-0-article": ArticleFactory().pk, "citations-1-article": ArticleFactory().pk}
    response = log(reporter, **a_claim(), **(articles | rows))
    assert word in errors(response)[field][0]
    assert not Claim.objects.exists()


def test_an_article_is_cited_once(reporter):
    article = ArticleFactory().pk
    response = log(reporter, **a_claim(), **{"citations-0-article": article, "citations-1-article": article})
    assert errors(response) == {"citations-1-article": ["This article is cited already."]}


def test_an_article_that_is_cited_already_is_an_error_on_its_field(reporter):
    claim = open_claim()
    response = edit(reporter, claim, **{"citations-1-article": claim.citations.get().article_id})
    assert errors(response) == {"citations-1-article": ["This article is cited already."]}


def test_a_published_claim_keeps_a_citation(editor):
    response = edit(editor, open_claim(), **{"citations-0-DELETE": "on"})
    assert errors(response) == {"citations": ["A published claim needs at least one citation."]}
    assert Citation.objects.exists()


def test_the_origin_can_go_when_nobody_names_it_any_more(editor):
    claim = open_claim()
    relay = CitationFactory(claim=claim, role="relay", via=claim.citations.get())
    edit(editor, claim, **{"citations-0-DELETE": "on", "citations-1-via_row": "", "citations-1-role": "origin"})
    assert [citation.pk for citation in claim.citations.all()] == [relay.pk]


def test_the_origin_cannot_go_while_a_relay_names_it(editor):
    claim = open_claim()
    CitationFactory(claim=claim, role="relay", via=claim.citations.get())
    response = edit(editor, claim, **{"citations-0-DELETE": "on"})
    assert "removed" in errors(response)["citations-1-via_row"][0]
    assert claim.citations.count() == 2


def test_an_unchanged_chain_stays_as_it_is_when_a_row_is_added(editor):
    claim = open_claim()
    relay = CitationFactory(claim=claim, role="relay", via=claim.citations.get())
    edit(
        editor,
        claim,
        **{"citations-2-article": ArticleFactory().pk, "citations-2-role": "relay", "citations-2-via_row": "2"},
    )
    third = claim.citations.last()
    assert third.via == relay
    assert Citation.objects.get(pk=relay.pk).via == claim.citations.first()


def test_a_citation_of_another_claim_cannot_be_taken_over(editor):
    claim, other = open_claim(), open_claim()
    foreign = other.citations.get()
    edit(editor, claim, **{"citations-0-id": foreign.pk, "citations-0-quote": "Taken", "citations-0-DELETE": "on"})
    foreign.refresh_from_db()
    assert (foreign.claim, foreign.quote) == (other, "")
    assert claim.citations.count() == 1
