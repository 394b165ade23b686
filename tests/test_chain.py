"""Attribution."""

import pytest

from claims.chain import Chain
from claims.models import Claim
from tests.factories import ArticleFactory, CitationFactory, ClaimFactory, SourceFactory

pytestmark = pytest.mark.django_db


def cite(claim, name, *, via=None):
    article = ArticleFactory(source=SourceFactory(name=name, slug=name.lower()))
    return CitationFactory(claim=claim, article=article, via=via, role="relay" if via else "origin")


def chain_of(claim):
    return Chain(Claim.objects.with_all().get(pk=claim.pk).citations.all())


def test_a_chain_runs_from_its_origin_to_the_last_who_carried_it():
    claim = ClaimFactory()
    paper = cite(claim, "Paper")
    cite(claim, "Blog", via=cite(claim, "Site", via=paper))
    assert [[source.name for source in line] for line in chain_of(claim).lines] == [["Paper", "Site", "Blog"]]


def test_two_that_carried_it_from_one_origin_are_two_lines_and_one_origin():
    claim = ClaimFactory()
    paper = cite(claim, "Paper")
    cite(claim, "Site", via=paper)
    cite(claim, "Blog", via=paper)
    chain = chain_of(claim)
    assert [[source.name for source in line] for line in chain.lines] == [["Paper", "Site"], ["Paper", "Blog"]]
    assert chain.independent_origins == 1
    assert [source.name for source in chain.sources] == ["Paper", "Site", "Blog"]


def test_two_outlets_that_had_it_from_nobody_are_two_independent_origins():
    claim = ClaimFactory()
    cite(claim, "Paper")
    cite(claim, "Wire")
    assert chain_of(claim).independent_origins == 2


def test_a_claim_without_citations_has_an_empty_chain():
    assert chain_of(ClaimFactory()).lines == []
