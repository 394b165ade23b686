"""Notices in a real browser: chosen at the desk, put off, and left by the link in an e-mail."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from claims.models import Preference, Snooze
from claims.notify.unsubscribe import token_for
from tests.factories import LetterFactory, PersonFactory, TopicFactory, due_claim

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _roles(transactional_db):
    """The tables are emptied after each of these tests, and with them the roles."""
    call_command("migrate", verbosity=0)


@pytest.fixture
def budi(transactional_db):
    return PersonFactory(username="budi", email="budi@example.org")


def log_in(page, live_server):
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "budi")
    page.fill("#id_password", "correct horse battery")
    page.click("input[type=submit]")
    expect(page.get_by_role("heading", name="Due now")).to_be_visible()


def unsubscribing(live_server, person):
    return f"{live_server.url}/unsubscribe/{token_for(person.pk)}/"


@pytest.fixture
def everything(budi):
    """A page of each kind has something to show; the addresses of them all."""
    preference = Preference.of(budi)
    preference.topics.add(TopicFactory(name="Compute"))
    preference.note_bounce(timezone.now(), "550 5.1.1 no-such-mailbox-" * 5)
    due_claim(edtf="../2026-05", statement="Waiting")
    claim = due_claim(edtf="../2026-06", statement="Output doubles " * 12)
    today = timezone.localdate()
    Snooze.put_off(claim, budi, until=today + timedelta(days=9), today=today, now=timezone.now())
    letter = LetterFactory(person=budi)
    LetterFactory(person=budi)
    letter.park(timezone.now(), "550 5.1.1 no-such-mailbox-" * 5)
    desk = ["", "notices/", "claims/letter/", "claims/letter/?state=parked", f"claims/letter/{letter.pk}/change/"]
    return [f"/admin/{path}" for path in desk] + [f"/unsubscribe/{token_for(budi.pk)}/", "/unsubscribe/x/"]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 390)])
def test_nothing_stands_in_the_way_of_assistive_technology(page, live_server, everything, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server)
    for path in everything:
        page.goto(live_server.url + path)
        found = Axe().run(page).response["violations"]
        assert [(path, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1, path


def test_notices_are_chosen_with_topics_that_are_suggested(site, live_server, budi):
    TopicFactory(name="Compute")
    log_in(site, live_server)
    site.get_by_role("link", name="My notices").first.click()
    site.get_by_label("In a weekly digest").check()
    site.get_by_label("All claims", exact=True).check()
    site.get_by_role("searchbox", name="Topics").fill("comp")
    site.click(".select2-results__option:has-text('Compute')")
    site.get_by_label("Every 30 days").check()
    site.get_by_role("button", name="Save").click()
    expect(site.locator(".messagelist")).to_contain_text("Saved.")
    preference = Preference.objects.get()
    assert (preference.rhythm, preference.nag_days, preference.is_for_all) == ("weekly", 30, True)
    assert [topic.name for topic in preference.topics.all()] == ["Compute"]


def test_a_due_claim_is_put_off_with_one_click_and_woken(site, live_server, budi):
    due_claim(edtf="../2026-06", statement="Output doubles")
    log_in(site, live_server)
    site.get_by_role("button", name=re.compile(r"Remind me in 7 days\s*: Output doubles")).click()
    expect(site.locator(".snooze")).to_contain_text("You are reminded again on")
    site.get_by_role("link", name="My notices").first.click()
    site.get_by_role("button", name=re.compile(r"Wake it now\s*: Output doubles")).click()
    expect(site.locator("#put-off + .empty")).to_be_visible()
    assert not Snooze.objects.exists()


def test_all_of_it_works_without_script(browser, live_server, budi):
    claim = due_claim(edtf="../2026-06", statement="Output doubles")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    log_in(page, live_server)
    until = timezone.localdate() + timedelta(days=40)
    page.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")
    page.get_by_text("on a day…").click()
    page.locator(".snooze input[type=date]").fill(until.isoformat())
    page.get_by_role("button", name="Remind me then").click()
    expect(page.locator(".snooze")).to_contain_text("You are reminded again on")
    assert Snooze.objects.get().until == until
    page.goto(f"{live_server.url}/admin/notices/")
    page.get_by_label("Never").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert Preference.objects.get().rhythm == "none"
    context.close()


def test_e_mails_are_left_and_taken_up_again_from_their_link(site, live_server, budi):
    site.goto(unsubscribing(live_server, budi))
    site.get_by_role("button", name="Stop all e-mails").click()
    expect(site.get_by_role("heading", name="No more e-mails")).to_be_visible()
    assert Preference.objects.get().rhythm == "none"
    site.get_by_role("button", name="Send them again, at once").click()
    expect(site.get_by_role("heading", name="E-mails are sent again")).to_be_visible()
    assert Preference.objects.get().rhythm == "at_once"
    site.get_by_role("link", name="My notices").click()
    expect(site.locator("#id_username")).to_be_visible()
