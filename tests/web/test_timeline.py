"""The timeline page, from what a reader asks to what stands on it."""

from datetime import date

import pytest
from django.utils import timezone

from claims import revisit
from claims.dates import ProjectedDate
from claims.lifecycle import Verdict
from claims.web import facets
from tests import factories
from tests.web.reading import find, rows, text_of, tree

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: value.date() if value else TODAY)


def logged(statement, **fields):
    return factories.open_claim(statement=statement, **fields)


def test_claims_stand_in_the_order_in_which_their_windows_end(client):
    logged("Last", edtf="2030")
    logged("First", edtf="2027")
    assert rows(client.get("/")) == ["First", "Last"]


def test_a_draft_is_not_on_the_timeline_even_for_an_editor(client):
    factories.ClaimFactory(statement="Not yet")
    client.force_login(factories.PersonFactory(role="admin"))
    response = client.get("/")
    assert rows(response) == []
    assert b"Not yet" not in response.content


def test_a_withdrawn_claim_stands_there_only_when_asked_for(client):
    claim = logged("Logged twice")
    revisit.withdraw(claim, reason="Logged twice.", by="test", at=factories.NOW)
    assert rows(client.get("/")) == []
    assert rows(client.get("/?status=withdrawn")) == ["Logged twice"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: logged("x", edtf="2026"), "Open, 39 days left"),
        (lambda: logged("x", edtf="2026-11-23"), "Open, 1 day left"),
        (lambda: logged("x", edtf="2026-11-22"), "Open, last day today"),
        (lambda: logged("x", edtf="2030"), "Open, 4 years left"),
        (lambda: logged("x", edtf="", revisit_on=date(2029, 1, 1)), "Open, to be revisited on 1 Jan 2029"),
        (lambda: factories.due_claim(edtf="../2025"), "Due for revisiting since 1 Jan 2026"),
        (lambda: factories.resolved_claim(verdict=Verdict.PARTLY_TRUE), "Partly true"),
    ],
)
def test_each_row_says_where_the_claim_stands(client, make, words):
    make()
    assert text_of(find(client.get("/"), "span", "badge")[0]) == words


def test_a_row_names_the_outlets_from_the_origin_on(client):
    claim = logged("Carried")
    origin = claim.citations.get()
    relay = factories.CitationFactory(claim=claim, role="relay", via=origin)
    chain = text_of(find(client.get("/"), "p", "chain")[0])
    assert chain == f"{origin.article.source.name} →, carried on by {relay.article.source.name}"


def test_what_is_drawn_is_also_said_in_words(client):
    logged("Said", edtf="../2027", made_on=date(2025, 6, 20))
    assert "Said on 20 June 2025, projected for: by the end of 2027." in client.get("/").content.decode()


def test_a_moved_date_shows_how_far_it_slipped(client):
    claim = logged("Moved", edtf="2027")
    revisit.reschedule(
        claim, ProjectedDate.from_edtf("../2028-12-30"), phrase="", reason="Said so.", by="test", at=factories.NOW
    )
    response = client.get("/")
    assert "slipped 365 days" in response.content.decode()
    assert find(response, "rect", "first")


def test_figures_are_marked_where_they_stand_in_the_statement(client):
    factories.FigureFactory(claim=logged("Costs reach $20 billion, not $200 billion"), verbatim="20 miliar dolar AS")
    assert [text_of(mark) for mark in find(client.get("/"), "mark")] == ["$20 billion"]


def test_markup_in_a_statement_is_text(client):
    logged("<script>alert(1)</script> & <b>")
    assert rows(client.get("/")) == ["<script>alert(1)</script> & <b>"]


def test_chips_count_what_the_other_filters_leave(client):
    claimant = factories.ClaimantFactory(slug="acme")
    factories.due_claim(claimant=claimant)
    logged("Open one", claimant=claimant)
    logged("Someone else's")
    response = client.get("/?claimant=acme&status=due")
    chips = {text_of(chip) for chip in find(response, "a", "chip")}
    assert {"Open 1", "Due 1", "True 0"} <= chips
    assert "1 claim from 1 source" in text_of(find(response, "p", "lede")[0])


def test_each_filter_can_be_cleared_alone(client):
    logged("One", claimant=factories.ClaimantFactory(slug="acme", name="Acme"))
    cleared = find(client.get("/?claimant=acme&q=one&status=open"), "ul", "in-force")[0]
    links = {text_of(link): link.get("href") for link in cleared.iter("a")}
    assert links["Clear: Claimant: Acme ×"] == "/?q=one&status=open"
    assert links["Clear: Search: one ×"] == "/?claimant=acme&status=open"
    assert links["Clear all"] == "/"


def test_selects_offer_what_published_claims_have(client):
    factories.ClaimFactory(claimant=factories.ClaimantFactory(name="Only a draft's"))
    logged("One", claimant=factories.ClaimantFactory(name="Acme"))
    options = [text_of(option) for option in find(client.get("/"), "option")]
    assert "Acme" in options
    assert not any("draft" in option for option in options)


def test_a_select_stays_short_and_keeps_what_is_chosen(client, monkeypatch):
    monkeypatch.setattr(facets, "MOST_OPTIONS", 2)
    for number in range(4):
        logged(f"Claim {number}", claimant=factories.ClaimantFactory(slug=f"c{number}"))
    chosen = {option.get("value") for option in find(client.get("/?claimant=c3"), "option") if option.get("value")}
    assert {value for value in chosen if value.startswith("c")} == {"c0", "c1", "c3"}


def test_sources_are_counted_the_same_among_few_claims_and_many(client, monkeypatch):
    for number in range(3):
        factories.CitationFactory(claim=logged(f"Claim {number}"))
    few = text_of(find(client.get("/"), "p", "lede")[0])
    monkeypatch.setattr("claims.web.timeline.FEW", 0)
    assert "3 claims from 6 sources" in few
    assert text_of(find(client.get("/"), "p", "lede")[0]) == few


def test_bars_are_links_to_what_they_count(client):
    logged("One", edtf="2027")
    (bar,) = find(client.get("/?status=open"), "svg", "histogram")[0].iter("a")
    assert bar.get("aria-label") == "Dec 2027: 1 claim (1 open)"
    assert bar.get("href") == "/?status=open&from=2027-12-01&to=2027-12-31"
    assert rows(client.get(bar.get("href"))) == ["One"]


def test_a_bar_that_holds_what_lies_beyond_says_so(client):
    logged("In the last year there is", edtf="9999", revisit_on=date(2030, 1, 1))
    (bar,) = find(client.get("/"), "svg", "histogram")[0].iter("a")
    assert " and later: 1 claim" in bar.get("aria-label")
    assert "››" in text_of(bar)
    assert "to=" not in bar.get("href")


def test_an_empty_record_says_where_to_log_the_first_claim(client):
    response = client.get("/")
    assert "No claim is on the record yet" in response.content.decode()
    assert find(response, "a", "act")[0].get("href") == "/admin/"


def test_when_nothing_matches_the_filters_can_be_cleared(client):
    logged("One")
    response = client.get("/?q=zebra")
    assert "No claim answers this" in response.content.decode()
    assert find(response, "a", "act")[0].get("href") == "/"


def test_up_to_fifty_claims_are_all_shown(client):
    for number in range(50):
        logged(f"Claim {number}", edtf="2024", made_on=date(2023, 1, 1))
    response = client.get("/")
    assert len(rows(response)) == 50
    assert not find(response, "nav", "windows")


def test_a_longer_timeline_begins_ten_rows_before_today_and_can_be_walked_both_ways(client):
    for number in range(30):
        logged(f"Past {number}", edtf="2024", made_on=date(2023, 1, 1))
    for number in range(70):
        logged(f"Coming {number}", edtf="2028")
    first = client.get("/?status=open")
    assert rows(first) == [f"Past {n}" for n in range(20, 30)] + [f"Coming {n}" for n in range(40)]
    links = {link.get("rel"): link.get("href") for link in tree(first).iter("a") if link.get("rel")}
    assert rows(client.get(links["prev"])) == [f"Past {n}" for n in range(20)]
    assert rows(client.get(links["next"])) == [f"Coming {n}" for n in range(40, 70)]
    assert all("status=open" in link for link in links.values())


@pytest.mark.parametrize("edtf", ["2024", "2028"])
def test_where_all_lies_on_one_side_of_today_that_side_fills_the_window(client, edtf):
    for number in range(60):
        logged(f"Claim {number}", edtf=edtf, made_on=date(2023, 1, 1))
    assert len(rows(client.get("/"))) == 50


def test_a_page_asks_as_many_queries_for_thirty_rows_as_for_three(client, django_assert_num_queries):
    for number in range(3):
        factories.FigureFactory(claim=logged(f"Claim {number}"))
    with django_assert_num_queries(12):
        client.get("/")
    for number in range(27):
        factories.FigureFactory(claim=factories.due_claim(statement=f"Claim {number}"))
    with django_assert_num_queries(12):
        client.get("/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_the_page_can_only_be_read(client, method):
    assert getattr(client, method)("/").status_code == 405


def test_nothing_on_the_page_needs_an_inline_style_or_script(client):
    logged("One")
    response = client.get("/")
    assert not [element for element in tree(response).iter() if element.get("style")]
    assert not find(response, "style")
    assert not find(response, "script")
    assert "unsafe" not in response["Content-Security-Policy"]
