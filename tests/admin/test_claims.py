"""Logging and editing claims at the desk."""

from datetime import date

import pytest

from claims import sweep
from claims.models import Claim, Event, Figure
from tests.admin.forms import a_claim, edit, errors, filled, log, messages
from tests.factories import NOW, ArticleFactory, ClaimFactory, FigureFactory, TopicFactory, due_claim, open_claim

LIST = "/admin/claims/claim/"


def test_a_logged_claim_is_a_draft_with_its_phrase_read(editor):
    response = log(editor, **a_claim())
    claim = Claim.objects.get()
    assert (claim.status, claim.projected_date, claim.revisit_on) == ("draft", "../2026-06", date(2026, 7, 1))
    assert "“by June 2026” is read as: until 30 June 2026; to be revisited on 1 July 2026 (rule 2)" in messages(
        response
    )
    assert [event.kind for event in Event.objects.all()] == ["logged"]
    assert claim.owner == editor.person


def test_a_draft_can_be_saved_and_published_at_once(editor):
    log(editor, **a_claim(), **{"citations-0-article": ArticleFactory().pk, "_publish": "1"})
    claim = Claim.objects.get()
    assert claim.status == "open"
    assert [event.kind for event in claim.events.all()] == ["logged", "published"]


def test_a_draft_without_a_citation_is_not_published_and_not_saved(editor):
    response = log(editor, **a_claim(), _publish="1")
    assert errors(response) == {"citations": ["A published claim needs at least one citation."]}
    assert not Claim.objects.exists()


def test_a_claim_whose_window_never_closes_is_published_with_a_day_to_revisit_it_only(editor):
    phrase = {"projected_phrase": "in the coming years", "citations-0-article": ArticleFactory().pk, "_publish": "1"}
    response = log(editor, **a_claim(**phrase))
    assert "choose the day to revisit it" in errors(response)["revisit_on"][0]
    assert not Claim.objects.exists()
    log(editor, **a_claim(**phrase, revisit_on="2028-01-01"))
    assert Claim.objects.get().status == "open"


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
    topic = TopicFactory()
    row = {"figures-0-metric": "cost", "figures-0-value": "1.50", "figures-0-unit": "USD"}
    edit(editor, claim, statement="Output triples", topics=[topic.pk], **row)
    event = Event.objects.filter(kind="edited").get()
    assert event.actor == editor.person
    assert set(event.data["changes"]) == {"statement", "topics", "figures"}
    claim.refresh_from_db()
    assert (claim.statement, claim.version) == ("Output triples", 3)


def test_saving_without_a_change_leaves_no_event(editor):
    claim = open_claim()
    edit(editor, claim)
    assert not Event.objects.filter(kind="edited").exists()


def test_a_stale_form_is_shown_again_and_writes_nothing(editor):
    claim = open_claim()
    row = {"figures-0-metric": "cost", "figures-0-value": "1", "figures-0-unit": "USD"}
    response = edit(editor, claim, statement="Mine", seen_version="1", **row)
    assert "changed by someone else in the meantime" in errors(response)["__all__"][0]
    assert "Mine" in response.content.decode()
    claim.refresh_from_db()
    assert claim.statement != "Mine"
    assert not Figure.objects.exists()


def test_a_form_without_its_version_is_refused(editor):
    assert "seen_version" in errors(edit(editor, open_claim(), statement="Mine", seen_version=""))


def test_what_was_typed_stays_when_the_sweep_flags_the_claim_meanwhile(editor):
    claim = open_claim(edtf="../2026-06")
    url = f"{LIST}{claim.pk}/change/"
    page = editor.get(url)
    sweep.flag_due(date(2026, 11, 22), now=NOW)
    response = editor.post(url, filled(page, projected_phrase="by 2031"))
    assert "__all__" in errors(response)
    assert "by 2031" in response.content.decode()


def test_another_phrase_moves_the_revisit_day_along(editor):
    claim = ClaimFactory(edtf="../2026-06")
    edit(editor, claim, projected_phrase="by 2027")
    claim.refresh_from_db()
    assert (claim.projected_date, claim.revisit_on) == ("../2027", date(2028, 1, 1))


def test_a_revisit_day_that_was_chosen_stays_when_the_phrase_changes(editor):
    claim = ClaimFactory(edtf="../2026-06", revisit_on=date(2026, 12, 24))
    edit(editor, claim, projected_phrase="by 2027")
    claim.refresh_from_db()
    assert claim.revisit_on == date(2026, 12, 24)


def test_a_revisit_day_before_the_claim_was_made_is_an_error_on_its_field(editor):
    response = log(editor, **a_claim(revisit_on="2020-01-01"))
    assert "before the day the claim was made" in errors(response)["revisit_on"][0]


def test_an_odd_phrase_that_was_given_as_edtf_can_stay(editor):
    claim = ClaimFactory(edtf="../2026-06", projected_phrase="sometime soonish")
    edit(editor, claim, statement="Something else")
    claim.refresh_from_db()
    assert (claim.statement, claim.projected_date) == ("Something else", "../2026-06")


def test_the_date_of_a_due_claim_is_shown_and_not_asked(editor):
    claim = due_claim(edtf="../2026-06")
    page = editor.get(f"{LIST}{claim.pk}/change/")
    assert "projected_phrase" not in page.context["adminform"].form.fields
    assert "until 30 June 2026" in page.content.decode()


def test_the_date_of_a_due_claim_cannot_be_changed_by_other_means(editor):
    claim = due_claim(edtf="../2026-06")
    response = edit(editor, claim, projected_phrase="by 2031", revisit_on="", language="en")
    assert "postpone or reschedule" in errors(response)["projected_phrase"][0]
    claim.refresh_from_db()
    assert claim.projected_date == "../2026-06"


def test_a_statement_of_a_due_claim_can_be_corrected(editor):
    claim = due_claim(edtf="../2026-06")
    edit(editor, claim, statement="Corrected")
    claim.refresh_from_db()
    assert claim.statement == "Corrected"


def test_a_range_that_ends_before_it_starts_is_an_error_on_its_end(editor):
    row = {"figures-0-metric": "cost", "figures-0-value": "5", "figures-0-value_to": "2", "figures-0-unit": "USD"}
    response = log(editor, **a_claim(), **row, **{"figures-0-comparator": "between"})
    assert "greater" in errors(response)["figures-0-value_to"][0]


def test_a_figure_is_kept_digit_for_digit(editor):
    claim = FigureFactory(value="12345678901234567890.123456789012").claim
    edit(editor, claim, statement="Something else")
    assert Event.objects.get().data["changes"].keys() == {"statement"}


def test_a_draft_can_be_discarded(reporter):
    claim = ClaimFactory()
    reporter.post(f"{LIST}{claim.pk}/delete/", {"post": "yes"})
    assert not Claim.objects.exists()


def test_a_published_claim_cannot_be_deleted(admin):
    claim = open_claim()
    assert admin.post(f"{LIST}{claim.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Claim.objects.exists()


def test_the_history_says_in_words_what_became_what(editor):
    claim = open_claim(edtf="../2026-06")
    edit(editor, claim, statement="Output triples", projected_phrase="by 2027")
    page = editor.get(f"{LIST}{claim.pk}/change/")
    entry = page.context["ledger"][0]
    assert (entry.who, entry.what) == (editor.person.username, "edited it")
    changes = {change.what: (change.old, change.new) for change in entry.changes}
    assert changes["projected date"] == ("by June 2026", "by the end of 2027")
    assert changes["revisit on"] == ("1 July 2026", "1 January 2028")


def test_a_phrase_is_read_aloud_while_it_is_typed(reporter):
    answer = reporter.get(f"{LIST}read/", {"phrase": "by June 2026", "made_on": "2025-06-20", "language": "en"})
    assert "until 30 June 2026" in answer.json()["words"]
    assert reporter.get(f"{LIST}read/", {"phrase": "75%", "made_on": "2025-06-20"}).json()["error"]
    assert reporter.get(f"{LIST}read/", {"phrase": "soon", "made_on": "tomorrow"}).json()["error"]
