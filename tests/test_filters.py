"""The query string."""

from contextlib import suppress
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from claims import filters
from claims.models import Claim
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    FigureFactory,
    TopicFactory,
    due_claim,
    open_claim,
    resolved_claim,
)


def read(text, known=filters.API, **options):
    return filters.read(QueryDict(text), known, **options)


def found(text):
    return set(read(text).apply(Claim.objects.all()))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("colour=red", "colour"),
        ("status=opne", "status"),
        ("verdict=maybe", "verdict"),
        ("kind=guess", "kind"),
        ("from=2027", "from"),
        ("to=2027-02-30", "to"),
        ("from=0000-01-01", "from"),
        ("from=٢٠٢٧-01-01", "from"),
        ("from=2028-01-01&to=2027-01-01", "to"),
        ("q=%00", "q"),
        ("q=a&q=b", "q"),
        ("q=", "q"),
        ("status=", "status"),
        ("topic=a%20b", "topic"),
        ("claimant=" + "a" * 100, "claimant"),
        ("updated_after=yesterday", "updated_after"),
        ("updated_after=2026-13-01T00:00:00Z", "updated_after"),
    ],
)
def test_a_parameter_that_is_unknown_or_unreadable_is_named(text, name):
    with pytest.raises(filters.UnreadableQuery) as caught:
        read(text)
    assert list(caught.value.errors) == [name]


def test_every_wrong_parameter_is_named_at_once():
    with pytest.raises(filters.UnreadableQuery) as caught:
        read("colour=red&status=opne&q=fine")
    assert set(caught.value.errors) == {"colour", "status"}


def test_a_form_sends_its_empty_fields_along_and_they_ask_nothing():
    assert not read("q=&status=&from=", filters.TIMELINE, is_form=True)


def test_the_query_string_is_written_back_with_changes():
    query = read("status=open&status=due&q=gigawatt")
    assert query.string(q=None) == "status=open&status=due"
    assert query.string(topic="energy") == "status=open&status=due&q=gigawatt&topic=energy"


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=5))
def test_no_query_string_fails_otherwise(params):
    query = QueryDict(mutable=True)
    query.update(params)
    with suppress(filters.UnreadableQuery):
        filters.read(query, filters.API)


@pytest.mark.django_db
def test_a_window_is_found_where_it_overlaps_the_days_asked_for():
    by_2027 = open_claim(edtf="../2027", made_on=date(2025, 6, 20))
    in_2030 = open_claim(edtf="2030")
    from_2028 = open_claim(edtf="2028/..", revisit_on=date(2032, 1, 1))
    assert found("from=2026-01-01&to=2026-12-31") == {by_2027}
    assert found("from=2030-06-01&to=2030-06-01") == {in_2030, from_2028}
    assert found("to=2025-06-19") == set()


@pytest.mark.django_db
def test_withdrawn_claims_are_found_only_where_they_are_asked_for():
    kept, gone = open_claim(), open_claim()
    gone.move_to("withdrawn", "withdrawn", by="test", at=gone.created_at)
    assert found("") == {kept}
    assert found("status=withdrawn") == {gone}


@pytest.mark.django_db
def test_each_filter_leaves_what_it_names():
    due, resolved = due_claim(kind="target"), resolved_claim(verdict="false")
    draft = ClaimFactory(statement="Chips from Arizona ship in volume")
    topic = TopicFactory(slug="chips")
    draft.topics.add(topic)
    FigureFactory(claim=draft, metric="wafers")
    citation = CitationFactory(claim=draft, quote="volume production in Phoenix")
    assert found("status=due") == {due}
    assert found("status=due&status=resolved") == {due, resolved}
    assert found("verdict=false") == {resolved}
    assert found("kind=target") == {due}
    assert found("topic=chips") == found("metric=wafers") == {draft}
    assert found(f"source={citation.article.source.slug}") == {draft}
    assert found(f"claimant={due.claimant.slug}") == {due}
    assert found("q=arizona") == found("q=PHOENIX chips") == {draft}
    assert found("q=100%25") == set()
