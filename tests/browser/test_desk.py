"""A journalist at the desk, in a real browser, with nothing in its console."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from claims.models import Claim
from claims.tasks import deliver_webhooks
from tests.factories import ArticleFactory, ClaimantFactory, PersonFactory, SourceFactory, due_claim

pytestmark = pytest.mark.django_db(transaction=True)
expect.set_options(timeout=20_000)


@pytest.fixture(autouse=True)
def _roles(transactional_db):
    """The tables are emptied after each of these tests, and with them the roles."""
    call_command("migrate", verbosity=0)


@pytest.fixture
def desk(site, live_server):
    """The desk of an editor who has logged in."""
    PersonFactory(username="budi")
    site.goto(f"{live_server.url}/admin/")
    site.fill("#id_username", "budi")
    site.fill("#id_password", "correct horse battery")
    site.click("input[type=submit]")
    expect(site.get_by_role("heading", name="Due now")).to_be_visible()
    return site


def choose(page, field, word):
    """Type into a field that suggests, and take the first suggestion."""
    page.locator(f".select2-selection:has(#select2-id_{field}-container)").click()
    page.fill(".select2-dropdown .select2-search__field", word)
    page.click(f".select2-dropdown .select2-results__option:has-text('{word}')")


def test_a_claim_is_logged_with_its_chain_and_published(desk, live_server):
    ClaimantFactory(name="OpenAI")
    ArticleFactory(title="The report", source=SourceFactory(name="The Information"))
    ArticleFactory(title="The retelling", source=SourceFactory(name="TechCrunch"))

    desk.get_by_role("link", name="Log a claim").click()
    desk.fill("#id_statement", "OpenAI buys Windsurf by June 2026")
    choose(desk, "claimant", "OpenAI")
    desk.fill("#id_made_on", "2025-06-20")
    desk.fill("#id_projected_phrase", "by June 2026")
    expect(desk.locator("output.heard")).to_contain_text("until 30 June 2026")
    choose(desk, "citations-0-article", "The report")
    choose(desk, "citations-1-article", "The retelling")
    expect(desk.locator("#id_citations-1-via_row option:checked")).to_contain_text("The report")
    desk.get_by_role("button", name="Save and publish").click()

    expect(desk.locator(".messagelist")).to_contain_text("“by June 2026” is read as: until 30 June 2026")
    expect(desk.locator(".messagelist")).to_contain_text("published")
    claim = Claim.objects.get()
    origin, relay = claim.citations.all()
    assert (claim.status, relay.via) == ("open", origin)


def test_a_row_that_was_added_can_be_named_in_via(desk, live_server):
    desk.goto(f"{live_server.url}/admin/claims/claim/add/")
    desk.click("#citations-group .add-row a")
    assert "#3" in desk.locator("#id_citations-0-via_row").inner_text()
    assert "#2" in desk.locator("#id_citations-2-via_row").inner_text()


def test_a_claimant_is_made_in_passing(desk, live_server):
    desk.goto(f"{live_server.url}/admin/claims/claim/add/")
    with desk.expect_popup() as opened:
        desk.click("#add_id_claimant")
    popup = opened.value
    popup.type("#id_name", "The Ministry", delay=5)
    expect(popup.locator("#id_slug")).to_have_value("the-ministry")
    with popup.expect_event("close"):
        popup.click("[name=_save]")
    expect(desk.locator("#select2-id_claimant-container")).to_contain_text("The Ministry")


def test_a_verdict_is_published_from_the_start_page(desk, live_server):
    claim = due_claim(edtf="../2026-06", statement="Output doubles")
    desk.goto(f"{live_server.url}/admin/")
    desk.get_by_role("link", name=re.compile(r"Review\s*: Output doubles")).click()
    desk.select_option("#id_verdict", "true")
    desk.fill("#id_summary", "The accounts show it.")
    desk.fill("#id_evidence-0-url", "https://accounts.example/2026")
    desk.select_option("#id_evidence-0-stance", "supports")
    desk.get_by_role("button", name="Publish verdict").click()
    expect(desk.locator(".messagelist")).to_contain_text("on the record")
    expect(desk.locator("p.standing")).to_contain_text("● True")
    claim.refresh_from_db()
    assert claim.status == "resolved"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path", ["", "claims/claim/", "claims/claim/add/", "claims/event/", "claims/webhook/add/", "claims/delivery/"]
)
def test_no_page_is_wider_than_the_screen(desk, live_server, width, path):
    due_claim(edtf="../2026-06", statement="Output doubles " * 20)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(f"{live_server.url}/admin/{path}")
    assert desk.evaluate("document.documentElement.scrollWidth") <= width + 1


def test_a_webhook_is_added_tried_out_and_its_call_looked_at(desk, live_server, monkeypatch):
    nudged = []
    monkeypatch.setattr(deliver_webhooks, "apply_async", lambda **_options: nudged.append(1))
    desk.goto(f"{live_server.url}/admin/claims/webhook/add/")
    desk.fill("#id_name", "The bot")
    # A number needs no name server.
    desk.fill("#id_url", "https://1.1.1.1/claimline")
    desk.get_by_label("Flagged for revisiting").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("code.secret")).to_contain_text("whsec_")
    desk.get_by_role("button", name="Send a test").click()
    expect(desk.locator(".messagelist")).to_contain_text("A test is on its way")
    desk.get_by_role("link", name="All deliveries").click()
    desk.locator("#result_list tbody th a").click()
    expect(desk.locator("pre.payload")).to_contain_text("claimline.test")
    assert nudged == [1]
