"""The readers' pages in a real browser: light and dark, wide and narrow, by keyboard, on paper, without script."""

from datetime import date
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe

from claims import revisit
from claims.dates import ProjectedDate
from claims.lifecycle import Verdict
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def record():
    """One claim of every kind that is drawn in its own way."""
    acme = factories.ClaimantFactory(name="Acme Motors", slug="acme")
    moved = factories.open_claim(statement="The line to the north opens", edtf="2027", claimant=acme)
    revisit.reschedule(
        moved, ProjectedDate.from_edtf("2029"), phrase="in 2029", reason="Said so.", by="test", at=factories.NOW
    )
    costs = factories.open_claim(statement="Costs reach $20 billion in 2027", claimant=acme)
    factories.FigureFactory(claim=costs)
    factories.FigureFactory(claim=costs, role="baseline", comparator="~", value=Decimal("5e9"), period="2024")
    factories.CitationFactory(claim=costs, role="relay", via=costs.citations.get(), quote="So they say.")
    factories.open_claim(statement="Around then", edtf="2030~")
    factories.open_claim(statement="Not before then", edtf="2028/..", revisit_on=date(2031, 1, 1))
    factories.open_claim(statement="Some day", edtf="", projected_phrase="", revisit_on=date(2029, 1, 1))
    factories.open_claim(statement="In the last year there is", edtf="9999", revisit_on=date(2030, 1, 1))
    factories.open_claim(statement="Averylongwordwithoutanyspace" * 17, edtf="2028")
    factories.due_claim(statement="Waiting", edtf="../2025")
    for verdict in Verdict:
        factories.resolved_claim(statement=f"Found {verdict.value}", edtf="2025", verdict=verdict)
    return costs


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_nothing_stands_in_the_way_of_assistive_technology(site, live_server, record, scheme, width):
    site.emulate_media(color_scheme=scheme)
    site.set_viewport_size({"width": width, "height": 900})
    verdict = record.__class__.objects.get(statement="Found false")
    paths = ["/", "/?status=due&q=waiting", record.get_absolute_url(), verdict.get_absolute_url(), "/method/"]
    for path in paths:
        site.goto(live_server.url + path)
        found = Axe().run(site).response["violations"]
        assert [(path, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_empty_record_and_the_unreadable_question_are_accessible_too(live_server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    for path in ("/", "/?q=zebra", "/?from=soon", "/nowhere/"):
        page.goto(live_server.url + path)
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1400])
def test_no_page_is_wider_than_the_window(site, live_server, record, width):
    site.set_viewport_size({"width": width, "height": 900})
    for path in ("/", record.get_absolute_url(), "/method/"):
        site.goto(live_server.url + path)
        assert site.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_tag_runs_off_the_drawing(site, live_server, record):
    for size in ({"width": 1400, "height": 900}, NARROW):
        site.set_viewport_size(size)
        site.goto(live_server.url)
        outside = site.evaluate("""() => [...document.querySelectorAll('.tag')].filter(tag => {
            const text = tag.getBoundingClientRect(), lane = tag.closest('.track').getBoundingClientRect();
            return text.left < lane.left - 12 || text.right > lane.right + 12;
        }).map(tag => tag.textContent)""")
        assert outside == []


def test_filters_stand_in_the_address_and_the_way_back_leads_back(site, live_server, record):
    site.goto(live_server.url)
    site.get_by_role("link", name="Due 1").first.click()
    assert site.url == f"{live_server.url}/?status=due"
    site.get_by_label("Search").fill("waiting")
    site.get_by_role("button", name="Show").click()
    assert "q=waiting" in site.url
    assert "status=due" in site.url
    assert site.locator(".row").count() == 1
    site.go_back()
    assert site.url == f"{live_server.url}/?status=due"
    site.go_back()
    assert site.locator(".row").count() == 13


def test_the_first_key_leads_past_the_header_and_every_bar_can_be_reached(site, live_server, record):
    site.goto(live_server.url)
    site.keyboard.press("Tab")
    assert site.evaluate("document.activeElement.className") == "skip"
    bar = site.locator(".histogram a").first
    bar.focus()
    with site.expect_navigation():
        site.keyboard.press("Enter")
    assert "to=" in site.url


def test_a_claim_is_one_click_from_the_timeline_and_back(site, live_server, record):
    site.goto(live_server.url)
    site.get_by_role("link", name="Costs reach").click()
    assert site.get_by_role("heading", level=1).inner_text() == "Costs reach $20 billion in 2027"
    site.get_by_role("link", name="All claims on the timeline").click()
    assert site.url == f"{live_server.url}/"


def test_everything_works_without_script(browser, live_server, record):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(live_server.url)
    page.get_by_text("Topic, claimant, source, dates").click()
    page.get_by_label("Claimant", exact=True).select_option("acme")
    page.get_by_role("button", name="Show").click()
    assert page.locator(".row").count() == 2
    page.get_by_role("link", name="Clear: Claimant: Acme Motors").click()
    assert page.locator(".row").count() == 13
    context.close()


def test_paper_gets_the_claims_and_not_the_controls(site, live_server, record):
    site.goto(live_server.url)
    site.emulate_media(media="print")
    assert site.locator(".row").first.is_visible()
    for control in (".top nav", ".fields", ".chips", ".foot"):
        assert not site.locator(control).first.is_visible(), control
