"""What the demo consists of: each claim as a newsroom could have logged it."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from claims import sweep
from claims.chain import Chain
from claims.dates import read_phrase
from claims.exchange import demo
from claims.lifecycle import TRANSITIONS, EventKind
from claims.models import Article, Citation, Claim, Claimant, Event, Figure, Review, Source, Topic
from claims.models.citation import makes_circle

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
N = 400


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker):
    """The same demo for all of these tests, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.fill(N, seed=1, today=TODAY, tell=lambda done, total: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(_filled, db):
    return Claim.objects.all()


def test_there_are_as_many_as_were_asked_for_with_three_citations_each_from_forty_sources_and_two_thousand_voices(
    filled,
):
    assert filled.count() == N
    assert Citation.objects.count() == 3 * N
    assert Source.objects.filter(slug__startswith="demo-").count() == 40
    assert Claimant.objects.filter(slug__startswith="demo-").count() == 2000
    assert Topic.objects.filter(slug__startswith="demo-").count() > 20


def test_few_voices_make_most_of_the_claims(filled):
    counts = sorted(Counter(filled.values_list("claimant", flat=True)).values(), reverse=True)
    assert sum(counts[:20]) > N / 3
    assert len(counts) > 40


def test_claims_stand_everywhere_in_their_lives(filled):
    share = {status: count * 100 / N for status, count in Counter(filled.values_list("status", flat=True)).items()}
    assert share == {"open": 60, "resolved": 20, "due": 10, "draft": 5, "withdrawn": 5}


def test_dates_have_every_precision_from_2015_to_2060(filled):
    edtf = filled.values_list("projected_date", flat=True)
    shapes = Counter("".join("9" if sign.isdigit() else sign for sign in text) for text in edtf)
    wanted = {
        "9999",
        "9999-99",
        "9999-99-99",
        "9999-99/9999-99",
        "../9999",
        "../9999-99",
        "999X",
        "9999~",
        "9999/..",
        "",
    }
    assert wanted == shapes.keys()
    ends = [day for day in filled.values_list("projected_to", flat=True) if day]
    assert min(ends).year == 2015
    assert 2050 < max(ends).year <= 2060


def test_every_phrase_is_read_as_the_date_that_stands_beside_it(filled):
    for claim in filled:
        read = read_phrase(claim.projected_phrase, made_on=claim.made_on, language="en").date
        assert read == claim.projected
        assert (read.start, read.end) == (claim.projected_from, claim.projected_to)


@pytest.mark.parametrize("model", [Claim, Citation, Figure, Review, Article, Claimant, Source, Topic, Event])
def test_every_row_is_one_that_the_forms_would_let_in(filled, model):
    for row in model.objects.order_by("?")[:60]:
        row.full_clean()


def test_the_database_finds_no_reference_that_leads_nowhere(filled):
    connection.check_constraints()
    assert not filled.exclude(status="resolved").filter(current_review__isnull=False).exists()
    for claim in filled.filter(status="resolved").select_related("current_review"):
        standing = claim.reviews.filter(published_at__isnull=False, superseded_by__isnull=True)
        assert [claim.current_review] == list(standing)
        assert claim.current_review.evidence.exists()


def test_no_claim_is_revisited_before_it_was_made_and_no_event_lies_ahead(filled):
    for claim in filled:
        assert claim.made_on < claim.revisit_on
        assert claim.created_at <= claim.updated_at < NOW


def test_chains_lead_from_an_origin_without_circles(filled):
    for claim in filled[:50]:
        citations = list(claim.citations.all())
        via = {citation.pk: citation.via_id for citation in citations}
        assert not any(makes_circle(via, start=pk) for pk in via)
        assert len({citation.article.source_id for citation in citations}) == 3
        assert Chain(citations).lines


def test_each_claims_events_tell_its_life_step_by_step(filled):
    kinds = set()
    for claim in filled.prefetch_related("events"):
        events = list(claim.events.all())
        assert events[0].kind == EventKind.LOGGED
        assert [event.to_status for event in events[:-1]] == [event.from_status for event in events[1:]]
        assert sorted(event.at for event in events) == [event.at for event in events]
        for event in events[1:]:
            assert event.from_status in TRANSITIONS[event.kind].sources
            assert event.to_status == TRANSITIONS[event.kind].target
        assert (events[-1].to_status, events[-1].at, len(events)) == (claim.status, claim.updated_at, claim.version)
        rounds = sum(event.kind in {EventKind.POSTPONED, EventKind.RESCHEDULED} for event in events)
        assert claim.round == 1 + rounds
        kinds |= {event.kind for event in events}
    assert kinds == {*TRANSITIONS, EventKind.LOGGED}


def test_moved_claims_keep_their_first_date(filled):
    slips = [claim.slip_days for claim in filled.filter(events__kind=EventKind.RESCHEDULED)]
    assert any(days > 0 for days in slips)


def test_the_sweep_flags_the_fifteen_in_a_hundred_and_no_other(filled):
    assert sweep.flag_due(TODAY, now=NOW) == N * 15 // 100
    assert sweep.flag_due(TODAY, now=NOW) == 0


def test_no_article_has_a_text_and_everything_says_that_it_is_a_demo(filled):
    assert not Article.objects.exclude(text="").exists()
    assert not filled.exclude(statement__startswith="Demo ").exists()
    assert not Citation.objects.exclude(quote="").exclude(quote__startswith="Demo ").exists()
    assert not Article.objects.exclude(url__startswith="https://demo.example/").exists()
