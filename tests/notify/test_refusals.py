"""An address that was refused is tried again, and what was given up for it is sent."""

from datetime import timedelta

import pytest

from claims.models import Letter, Preference
from claims.notify import refusals
from tests.factories import NOW, LetterFactory, PersonFactory, open_claim
from tests.notify.readers import reader, settle, write

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
REFUSED, AWAY = "550 no such mailbox", "The server was away for a day"


def refused():
    preference = Preference.of(PersonFactory())
    preference.note_bounce(NOW, REFUSED)
    return preference


def given_up(person, reason=REFUSED):
    letter = LetterFactory(person=person, attempts=7)
    letter.park(NOW, reason)
    return letter


def state(letter):
    return Letter.objects.get(pk=letter.pk).state


def test_what_was_given_up_for_the_refusal_is_sent_with_a_day_of_patience():
    preference = refused()
    letter, other, another = (
        given_up(preference.person),
        given_up(preference.person, AWAY),
        given_up(PersonFactory(), REFUSED),
    )
    assert refusals.try_again(preference, LATER) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.next_attempt_at) == ("pending", 0, LATER)
    assert letter.expires_at == LATER + timedelta(days=1)
    assert (state(other), state(another)) == ("parked", "parked")
    preference.refresh_from_db()
    assert (preference.bounced_at, preference.bounced_because) == (None, "")


def test_an_address_that_was_not_refused_is_left_alone():
    preference = Preference.of(PersonFactory())
    letters = [given_up(preference.person, reason) for reason in (AWAY, "")]
    assert refusals.try_again(preference, LATER) == 0
    assert [state(letter) for letter in letters] == ["parked", "parked"]


def test_a_letter_given_up_for_the_refusal_has_the_address_tried_again():
    preference, other = refused(), refused()
    letters = [given_up(preference.person), given_up(other.person, AWAY)]
    assert refusals.send_again(Letter.objects.all(), LATER) == 2
    assert [state(letter) for letter in letters] == ["pending", "pending"]
    preference.refresh_from_db()
    other.refresh_from_db()
    assert preference.bounced_at is None
    assert other.bounced_because == REFUSED


def test_only_what_was_chosen_is_sent_again():
    preference = refused()
    chosen, left = given_up(preference.person), given_up(preference.person)
    assert refusals.send_again(Letter.objects.filter(pk=chosen.pk), LATER) == 1
    assert (state(chosen), state(left)) == ("pending", "parked")


def test_what_waits_or_arrived_is_not_sent_again():
    waiting, arrived = LetterFactory(attempts=3), LetterFactory()
    arrived.deliver(NOW)
    assert refusals.send_again(Letter.objects.all(), LATER) == 0
    assert (state(waiting), state(arrived)) == ("pending", "delivered")
    assert Letter.objects.get(pk=waiting.pk).attempts == 3


def test_what_falls_due_while_an_address_is_refused_is_told_once_the_address_is_tried_again():
    preference = Preference.of(reader())
    preference.note_bounce(NOW, "550 no such user")
    claim, settled = open_claim(edtf="2020"), open_claim(edtf="2021")
    write(NOW)
    settle(settled)
    assert not Letter.objects.exists()
    refusals.try_again(preference, NOW)
    write(NOW)
    assert [notice.claim for notice in Letter.objects.get().notices.all()] == [claim]
