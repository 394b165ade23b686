"""Leaving e-mails with one click."""

import pytest
from django.test import Client

from claims.models import Preference, Rhythm
from claims.notify.unsubscribe import token_for
from tests.factories import PersonFactory
from tests.web.reading import find, text_of, tree

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mail_program():
    """It has no cookies, and no token of any form."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def person():
    person = PersonFactory(email="budi@example.org")
    Preference.of(person).choose(Rhythm.DAILY)
    return person


def address(person):
    return f"/unsubscribe/{token_for(person.pk)}/"


def rhythm(person):
    return Preference.of(person).rhythm


def press(client, page):
    """The answer to the page's one button."""
    (form,) = find(page, "form")
    given = {field.get("name"): field.get("value") for field in form.iter("input")}
    return client.post(form.get("action"), given)


def test_opening_the_link_changes_nothing_and_asks(mail_program, person):
    for open_it in (mail_program.get, mail_program.head):
        assert open_it(address(person)).status_code == 200
    assert rhythm(person) == "daily"
    page = mail_program.get(address(person))
    assert text_of(find(page, "h1")[0]) == "Stop these e-mails?"


@pytest.mark.parametrize(
    "sent",
    [
        {"data": ONE_CLICK},
        {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"},
        {"data": b"", "content_type": "application/octet-stream"},
        {"data": b"\xff", "content_type": "multipart/form-data; boundary=x"},
    ],
)
def test_a_mail_program_ends_them_with_one_post_whatever_it_sends(mail_program, person, sent):
    answer = mail_program.post(address(person), **sent)
    assert (answer.status_code, rhythm(person)) == (200, "none")
    assert text_of(find(answer, "h1")[0]) == "No more e-mails"
    assert not answer.cookies


def test_a_second_post_ends_them_too(mail_program, person):
    mail_program.post(address(person), ONE_CLICK)
    assert mail_program.post(address(person), ONE_CLICK).status_code == 200
    assert rhythm(person) == "none"


def test_a_person_who_has_chosen_nothing_yet_leaves_as_well(mail_program):
    person = PersonFactory()
    mail_program.post(address(person), ONE_CLICK)
    assert rhythm(person) == "none"


def test_nobody_else_is_told_less(mail_program, person):
    other = Preference.of(PersonFactory())
    mail_program.post(address(person), ONE_CLICK)
    assert rhythm(other.person) == "at_once"


@pytest.mark.parametrize("before", ["at_once", "daily", "weekly"])
def test_the_page_leads_back_to_the_rhythm_from_before(mail_program, person, before):
    Preference.of(person).choose(before)
    stopped = press(mail_program, mail_program.get(address(person)))
    assert rhythm(person) == "none"
    back = press(mail_program, stopped)
    assert (back.status_code, rhythm(person)) == (200, before)
    assert text_of(find(back, "h1")[0]) == "E-mails are sent again"


def test_whoever_left_long_ago_comes_back_by_the_same_link(mail_program, person):
    mail_program.post(address(person), ONE_CLICK)
    press(mail_program, mail_program.get(address(person)))
    assert rhythm(person) == "at_once"


def test_what_was_chosen_since_is_not_undone(mail_program, person):
    stopped = mail_program.post(address(person), ONE_CLICK)
    Preference.of(person).choose(Rhythm.WEEKLY)
    press(mail_program, stopped)
    assert rhythm(person) == "weekly"


@pytest.mark.parametrize("before", ["none", "hourly", "\x00", ""])
def test_a_rhythm_that_does_not_exist_is_not_taken(mail_program, person, before):
    mail_program.post(address(person), ONE_CLICK)
    assert mail_program.post(f"{address(person)}undo/", {"before": before}).status_code == 200
    assert rhythm(person) == "none"


def test_the_way_back_changes_nothing_when_it_is_opened(mail_program, person):
    mail_program.post(address(person), ONE_CLICK)
    assert mail_program.get(f"{address(person)}undo/", follow=True).redirect_chain == [(address(person), 302)]
    assert rhythm(person) == "none"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("way", ["", "undo/"])
def test_a_token_that_was_not_made_here_is_explained_and_tells_nothing(mail_program, person, method, way):
    gone = token_for(person.pk + 1)
    forged = token_for(person.pk)[:-1]
    for token in (gone, forged, "x", "%00", "%F0%9F%92%A9:x", "a" * 3_000):
        answer = getattr(mail_program, method)(f"/unsubscribe/{token}/{way}")
        assert answer.status_code == 404
        assert text_of(find(answer, "h1")[0]) == "This link cannot be read"
        assert "budi" not in text_of(tree(answer))
    assert rhythm(person) == "daily"


def test_the_address_is_neither_kept_nor_handed_on_nor_found(mail_program, person):
    for answer in (
        mail_program.get(address(person)),
        mail_program.post(address(person)),
        mail_program.post(f"{address(person)}undo/", {"before": "daily"}),
        mail_program.get("/unsubscribe/x/"),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        robots = [meta.get("content") for meta in find(answer, "meta") if meta.get("name") == "robots"]
        assert robots == ["noindex"]


def test_the_page_does_not_say_whose_it_is(mail_program, person):
    for answer in (mail_program.get(address(person)), mail_program.post(address(person))):
        said = answer.content.decode()
        assert "budi@example.org" not in said
        assert person.username not in said


def test_every_page_leads_to_ones_own_choices(mail_program, person):
    for answer in (
        mail_program.get(address(person)),
        mail_program.post(address(person)),
        mail_program.get("/unsubscribe/x/"),
    ):
        assert "/admin/notices/" in [link.get("href") for link in find(answer, "a")]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_is_answered(mail_program, person, method):
    assert getattr(mail_program, method)(address(person)).status_code == 405
    assert rhythm(person) == "daily"
