"""Search: words of any language, phrases, exclusions, the best first; an index that never lags behind."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from claims import search
from claims.models import Citation, Claim
from claims.search import finding
from tests.factories import ArticleFactory, CitationFactory, ClaimantFactory, ClaimFactory, TopicFactory

pytestmark = pytest.mark.django_db


def found(text):
    return {claim.statement for claim in search.matching(Claim.objects.all(), text)}


def best(text, among=None):
    hits = search.ranked(Claim.objects.all() if among is None else among, text)
    statements = dict(Claim.objects.values_list("pk", "statement"))
    return [statements[hit.pk] for hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "compute",
        "COMPUTE spend",
        "spend compute",
        "comp",
        '"compute spend"',
        '"Compute-spend reaches"',
        "20B",
        "$20B",
        "cafe",
        "CAFÉ",
        "наук",
        "o'neil",
        '"compute spend',
        "compute -stargate",
        'compute -"spend compute"',
        "  compute   ",
        "compute ! ? -",
    ],
)
def test_a_claim_is_found_by(text):
    statement = "Compute spend reaches $20B at the café of Наука, says O’Neil"
    ClaimFactory(statement=statement)
    ClaimFactory(statement="Stargate provides three quarters")
    assert found(text) == {statement}


@pytest.mark.parametrize(
    "text",
    ["spend stargate", "mpute", '"spend compute"', '"compute spen"', "compute -spend", 'reaches -"20b"', "-compute"],
)
def test_a_claim_is_not_found_by(text):
    ClaimFactory(statement="Compute spend reaches $20B")
    assert found(text) == set()


@pytest.mark.parametrize("text", ["!", '""', "-", "$ % _ *", "''", "\\"])
def test_a_text_without_a_word_finds_nothing(text):
    ClaimFactory(statement="100 % of $5")
    assert found(text) == set()
    assert best(text) == []


def test_only_what_is_excluded_leaves_all_else():
    ClaimFactory(statement="Compute spend")
    ClaimFactory(statement="Stargate")
    assert found("-stargate") == {"Compute spend"}


def test_claimant_topics_and_quotes_are_searched_together_with_the_statement():
    claim = ClaimFactory(statement="Output doubles", claimant=ClaimantFactory(name="Acme Works"))
    claim.topics.add(TopicFactory(name="Energy policy"))
    CitationFactory(claim=claim, quote="We shall twofold our yield.")
    for text in ("acme", "energy", "twofold", "output acme energy twofold", '"twofold our yield"'):
        assert found(text) == {"Output doubles"}
    assert found("doubles nothing") == set()


def test_what_is_edited_is_found_by_its_new_words_alone():
    claim = ClaimFactory(statement="Alpha rises", claimant=ClaimantFactory(name="Beta Works"))
    topic, article = TopicFactory(name="Gamma"), ArticleFactory()
    claim.topics.add(topic)
    citation = CitationFactory(claim=claim, article=article, quote="delta")
    Claim.objects.update(statement="Alef rises")
    type(claim.claimant).objects.update(name="Bet Works")
    type(topic).objects.update(name="Gimel")
    Citation.objects.update(quote="dalet")
    for old in ("alpha", "beta", "gamma", "delta"):
        assert found(old) == set()
    for new in ("alef", "bet", "gimel", "dalet", "alef bet gimel dalet"):
        assert found(new) == {"Alef rises"}
    claim.topics.clear()
    citation.delete()
    assert found("gimel") == found("dalet") == set()
    assert search.astray() == 0


def test_a_claim_that_is_removed_is_gone_from_the_index():
    claim = ClaimFactory(statement="Alpha rises")
    claim.topics.add(TopicFactory())
    CitationFactory(claim=claim, quote="delta")
    claim.citations.all().delete()
    claim.topics.clear()
    claim.delete()
    assert search.astray() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_search")
        assert cursor.fetchone() == (0,)


def test_an_index_that_has_gone_astray_is_told_and_rebuilt():
    ClaimFactory(statement="Alpha rises")
    key = "claim_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM claims_search WHERE {key} > 0")
    assert (search.astray(), found("alpha")) == (1, set())
    search.rebuild()
    assert (search.astray(), found("alpha")) == (0, {"Alpha rises"})


def test_claims_that_were_there_before_the_index_are_in_it_after_the_next_migration():
    ClaimFactory(statement="Alpha rises")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_search")
    search.install(using="default")
    assert found("alpha") == {"Alpha rises"}


def test_a_hit_in_the_statement_comes_before_one_in_the_claimant_and_that_before_one_in_a_quote():
    quoted = ClaimFactory(statement="One")
    CitationFactory(claim=quoted, quote="about compute and other things")
    ClaimFactory(statement="Two", claimant=ClaimantFactory(name="Compute Works"))
    ClaimFactory(statement="Three compute")
    ClaimFactory(statement="Four")
    assert best("compute") == ["Three compute", "Two", "One"]


def test_of_two_that_answer_as_well_the_newer_comes_first():
    same = ClaimantFactory(name="Acme")
    for number in range(3):
        ClaimFactory(statement=f"Compute {number}", claimant=same)
    assert best("compute") == ["Compute 2", "Compute 1", "Compute 0"]


def test_the_best_are_looked_for_among_the_claims_asked_for_only():
    mine = ClaimFactory(statement="Compute mine")
    ClaimFactory(statement="Compute other")
    assert best("compute", among=Claim.objects.filter(pk=mine.pk)) == ["Compute mine"]
    assert best("compute -mine") == ["Compute other"]


def test_a_word_that_stands_everywhere_is_ranked_among_the_newest_only(monkeypatch):
    monkeypatch.setattr(finding, "POOL", 2)
    for number in range(4):
        ClaimFactory(statement=f"Compute {number}")
    assert set(best("compute")) == {"Compute 2", "Compute 3"}


def test_the_places_of_the_words_are_told_for_marking():
    words = search.Words.read('comp "café au" -spend')
    text = "Compute spend at Café au lait; precompute"
    assert [text[start:end] for start, end in words.spans(text)] == ["Compute", "Café au"]
    assert search.Words.read("ab bc").spans("ABC") == [(0, 3)]


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_searched_for(text):
    text = text.replace("\0", "")
    if not any(0xD800 <= ord(letter) < 0xE000 for letter in text):
        assert list(search.matching(Claim.objects.all(), text)) == []
        assert search.ranked(Claim.objects.all(), text) == []


@given(st.text(alphabet="abé-\" '0ı٣ß", max_size=20), st.text(alphabet="abé-\" '0ı٣ß", max_size=6))
def test_what_is_marked_lies_within_the_text_in_order(text, asked):
    spans = search.Words.read(asked).spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
