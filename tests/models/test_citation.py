"""Who had it from whom."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.models import Citation
from tests.factories import ArticleFactory, CitationFactory, ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def links():
    claim = ClaimFactory()
    paper = CitationFactory(claim=claim)
    site = CitationFactory(claim=claim, role="relay", via=paper)
    return paper, site, CitationFactory(claim=claim, role="relay", via=site)


def test_a_circle_is_a_clear_error_on_via(links):
    paper, _site, blog = links
    paper.role, paper.via = "relay", blog
    with pytest.raises(ValidationError, match="circle"):
        paper.full_clean()


def test_the_database_refuses_a_circle(links):
    paper, _site, blog = links
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=paper.pk).update(role="relay", via=blog)


def test_via_stays_within_one_claim_in_forms_and_in_the_database():
    mine, other = CitationFactory(), CitationFactory()
    mine.role, mine.via = "relay", other
    with pytest.raises(ValidationError, match="same claim"):
        mine.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        CitationFactory(role="relay", via=other)


def test_an_article_cannot_have_had_it_from_itself():
    citation = CitationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=citation.pk).update(role="relay", via=citation)


def test_an_origin_had_it_from_no_other_article(links):
    _paper, site, _blog = links
    site.role = "origin"
    with pytest.raises(ValidationError, match="An origin had the claim from no other"):
        site.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        site.save()


def test_an_article_is_cited_once_by_a_claim():
    citation = CitationFactory()
    with pytest.raises(ValidationError, match="cited already"):
        CitationFactory.build(claim=citation.claim, article=citation.article).full_clean()
    CitationFactory(claim=citation.claim, article=ArticleFactory())
