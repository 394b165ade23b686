"""Logging and editing claims at the desk."""

from datetime import date

import pytest

from claims.models import Claim, Event
from tests.admin.forms import edit, errors, log, messages
from tests.factories import ArticleFactory, CitationFactory, ClaimantFactory, ClaimFactory, due_claim, open_claim


def a_claim(**changes):
    return {
        "statement": "Output doubles by June 2026",
        "claimant": changes.pop("claimant", None) or ClaimantFactory().pk,
        "made_on": "2025-06-20",
        "projected_phrase": "by June 2026",
    } | changes


def test_a_logged_claim_is_a_draft_with_its_phrase_read(editor):
    response = log(editor, **a_claim())
    claim = Claim.objects.get()
    assert (claim.status, claim.projected_date, claim.revisit_on) == ("draft", "../2026-06", date(2026, 7, 1))
    assert "“by June 2026” is read as: until 30 June 2026; to be revisited on 1 July 2026 (rule 2)" in messages(
        response
    )
    assert [event.kind for event in Event.objects.all()] == ["logged"]
    assert claim.owner == editor.person


def test_origin_and_relay_are_logged_in_one_sitting(editor):
    origin, relay = ArticleFactory(), ArticleFactory()
    log(editor, **a_claim(), **{"citations-0-article": origin.pk, "citations-1-article": relay.pk})
    first, second = Claim.objects.get().citations.all()
    assert (first.role, second.role, second.via) == ("origin", "relay", first)


def test_a_draft_can_be_saved_and_published_at_once(editor):
    log(editor, **a_claim(), **{"citations-0-article": ArticleFactory().pk, "_publish": "1"})
    claim = Claim.objects.get()
    assert claim.status == "open"
    assert [event.kind for event in claim.events.all()] == ["logged", "published"]


@pytest.mark.parametrize(
    ("phrase", "word"),
    [("when pigs fly", "pigs"), ("75%", "75"), ("from 2028 to 2026", "ends before"), ("fiscal 2027", "iscal")],
)
def test_an_unreadable_phrase_is_an_error_on_its_field(editor, phrase, word):
    response = log(editor, **a_claim(projected_phrase=phrase))
    assert word in errors(response)["projected_phrase"][0]
    assert not Claim.objects.exists()
    assert not Event.objects.exists()


def test_an_edit_is_one_event_with_what_changed(editor):
    claim = open_claim()
    edit(editor, claim, statement="Output triples")
    event = Event.objects.filter(kind="edited").get()
    assert event.actor == editor.person
    assert list(event.data["changes"]) == ["statement"]
    claim.refresh_from_db()
    assert (claim.statement, claim.version) == ("Output triples", 3)


def test_saving_without_a_change_leaves_no_event(editor):
    claim = open_claim()
    edit(editor, claim)
    assert not Event.objects.filter(kind="edited").exists()


def test_a_stale_form_is_shown_again_and_writes_nothing(editor):
    claim = open_claim()
    response = edit(editor, claim, statement="Mine", seen_version="1")
    assert "changed by someone else in the meantime" in errors(response)["__all__"][0]
    assert "Mine" in response.content.decode()
    claim.refresh_from_db()
    assert claim.statement != "Mine"
