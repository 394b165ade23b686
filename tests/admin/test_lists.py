"""Finding claims at the desk, and what can be done with many of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Claim
from tests.admin.forms import messages
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    FigureFactory,
    TopicFactory,
    due_claim,
    open_claim,
    resolved_claim,
)

LIST = "/admin/claims/claim/"
TODAY = timezone.localdate()


def found(client, **asked):
    response = client.get(LIST, asked)
    assert response.status_code == 200, response.headers
    return {claim.pk for claim in response.context["cl"].result_list}


def test_the_list_is_narrowed_by_status_verdict_topic_and_source(editor):
    draft, true = ClaimFactory(), resolved_claim(edtf="../2025-06")
    topic = TopicFactory(name="Compute", slug="compute")
    draft.topics.add(topic)
    source = CitationFactory(claim=draft).article.source
    assert found(editor, status="draft") == {draft.pk}
    assert found(editor, verdict="true") == {true.pk}
    assert found(editor, topic="compute") == {draft.pk}
    assert found(editor, source=source.slug) == {draft.pk}


def test_the_list_shows_what_is_due_mine_and_soon(editor):
    mine, other = due_claim(edtf="../2026-06", owner=editor.person), due_claim(edtf="../2026-06")
    unswept = open_claim(edtf="../2026-05")
    soon, later = open_claim(revisit_on=TODAY + timedelta(days=30)), open_claim(revisit_on=TODAY + timedelta(days=31))
    assert found(editor, due="now") == {mine.pk, other.pk, unswept.pk}
    assert found(editor, due="mine") == {mine.pk}
    assert found(editor, due="soon") == {soon.pk}
    assert later.pk in found(editor)


def test_the_search_finds_statement_and_claimant(editor):
    claim = ClaimFactory(statement="Windsurf is bought", claimant__name="OpenAI")
    ClaimFactory()
    assert found(editor, q="windsurf") == {claim.pk}
    assert found(editor, q="openai bought") == {claim.pk}


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a\x00b"},
        {"q": "\u202eabc"},
        {"status": "nonsense"},
        {"status": "\x00"},
        {"topic": "\x00"},
        {"source": "no such; source"},
        {"due": "whenever"},
        {"verdict": "maybe"},
        {"statement": "\x00"},
        {"public_id__icontains": "x"},
        {"claimant__name": "x"},
        {"p": "-5"},
        {"p": "x"},
        {"o": "99.x"},
    ],
)
def test_an_odd_question_is_refused_or_finds_nothing(editor, asked):
    assert editor.get(LIST, asked).status_code < 500
    assert editor.get(LIST, asked, follow=True).status_code in {200, 400}


def test_the_status_is_told_by_mark_and_word(editor):
    due_claim(edtf="../2026-06")
    page = editor.get(LIST).content.decode()
    assert '<span aria-hidden="true">◔</span> Due for revisiting' in page
    assert "by June 2026" in page


def test_drafts_are_published_together_and_each_failure_is_told(editor):
    good, bare = ClaimFactory(), ClaimFactory(statement="Nobody printed this")
    CitationFactory(claim=good)
    chosen = {"action": "publish_drafts", "_selected_action": [good.pk, bare.pk, open_claim().pk]}
    said = messages(editor.post(LIST, chosen, follow=True))
    assert "Nobody printed this: A claim needs at least one citation" in said
    assert "cannot be published" in said
    assert "Claims published: 1." in said
    assert set(Claim.objects.filter(status="draft")) == {bare}


def test_a_reporter_has_no_publishing_in_the_list(reporter):
    claim = CitationFactory().claim
    assert "publish_drafts" not in reporter.get(LIST).content.decode()
    reporter.post(LIST, {"action": "publish_drafts", "_selected_action": [claim.pk]})
    claim.refresh_from_db()
    assert claim.status == "draft"


def test_nothing_is_deleted_by_the_handful(admin):
    claim = ClaimFactory()
    admin.post(LIST, {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"})
    assert Claim.objects.exists()


def fill(number):
    for _ in range(number):
        claim = due_claim(edtf="../2026-06")
        FigureFactory(claim=claim)
        resolved_claim(edtf="../2025-06")


@pytest.mark.parametrize(
    "url", [LIST, "/admin/", "/admin/claims/event/", "/admin/claims/review/", "/admin/claims/article/"]
)
def test_a_page_asks_the_database_as_often_at_3_rows_as_at_30(editor, url, django_assert_num_queries, count_queries):
    fill(3)
    few = count_queries(url)
    fill(27)
    with django_assert_num_queries(few):
        editor.get(url)


@pytest.fixture
def count_queries(editor):
    def count(url):
        editor.get(url)
        with CaptureQueriesContext(connection) as queries:
            editor.get(url)
        return len(queries)

    return count
