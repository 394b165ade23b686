"""Verdicts: drafted by reporters, put on the record by editors."""

import pytest

from claims.models import Event, Evidence, Review
from tests.admin.forms import errors, filled, messages
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    EvidenceFactory,
    ReviewFactory,
    due_claim,
    open_claim,
    resolved_claim,
)

ADD = "/admin/claims/review/add/"


def due():
    return due_claim(edtf="../2026-06", criteria="The accounts of 2026.")


def a_review(**changes):
    return {
        "verdict": "true",
        "summary": "The accounts show it.",
        "evidence-0-url": "https://accounts.example/2026",
        "evidence-0-stance": "supports",
    } | changes


def review(client, claim, **given):
    url = f"{ADD}?claim={claim.pk}"
    return client.post(url, filled(client.get(url), **given), follow=True)


def change(client, draft, **given):
    url = f"/admin/claims/review/{draft.pk}/change/"
    return client.post(url, filled(client.get(url), **given), follow=True)


def test_a_reporter_drafts_and_an_editor_publishes(reporter, django_user_model):
    claim = due()
    review(reporter, claim, **a_review())
    draft = Review.objects.get()
    claim.refresh_from_db()
    assert (claim.status, draft.published_at, draft.author) == ("due", None, reporter.person)
    assert Evidence.objects.get().address == "https://accounts.example/2026"


def test_an_editor_publishes_a_verdict_at_once(editor):
    claim = due()
    response = review(
        editor,
        claim,
        **a_review(**{"evidence-1-article": ArticleFactory().pk, "evidence-1-stance": "context"}),
        _publish="1",
    )
    claim.refresh_from_db()
    assert (claim.status, claim.verdict) == ("resolved", "true")
    assert Review.objects.get().evidence.count() == 2
    assert "The verdict is on the record" in messages(response)
    assert Event.objects.last().kind == "reviewed"


def test_a_draft_is_published_from_its_own_page(editor):
    claim = due()
    draft = EvidenceFactory(review__claim=claim).review
    change(editor, draft, summary="Better said.", _publish="1")
    draft.refresh_from_db()
    assert draft.published_at
    assert draft.summary == "Better said."


def test_drafts_are_published_from_the_list(editor):
    good, bare = EvidenceFactory(review__claim=due()).review, ReviewFactory(claim=due())
    chosen = {"action": "publish_drafts", "_selected_action": [good.pk, bare.pk]}
    response = editor.post("/admin/claims/review/", chosen, follow=True)
    assert "at least one piece of evidence" in messages(response)
    assert [review.pk for review in Review.objects.published()] == [good.pk]


def test_a_verdict_without_evidence_is_not_published_and_not_saved(editor):
    response = review(editor, due(), verdict="true", summary="So it is.", _publish="1")
    assert errors(response) == {"evidence": ["A verdict needs at least one piece of evidence."]}
    assert not Review.objects.exists()


def test_an_early_verdict_against_a_claim_says_that_it_is_early(editor):
    claim = open_claim(edtf="../2099")
    response = review(editor, claim, **a_review(verdict="false"), _publish="1")
    assert list(errors(response)) == ["early_outcome"]
    assert not Review.objects.exists()
    review(editor, claim, **a_review(verdict="false", early_outcome="on"), _publish="1")
    claim.refresh_from_db()
    assert claim.status == "resolved"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"verdict": "perhaps"}, "verdict"),
        ({"summary": ""}, "summary"),
        ({"summary": "x" * 4001}, "summary"),
        ({"summary": "a\x00b"}, "summary"),
        ({"outcome_known_on": "31 June"}, "outcome_known_on"),
        ({"evidence-0-url": "javascript:alert(1)"}, "evidence-0-url"),
        ({"evidence-0-url": ""}, "evidence-0-url"),
        ({"evidence-0-stance": "maybe"}, "evidence-0-stance"),
    ],
)
def test_what_is_wrong_is_said_on_its_field_and_nothing_is_saved(reporter, given, field):
    response = review(reporter, due(), **a_review(**given))
    assert list(errors(response)) == [field]
    assert not Review.objects.exists()
    assert not Evidence.objects.exists()


def test_the_record_stands_beside_the_form(reporter):
    claim = due()
    claim.citations.update(quote="It will be so, they said.")
    page = reporter.get(f"{ADD}?claim={claim.pk}").content.decode()
    for part in (claim.statement, "The accounts of 2026.", "It will be so, they said.", "until 30 June 2026"):
        assert part in page


def test_earlier_verdicts_stand_beside_the_form(editor):
    claim = resolved_claim(edtf="../2026-06")
    editor.post(f"/admin/claims/claim/{claim.pk}/reopen/", {"reason": "New accounts.", "seen_version": claim.version})
    assert "The accounts for the year show it." in editor.get(f"{ADD}?claim={claim.pk}").content.decode()


def test_a_published_verdict_can_only_be_read(admin):
    verdict = resolved_claim(edtf="../2026-06").current_review
    url = f"/admin/claims/review/{verdict.pk}/"
    assert admin.get(f"{url}change/").status_code == 200
    assert admin.post(f"{url}change/", {"summary": "Otherwise"}).status_code == 403
    assert admin.get(f"{url}delete/").status_code == 403
    assert admin.post(f"{url}delete/", {"post": "yes"}).status_code == 403


def test_a_reporter_cannot_publish_a_verdict(reporter):
    url = f"{ADD}?claim={due().pk}"
    assert reporter.post(url, filled(reporter.get(url), **a_review(), _publish="1")).status_code == 403
    assert not Review.objects.exists()


def test_a_review_needs_its_claim(reporter):
    assert "Choose the claim" in messages(reporter.get(ADD, follow=True))
    for key in ("999", "x", "-1", "9" * 30):
        assert reporter.get(ADD, {"claim": key}).status_code == 404


def test_a_draft_of_a_claim_cannot_be_reviewed(editor):
    response = editor.get(ADD, {"claim": ClaimFactory().pk}, follow=True)
    assert "cannot be reviewed" in messages(response)


def test_a_claim_that_was_resolved_meanwhile_says_so_and_keeps_what_was_written(editor):
    claim = due()
    url = f"{ADD}?claim={claim.pk}"
    sent = filled(editor.get(url), **a_review(), _publish="1")
    review(editor, claim, **a_review(), _publish="1")
    response = editor.post(url, sent)
    assert "cannot be reviewed" in errors(response)["__all__"][0]
    assert Review.objects.count() == 1
