"""E-mails at the desk: looked at, and sent again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Letter, Notice, Occasion
from tests.admin.forms import messages
from tests.factories import LetterFactory, PersonFactory, due_claim

LIST = "/admin/claims/letter/"
REFUSED = "550 no such mailbox"


def parked(person=None, reason=REFUSED, **fields):
    letter = LetterFactory(person=person or PersonFactory(), **fields)
    letter.park(timezone.now(), reason)
    return letter


def delivered(**fields):
    letter = LetterFactory(**fields)
    letter.deliver(timezone.now())
    return letter


def noticed(letter, claim):
    event = claim.events.last()
    key = Notice.key_of(letter.person_id, event.pk, Occasion.DUE)
    told = {"event": event, "occasion": Occasion.DUE, "key": key, "created_at": event.at}
    Notice.objects.create(person=letter.person, claim=claim, letter=letter, **told)


def send_again(client, *letters):
    chosen = {"action": "send_again", "_selected_action": [letter.pk for letter in letters]}
    return messages(client.post(LIST, chosen, follow=True))


def found(client, **asked):
    return {letter.pk for letter in client.get(LIST, asked).context["cl"].result_list}


def test_each_says_in_words_how_far_it_has_come_and_why_not(editor):
    LetterFactory()
    delivered()
    parked()
    page = editor.get(LIST).content.decode()
    for mark, word in (("◔", "Waiting"), ("●", "Delivered"), ("✕", "Given up")):
        assert f'<span aria-hidden="true">{mark}</span> {word}' in page
    assert REFUSED in page


def test_the_list_says_how_many_claims_each_tells_of(editor):
    letter = LetterFactory()
    noticed(letter, due_claim(edtf="../2025-01"))
    noticed(letter, due_claim(edtf="../2025-02"))
    empty = LetterFactory()
    rows = {row.pk: row.told for row in editor.get(LIST).context["cl"].result_list}
    assert rows == {letter.pk: 2, empty.pk: 0}


def test_a_letters_page_names_its_claims_and_the_address(editor):
    letter = LetterFactory(person__email="budi@example.org")
    noticed(letter, due_claim(edtf="../2025-01", statement="Output <doubles>"))
    page = editor.get(f"{LIST}{letter.pk}/change/").content.decode()
    assert "Fell due: Output &lt;doubles&gt;" in page
    assert "budi@example.org" in page


def test_the_list_is_narrowed_by_state_and_found_by_person(editor):
    waiting, sent, given_up = LetterFactory(person__username="sri"), delivered(), parked()
    assert found(editor, state="pending") == {waiting.pk}
    assert found(editor, state="delivered") == {sent.pk}
    assert found(editor, state="parked") == {given_up.pk}
    assert found(editor, q="sri") == {waiting.pk}


@pytest.mark.parametrize("asked", [{"state": "lost"}, {"state": "\x00"}, {"person__email": "x"}, {"q": "\x00"}])
def test_an_odd_question_is_refused_or_finds_nothing(editor, asked):
    assert editor.get(LIST, asked, follow=True).status_code in {200, 400}


def test_what_was_given_up_is_sent_again_under_its_old_key(editor):
    letter, left = parked(attempts=7), parked()
    assert "1 is sent again now." in send_again(editor, letter)
    assert Letter.objects.get(pk=left.pk).state == "parked"
    again = Letter.objects.get(pk=letter.pk)
    assert (again.state, again.attempts, again.error, again.key) == ("pending", 0, "", letter.key)
    assert again.expires_at > timezone.now() + timedelta(hours=23)


def test_what_arrived_is_not_sent_twice_and_what_waits_keeps_its_turn(editor):
    sent, waiting = delivered(), LetterFactory(attempts=3)
    assert "None of these was given up." in send_again(editor, sent, waiting)
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.state, waiting.attempts) == ("delivered", 3)


def test_nobody_adds_changes_or_deletes_one_by_hand(admin):
    letter = LetterFactory()
    assert admin.get(f"{LIST}add/").status_code == 403
    assert admin.post(f"{LIST}{letter.pk}/change/", {"error": "x"}).status_code == 403
    assert admin.post(f"{LIST}{letter.pk}/delete/", {"post": "yes"}).status_code == 403
    admin.post(LIST, {"action": "delete_selected", "_selected_action": [letter.pk], "post": "yes"})
    assert Letter.objects.get().error == ""


def test_reporters_do_not_see_to_whom_was_written(reporter):
    letter = parked()
    assert reporter.get(LIST).status_code == 403
    assert reporter.get(f"{LIST}{letter.pk}/change/").status_code == 403
    assert reporter.post(LIST, {"action": "send_again", "_selected_action": [letter.pk]}).status_code == 403
    letter.refresh_from_db()
    assert letter.state == "parked"


def test_the_list_asks_the_database_as_often_at_3_as_at_30(editor, django_assert_num_queries):
    def fill(number):
        for _ in range(number):
            noticed(LetterFactory(), due_claim(edtf="../2025-01"))

    fill(3)
    editor.get(LIST)
    with CaptureQueriesContext(connection) as few:
        editor.get(LIST)
    fill(27)
    with django_assert_num_queries(len(few)):
        editor.get(LIST)
