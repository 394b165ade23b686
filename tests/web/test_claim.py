"""A claim's own page: what stands on it, and what never does."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from claims import logbook, revisit, sweep
from claims.dates import ProjectedDate
from claims.lifecycle import Verdict
from claims.models import Evidence
from tests import factories
from tests.web.reading import find, text_of, tree

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: value.date() if value else TODAY)


def page(client, claim):
    response = client.get(claim.get_absolute_url())
    assert response.status_code == 200
    return response


def standing(response):
    return text_of(find(response, "section", "standing")[0])


def history(response):
    return [text_of(entry) for entry in find(response, "ol", "history")[0].iter("li")]


def test_an_open_claim_says_when_it_is_revisited_and_how_its_date_was_read(client):
    claim = factories.open_claim(edtf="2027", projected_phrase="pada tahun 2027", language="id")
    said = standing(page(client, claim))
    assert "Open To be revisited on 1 January 2028, in 405 days" in said
    assert "Projected for: 2027 (pada tahun 2027), read as 1 January to 31 December 2027 · rule 1" in said


def test_the_rule_is_a_link_to_where_it_stands(client):
    claim = factories.open_claim(edtf="../2027", projected_phrase="by 2027")
    (link,) = find(page(client, claim), "section", "standing")[0].iter("a")
    fragment = link.get("href").partition("#")[2]
    assert fragment in {element.get("id") for element in tree(client.get("/method/")).iter()}


def test_a_claim_without_a_date_says_so(client):
    claim = factories.open_claim(edtf="", projected_phrase="", revisit_on=date(2029, 1, 1))
    assert "The article gives no date" in standing(page(client, claim))


def test_a_drafts_page_is_not_there_for_anybody(client):
    claim = factories.ClaimFactory()
    assert client.get(claim.get_absolute_url()).status_code == 404
    client.force_login(factories.PersonFactory(role="admin"))
    assert client.get(claim.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", ["nosuch", "x" * 300, "%00", "a%20b", "%ff", "-"])
def test_an_address_without_a_claim_is_not_found(client, address):
    response = client.get(f"/claims/{address}/")
    assert response.status_code == 404
    tree(response)


def test_a_withdrawn_claim_keeps_its_page_and_says_why(client):
    claim = factories.open_claim()
    revisit.withdraw(claim, reason="Logged twice.", by="test", at=factories.NOW)
    said = standing(page(client, claim))
    assert "Withdrawn" in said
    assert "Logged twice." in said


def test_a_verdict_stands_with_its_summary_and_evidence(client):
    claim = factories.resolved_claim(verdict=Verdict.PARTLY_TRUE)
    response = page(client, claim)
    assert "Partly true Reviewed on 22 November 2026" in standing(response)
    (review,) = find(response, "section", "review")
    assert claim.current_review.summary in text_of(review)
    assert review.find(".//ul//a").get("href") == claim.current_review.evidence.get().url
    assert review.find(".//ul//a").get("rel") == "noopener nofollow ugc"


def test_a_review_that_is_a_draft_is_not_shown(client):
    review = factories.ReviewFactory(claim=factories.due_claim(), summary="Between us only")
    assert review.summary not in page(client, review.claim).content.decode()


def test_an_earlier_verdict_stays_marked_as_past(client):
    claim = factories.resolved_claim(verdict=Verdict.TRUE)
    later = factories.NOW + timedelta(days=1)
    revisit.reopen(claim, reason="New accounts.", by="test", at=later)
    second = factories.ReviewFactory(claim=claim, number=10**6, verdict=Verdict.FALSE, early_outcome=True)
    factories.EvidenceFactory(review=second)
    revisit.publish_review(second, by=second.author, at=later, today=TODAY, claim=claim)
    reviews = find(page(client, claim), "section", "review")
    assert ["past" in review.get("class") for review in reviews] == [False, True]
    assert "no longer stands" in text_of(reviews[1])


def test_the_history_tells_what_happened_without_names(client):
    editor = factories.PersonFactory(username="secretname")
    claim = factories.open_claim(edtf="2027", by=editor)
    with logbook.amending(claim, by=editor, at=factories.NOW, reason="A typing error.") as held:
        held.statement = "Output triples"
    claim.refresh_from_db()
    revisit.postpone(
        claim, revisit_on=date(2028, 6, 1), reason="No figures yet.", by=editor, at=factories.NOW, today=TODAY
    )
    revisit.reschedule(
        claim, ProjectedDate.from_edtf("2028"), phrase="in 2028", reason="They said so.", by=editor, at=factories.NOW
    )
    response = page(client, claim)
    assert history(response) == [
        f"20 Jun 2025Said by {claim.claimant.name}",
        "22 Nov 2026, 09:00Published, projected for: 2027; to be revisited on 1 January 2028 · the newsroom",
        "22 Nov 2026, 09:00Edited: the statement · the newsroomA typing error.",
        "22 Nov 2026, 09:00Too early to tell: to be revisited on 1 June 2028 · the newsroomNo figures yet.",
        (
            "22 Nov 2026, 09:00The claimant moved the date: from “2027” to “2028”; slipped 366 days"
            " · the newsroomThey said so."
        ),
    ]
    assert b"secretname" not in response.content


def test_the_history_begins_with_the_logging_and_says_which_job_did_what(client):
    claim = factories.ClaimFactory.build(claimant=factories.ClaimantFactory())
    logbook.log(claim, by="seeds", at=factories.NOW, parts=lambda claim: factories.CitationFactory(claim=claim))
    revisit.publish(claim, by=factories.PersonFactory(), at=factories.NOW)
    sweep.flag_due(date(2030, 1, 1), now=factories.NOW)
    assert [entry.rpartition(" · ")[2] for entry in history(page(client, claim))[1:]] == [
        "the seeds",
        "the newsroom",
        "the sweep",
    ]


def test_what_was_changed_while_it_was_a_draft_is_not_told(client):
    claim = factories.ClaimFactory()
    with logbook.amending(claim, by="test", at=factories.NOW - timedelta(days=9)) as held:
        held.criteria = "Something"
    claim.refresh_from_db()
    factories.CitationFactory(claim=claim)
    revisit.publish(claim, by="test", at=factories.NOW)
    assert not any("Edited" in entry for entry in history(page(client, claim)))


def test_figures_of_one_metric_over_time_are_drawn(client):
    claim = factories.open_claim()
    factories.FigureFactory(claim=claim)
    factories.FigureFactory(claim=claim, role="baseline", comparator="~", value=Decimal("5e9"), period="2024")
    (figure,) = find(page(client, claim), "figure", "figure-chart")
    drawing = figure.find(".//svg")
    assert drawing.get("aria-label") == "operating cost: 2024: about $5 billion, baseline; 2027: $20 billion, target"


@pytest.mark.parametrize("period", ["2027", "the good years", "", "9999", "0001"])
def test_odd_periods_and_values_break_no_page(client, period):
    claim = factories.open_claim()
    for value in ("0", "0", "-5", "99999999999999999999.000000000001"):
        factories.FigureFactory(claim=claim, value=Decimal(value), period=period)
    factories.FigureFactory(claim=claim, metric="zeros", value=Decimal(0), period="2026")
    factories.FigureFactory(claim=claim, metric="zeros", value=Decimal(0), period=period)
    page(client, claim)


def test_each_citation_says_whom_the_article_had_it_from(client):
    claim = factories.open_claim()
    origin = claim.citations.get()
    relay = factories.CitationFactory(
        claim=claim, role="relay", via=origin, attribution="other_outlet", reported_as="about $2B", quote="So they say."
    )
    response = page(client, claim)
    cells = [text_of(cell) for cell in find(response, "td")]
    assert cells == ["On the record", "no difference noted", origin.article.source.name, "about $2BSo they say."]
    boxes = [text_of(box.find("b")) for box in find(response, "div", "box")]
    assert boxes == [claim.claimant.name, origin.article.source.name, relay.article.source.name]
    assert "1 independent" in text_of(find(response, "aside")[0])


def test_a_chain_deeper_than_anyone_follows_is_still_drawn(client):
    claim = factories.open_claim()
    last = claim.citations.get()
    for _ in range(40):
        last = factories.CitationFactory(claim=claim, role="relay", via=last)
    assert len(find(page(client, claim), "div", "box")) == 42


def test_the_page_can_be_cited_by_its_public_address(client, settings):
    settings.BASE_URL = "https://claims.example"
    claim = factories.open_claim()
    (cite,) = find(page(client, claim), "dd", "cite")
    assert f"https://claims.example/claims/{claim.public_id}/" in text_of(cite)


def linked(response):
    (block,) = find(response, "script")
    assert block.get("type") == "application/ld+json"
    return json.loads(block.text)


def test_machines_read_a_claim_before_and_a_review_after_its_verdict(client):
    assert linked(page(client, factories.open_claim()))["@type"] == "Claim"
    assert linked(page(client, factories.due_claim()))["@type"] == "Claim"
    data = linked(page(client, factories.resolved_claim(verdict=Verdict.FALSE)))
    assert (data["@type"], data["reviewRating"]["ratingValue"]) == ("ClaimReview", 1)


def test_a_verdict_without_a_number_gets_none(client):
    data = linked(page(client, factories.resolved_claim(verdict=Verdict.VOID)))
    assert "ratingValue" not in data["reviewRating"]


def test_nothing_in_the_data_block_can_end_it(client):
    claim = factories.open_claim(statement="</script><script>alert(1)</script><!-- & ]]>")
    response = page(client, claim)
    assert linked(response)["text"] == claim.statement


def test_markup_in_any_text_is_text(client):
    evil = "<img src=x onerror=alert(1)>"
    claim = factories.open_claim(statement=evil, criteria=evil, claimant=factories.ClaimantFactory(name=evil))
    factories.CitationFactory(claim=claim, quote=evil, reported_as=evil, article__title=evil)
    factories.FigureFactory(claim=claim, metric=evil, unit=evil[:30], verbatim=evil, period=evil)
    assert not find(page(client, claim), "img")


def test_a_page_asks_as_many_queries_for_thirty_citations_as_for_three(client, django_assert_num_queries):
    claim = factories.resolved_claim()
    for _ in range(3):
        factories.CitationFactory(claim=claim, role="relay", via=claim.citations.first())
        factories.FigureFactory(claim=claim)
    with django_assert_num_queries(9):
        page(client, claim)
    for _ in range(27):
        factories.CitationFactory(claim=claim, role="relay", via=claim.citations.first())
        factories.FigureFactory(claim=claim)
        rests = factories.EvidenceFactory.build(review=claim.current_review, url="", article=factories.ArticleFactory())
        Evidence.objects.bulk_create([rests])  # past the model, which adds nothing to a published review
    with django_assert_num_queries(9):
        page(client, claim)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_the_page_can_only_be_read(client, method):
    assert getattr(client, method)(factories.open_claim().get_absolute_url()).status_code == 405
