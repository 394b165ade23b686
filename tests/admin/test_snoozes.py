"""Putting a due claim off, at the desk."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from claims import revisit
from claims.models import Claim, Snooze
from tests.admin.forms import messages
from tests.factories import PersonFactory, due_claim, open_claim, resolved_claim

TODAY = timezone.localdate()
NOW = timezone.now()


def post(client, claim, what, **given):
    return client.post(f"/admin/claims/claim/{claim.pk}/{what}/", given, follow=True)


@pytest.fixture
def claim(db):
    return due_claim(edtf="../2025-01", statement="Output doubles")


@pytest.mark.parametrize("days", [7, 30])
def test_a_due_claim_is_put_off_with_one_click(reporter, claim, days):
    response = post(reporter, claim, "snooze", days=days)
    snooze = Snooze.objects.get()
    assert (snooze.person, snooze.claim, snooze.until) == (reporter.person, claim, TODAY + timedelta(days=days))
    assert "you are reminded of “Output doubles” again on" in messages(response)


def test_a_due_claim_is_put_off_until_a_day(reporter, claim):
    tomorrow = TODAY + timedelta(days=1)
    post(reporter, claim, "snooze", until=tomorrow.isoformat())
    assert Snooze.objects.get().until == tomorrow


def test_putting_off_again_moves_the_day(reporter, claim):
    post(reporter, claim, "snooze", days="30")
    post(reporter, claim, "snooze", days="7")
    assert Snooze.objects.get().until == TODAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose the day"),
        ({"until": ""}, "Choose the day"),
        ({"until": "soon"}, "Choose the day"),
        ({"until": "\x00"}, "Choose the day"),
        ({"days": "8"}, "Choose the day"),
        ({"days": "9" * 30}, "Choose the day"),
        ({"until": TODAY.isoformat()}, "a day that lies ahead"),
        ({"until": "2020-01-01"}, "a day that lies ahead"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_nothing_is_kept(reporter, claim, given, said):
    assert said in messages(post(reporter, claim, "snooze", **given))
    assert not Snooze.objects.exists()


@pytest.mark.parametrize("make", [open_claim, resolved_claim])
def test_a_claim_that_is_not_due_any_more_is_not_put_off(reporter, make):
    claim = make(edtf="2031")
    assert "This claim is not due any more" in messages(post(reporter, claim, "snooze", days="7"))
    assert not Snooze.objects.exists()


def test_the_claims_page_and_the_start_page_say_until_when_and_wake_it(reporter, claim):
    page = f"/admin/claims/claim/{claim.pk}/change/"
    for back, address in (("", page), ("start", "/admin/")):
        assert "Remind me" in reporter.get(address).content.decode()
        put_off = post(reporter, claim, "snooze", days="7", back=back)
        assert put_off.redirect_chain == [(address, 302)]
        assert "You are reminded again on" in put_off.content.decode()
        woken = post(reporter, claim, "wake", back=back)
        assert woken.redirect_chain == [(address, 302)]
        assert "You are reminded again on" not in woken.content.decode()
        assert not Snooze.objects.exists()


def test_whoever_puts_off_is_led_nowhere_but_to_the_desk(reporter, claim):
    answer = post(reporter, claim, "snooze", days="7", back="https://elsewhere.example/")
    assert answer.redirect_chain == [(f"/admin/claims/claim/{claim.pk}/change/", 302)]


def test_it_is_put_off_for_oneself_alone(reporter, claim):
    other = Snooze.put_off(claim, PersonFactory(), until=TODAY + timedelta(days=9), today=TODAY, now=NOW)
    assert "You are reminded again" not in reporter.get("/admin/").content.decode()
    post(reporter, claim, "snooze", days="7", person=other.person_id)
    post(reporter, claim, "wake")
    assert Snooze.objects.get() == other


def test_what_was_put_off_stands_behind_what_was_not(editor):
    mine, others = (
        due_claim(edtf="../2024-01", owner=editor.person),
        due_claim(edtf="../2025-01", owner=PersonFactory()),
    )
    assert [row["claim"] for row in editor.get("/admin/").context["due"]] == [mine, others]
    post(editor, mine, "snooze", days="7")
    assert [row["claim"] for row in editor.get("/admin/").context["due"]] == [others, mine]


def test_only_what_is_due_can_be_put_off(editor):
    unswept, later = open_claim(revisit_on=TODAY), open_claim(edtf="2031")
    assert "Remind me" not in editor.get("/admin/").content.decode()
    for claim in (unswept, later):
        assert editor.get(f"/admin/claims/claim/{claim.pk}/change/").context["snooze"] is None


def test_a_snooze_ends_with_the_spell_of_being_due(editor, claim):
    post(editor, claim, "snooze", days="30")
    claim.refresh_from_db()
    revisit.postpone(claim, revisit_on=TODAY + timedelta(days=1), reason="Late.", by="test", at=NOW, today=TODAY)
    assert not Snooze.objects.holding(TODAY).exists()
    later = NOW + timedelta(days=1)
    claim.move_to("due", "flagged", by="sweep", at=later, flagged_at=later)
    assert not Snooze.objects.holding(TODAY + timedelta(days=1)).exists()


def test_a_snooze_holds_until_the_day_before(claim):
    until = TODAY + timedelta(days=7)
    Snooze.put_off(claim, PersonFactory(), until=until, today=TODAY, now=NOW)
    assert Snooze.objects.holding(until - timedelta(days=1)).exists()
    assert not Snooze.objects.holding(until).exists()


def test_a_clock_that_was_set_back_does_not_undo_a_snooze(claim):
    until = TODAY + timedelta(days=7)
    Snooze.put_off(claim, PersonFactory(), until=until, today=TODAY, now=claim.flagged_at - timedelta(hours=1))
    assert Snooze.objects.holding(TODAY).exists()


def test_the_model_itself_refuses_what_is_not_due_and_what_is_past(claim):
    with pytest.raises(ValidationError):
        Snooze.put_off(open_claim(), PersonFactory(), until=TODAY + timedelta(days=7), today=TODAY, now=NOW)
    with pytest.raises(ValidationError):
        Snooze.put_off(claim, PersonFactory(), until=TODAY, today=TODAY, now=NOW)


@pytest.mark.parametrize("what", ["snooze", "wake"])
def test_opening_the_address_of_a_button_changes_nothing(reporter, claim, what):
    Snooze.put_off(claim, reporter.person, until=TODAY + timedelta(days=9), today=TODAY, now=NOW)
    answer = reporter.get(f"/admin/claims/claim/{claim.pk}/{what}/?days=7")
    assert answer.headers["Location"] == f"/admin/claims/claim/{claim.pk}/change/"
    assert Snooze.objects.get().until == TODAY + timedelta(days=9)


@pytest.mark.parametrize("what", ["snooze", "wake"])
def test_a_claim_that_is_gone_is_a_message(reporter, what):
    for key in (999, "9" * 30):
        said = messages(reporter.post(f"/admin/claims/claim/{key}/{what}/", {"days": "7"}, follow=True))
        assert "Perhaps it was deleted" in said


@pytest.mark.parametrize("what", ["snooze", "wake"])
def test_somebody_without_a_role_puts_nothing_off(client, claim, what):
    client.force_login(User.objects.create_user("temp", is_staff=True))
    assert client.post(f"/admin/claims/claim/{claim.pk}/{what}/", {"days": "7"}).status_code == 403
    client.force_login(User.objects.create_user("reader"))
    answer = client.post(f"/admin/claims/claim/{claim.pk}/{what}/", {"days": "7"})
    assert "/admin/login/" in answer.headers["Location"]
    assert not Snooze.objects.exists()


def test_putting_off_changes_nothing_about_the_claim(reporter, claim):
    before = Claim.objects.values().get()
    post(reporter, claim, "snooze", days="7")
    assert Claim.objects.values().get() == before
    assert claim.events.last().kind == "flagged"
