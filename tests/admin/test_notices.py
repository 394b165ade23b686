"""Everybody's own page of notices, and what the start page says of them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Delivery, Preference, Snooze
from tests.admin.forms import messages
from tests.factories import ClaimantFactory, LetterFactory, PersonFactory, TopicFactory, WebhookFactory, due_claim

PAGE = "/admin/notices/"
NOW = timezone.now()
TODAY = timezone.localdate()
DEFAULT = {"email": "budi@example.org", "rhythm": "at_once", "is_for_owned": "on", "nag_days": "0"}


def save(client, **given):
    sent = {name: value for name, value in (DEFAULT | given).items() if value is not None}
    return client.post(PAGE, sent, follow=True)


def mine(client):
    return Preference.objects.get(person=client.person)


def test_a_new_person_is_told_at_once_of_the_claims_they_own(reporter):
    page = reporter.get(PAGE)
    assert page.context["form"]["rhythm"].value() == "at_once"
    preference = mine(reporter)
    assert (preference.is_for_owned, preference.is_for_all, preference.nag_days) == (True, False, 0)


def test_everything_on_the_page_is_kept(reporter):
    topic, claimant = TopicFactory(), ClaimantFactory()
    chosen = {"topics": [topic.pk], "claimants": [claimant.pk], "is_for_owned": None, "is_for_all": "on"}
    assert "Saved." in messages(save(reporter, rhythm="weekly", nag_days="30", **chosen))
    preference = mine(reporter)
    assert (preference.rhythm, preference.nag_days) == ("weekly", 30)
    assert (preference.is_for_owned, preference.is_for_all) == (False, True)
    assert (preference.topics.get(), preference.claimants.get()) == (topic, claimant)
    assert User.objects.get(pk=reporter.person.pk).email == "budi@example.org"
    shown = reporter.get(PAGE).content.decode()
    assert topic.name in shown
    assert claimant.name in shown


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "budi"}, "email"),
        ({"email": "budi@example.org\nBcc: all@example.org"}, "email"),
        ({"email": "b\x00udi@example.org"}, "email"),
        ({"email": "b" * 250 + "@example.org"}, "email"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"rhythm": ""}, "rhythm"),
        ({"nag_days": "1"}, "nag_days"),
        ({"nag_days": "9" * 30}, "nag_days"),
        ({"topics": ["9" * 30]}, "topics"),
        ({"topics": ["x"]}, "topics"),
        ({"claimants": ["\x00"]}, "claimants"),
    ],
)
def test_what_cannot_be_is_said_on_its_field_and_nothing_is_kept(reporter, given, field):
    before = reporter.person.email
    response = save(reporter, **({"rhythm": "daily"} | given))
    assert list(response.context["form"].errors) == [field]
    assert mine(reporter).rhythm == "at_once"
    assert User.objects.get(pk=reporter.person.pk).email == before


def test_nobody_chooses_for_somebody_else(admin):
    other = Preference.of(PersonFactory())
    save(admin, rhythm="none", person=other.person_id, pk=other.person_id, id=other.person_id)
    other.refresh_from_db()
    assert (other.rhythm, mine(admin).rhythm) == ("at_once", "none")


def test_a_person_without_an_address_is_told_what_to_do(reporter):
    for page in ("/admin/", PAGE):
        shown = reporter.get(page).content.decode()
        assert "You are told nothing by e-mail." in shown
        assert "no address to write to" in shown
    save(reporter)
    for page in ("/admin/", PAGE):
        assert "You are told nothing by e-mail." not in reporter.get(page).content.decode()


def test_a_refused_address_is_tried_again_on_request(reporter):
    save(reporter)
    mine(reporter).note_bounce(NOW, "550 <unknown>")
    for page in ("/admin/", PAGE):
        assert "550 &lt;unknown&gt;" in reporter.get(page).content.decode()
    LetterFactory(person=reporter.person).park(NOW, "550 <unknown>")
    assert "1 e-mail is sent to your address again" in messages(reporter.post(f"{PAGE}try-again/", follow=True))
    assert "with the next notice" in messages(reporter.post(f"{PAGE}try-again/", follow=True))
    assert mine(reporter).bounced_at is None
    assert "550" not in reporter.get(PAGE).content.decode()


def test_opening_the_address_of_the_button_tries_nothing(reporter):
    mine_before = Preference.of(reporter.person)
    mine_before.note_bounce(NOW, "550")
    assert reporter.get(f"{PAGE}try-again/", follow=True).redirect_chain == [(PAGE, 302)]
    assert mine(reporter).bounced_at


def test_another_address_is_tried_and_the_same_one_is_not(reporter):
    save(reporter)
    mine(reporter).note_bounce(NOW, "550")
    save(reporter, rhythm="daily")
    assert mine(reporter).bounced_because == "550"
    save(reporter, email="sri@example.org")
    assert mine(reporter).bounced_because == ""


def test_an_address_refused_while_the_page_is_open_stays_refused(reporter, monkeypatch):
    save(reporter)
    read = Preference.of

    def refused_meanwhile(person):
        preference = read(person)
        read(person).note_bounce(NOW, "550")
        return preference

    monkeypatch.setattr(Preference, "of", refused_meanwhile)
    reporter.post(PAGE, DEFAULT | {"rhythm": "weekly"})
    assert (mine(reporter).rhythm, mine(reporter).bounced_because) == ("weekly", "550")


def test_whoever_wants_nothing_is_not_warned_of_it(reporter):
    save(reporter, rhythm="none", email="")
    for page in ("/admin/", PAGE):
        assert "You are told nothing by e-mail." not in reporter.get(page).content.decode()
    assert "No e-mails are sent." in reporter.get("/admin/").content.decode()


def test_whoever_follows_nothing_is_told_so(reporter):
    assert "You follow no claims." not in save(reporter).content.decode()
    assert "You follow no claims." in save(reporter, is_for_owned=None).content.decode()
    assert "You follow no claims." not in save(reporter, is_for_owned=None, topics=[TopicFactory().pk]).content.decode()


def test_the_page_is_a_step_away_from_everywhere_at_the_desk(reporter):
    for page in ("/admin/", "/admin/claims/claim/", "/admin/claims/claim/add/"):
        assert f'href="{PAGE}"' in reporter.get(page).content.decode()


def test_topics_and_claimants_are_suggested_while_one_types(reporter):
    TopicFactory(name="Compute"), TopicFactory(name="Ports")
    ClaimantFactory(name="Computing Ltd")
    for field, found in (("topics", "Compute"), ("claimants", "Computing Ltd")):
        asked = {"app_label": "claims", "model_name": "preference", "field_name": field, "term": "comp"}
        results = reporter.get("/admin/autocomplete/", asked).json()["results"]
        assert [result["text"] for result in results] == [found]


def test_a_reader_is_shown_the_login(client, db):
    client.force_login(User.objects.create_user("reader"))
    for address in (PAGE, f"{PAGE}try-again/"):
        for response in (client.get(address), client.post(address, DEFAULT)):
            assert "/admin/login/" in response.headers["Location"]
    assert not Preference.objects.exists()


def test_nothing_is_kept_without_the_forms_own_token(db):
    strict = Client(enforce_csrf_checks=True)
    person = PersonFactory()
    strict.force_login(person)
    claim = due_claim(edtf="../2025-01")
    for address in (PAGE, f"{PAGE}try-again/", *(f"/admin/claims/claim/{claim.pk}/{do}/" for do in ("snooze", "wake"))):
        assert strict.post(address, DEFAULT | {"days": "7"}).status_code == 403
    assert not Snooze.objects.exists()


def put_off(person, claim, days=40):
    return Snooze.put_off(claim, person, until=TODAY + timedelta(days=days), today=TODAY, now=NOW)


def test_what_was_put_off_is_listed_next_to_come_first_and_woken_here(reporter):
    later, sooner, settled, others = (due_claim(edtf="../2025-01") for _ in range(4))
    put_off(reporter.person, later)
    put_off(reporter.person, sooner, days=3)
    put_off(reporter.person, settled)
    Claim.objects.filter(pk=settled.pk).update(status="withdrawn")
    put_off(PersonFactory(), others)
    page = reporter.get(PAGE)
    assert [row["claim"] for row in page.context["snoozes"]] == [sooner, later]
    woken = reporter.post(page.context["snoozes"][0]["offer"].wake, {"back": "notices"}, follow=True)
    assert woken.redirect_chain == [(PAGE, 302)]
    assert [row["claim"] for row in woken.context["snoozes"]] == [later]
    assert Snooze.objects.filter(claim=others).exists()


def parked_delivery(at=NOW):
    delivery = Delivery.objects.create(webhook=WebhookFactory(), **Delivery.times(at))
    delivery.park(at, "410")


def parked_letter(at=NOW):
    LetterFactory().park(at, "550")


def undelivered(client):
    return [sentence for _model, sentence in client.get("/admin/").context["undelivered"]]


def test_what_could_not_be_delivered_is_told_to_those_who_can_send_it_again(editor):
    assert undelivered(editor) == []
    parked_letter(), parked_letter(), parked_delivery()
    page = editor.get("/admin/")
    assert undelivered(editor) == ["2 e-mails could not be delivered.", "1 webhook call could not be delivered."]
    assert '"/admin/claims/letter/?state=parked"' in page.content.decode()


def test_what_could_not_be_delivered_long_ago_is_no_alarm(editor):
    parked_letter(NOW - timedelta(days=31))
    LetterFactory().deliver(NOW)
    assert undelivered(editor) == []


def test_a_reporter_is_not_told_of_other_peoples_e_mails(reporter):
    parked_letter(), parked_delivery()
    assert undelivered(reporter) == []


def test_counting_ends_where_it_would_cost_more_than_it_says(editor, monkeypatch):
    monkeypatch.setattr("claims.admin.undelivered.MOST_COUNTED", 2)
    for _ in range(3):
        parked_letter()
    assert undelivered(editor) == ["2+ e-mails could not be delivered."]
