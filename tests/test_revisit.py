"""What a newsroom does with a published claim."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from claims import revisit
from claims.lifecycle import EventKind, IllegalTransition, Status, Verdict
from claims.models import Claim, Evidence, Review, StaleClaim
from tests.factories import (
    NOW,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    EvidenceFactory,
    PersonFactory,
    ReviewFactory,
    due_claim,
    open_claim,
    resolved_claim,
    window,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DOING = {"by": "test", "at": NOW}


def test_a_claim_without_citation_or_revisit_day_is_not_published_and_both_are_said():
    claim = ClaimFactory(edtf="2028/..")
    with pytest.raises(ValidationError) as caught:
        revisit.publish(claim, **DOING)
    assert set(caught.value.message_dict) == {"citations", "revisit_on"}
    assert Claim.objects.get().status == Status.DRAFT


def test_an_open_window_is_published_with_a_day_chosen_by_hand():
    claim = ClaimFactory(edtf="", revisit_on=date(2027, 6, 20))
    CitationFactory(claim=claim)
    revisit.publish(claim, **DOING)
    assert Claim.objects.get().status == Status.OPEN


def test_publishing_twice_is_illegal():
    with pytest.raises(IllegalTransition):
        revisit.publish(open_claim(), **DOING)


def test_postponing_reopens_a_due_claim_for_another_round_and_keeps_the_reason():
    claim = due_claim(edtf="2025")
    event = revisit.postpone(claim, revisit_on=date(2027, 1, 1), reason="Accounts are late.", today=TODAY, **DOING)
    claim.refresh_from_db()
    assert (claim.status, claim.round, claim.flagged_at) == (Status.OPEN, 2, None)
    assert event.data["reason"] == "Accounts are late."
    assert claim.projected_date == "2025"


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_a_claim_is_postponed_to_a_day_that_lies_ahead(day):
    with pytest.raises(ValidationError, match="lies ahead"):
        revisit.postpone(due_claim(edtf="2025"), revisit_on=day, reason="x", today=TODAY, **DOING)


@pytest.mark.parametrize("reason", ["", "  "])
def test_every_setback_says_why(reason):
    due, resolved = due_claim(edtf="2025"), resolved_claim(edtf="2024")
    for attempt in (
        lambda: revisit.postpone(due, revisit_on=date(2027, 1, 1), reason=reason, today=TODAY, **DOING),
        lambda: revisit.reschedule(due, window("2028"), phrase="2028", reason=reason, **DOING),
        lambda: revisit.withdraw(due, reason=reason, **DOING),
        lambda: revisit.reopen(resolved, reason=reason, **DOING),
    ):
        with pytest.raises(ValidationError, match="Say why"):
            attempt()


def test_moved_goalposts_are_recorded_with_both_dates_the_slip_and_the_article():
    claim, article = due_claim(edtf="2025"), ArticleFactory()
    event = revisit.reschedule(claim, window("2027"), phrase="in 2027", reason="Delayed.", article=article, **DOING)
    claim.refresh_from_db()
    assert event.data["projected_date"] == ["2025", "2027"]
    assert (event.data["slip_days"], event.data["article"]) == (730, article.pk)
    assert (claim.original_projected_date, claim.slip_days) == ("2025", 730)
    assert claim.revisit_on == date(2028, 1, 1)


def test_goalposts_moved_to_where_they_stood_are_no_reschedule():
    with pytest.raises(ValidationError, match="already"):
        revisit.reschedule(due_claim(edtf="2025"), window("2025"), phrase="2025", reason="x", **DOING)


def test_goalposts_moved_to_an_open_window_need_a_revisit_day():
    with pytest.raises(ValidationError, match="choose the day"):
        revisit.reschedule(due_claim(edtf="2025"), window("2027/.."), phrase="x", reason="x", **DOING)


def draft(claim, verdict=Verdict.TRUE, **fields):
    evidence = [Evidence(url="https://accounts.example/", stance="supports")]
    given = {"summary": "It came true.", "evidence": evidence, "author": PersonFactory(), "at": NOW} | fields
    return revisit.draft_review(claim, verdict=verdict, **given)


def publish(review, **fields):
    return revisit.publish_review(review, today=TODAY, **DOING, **fields)


def test_a_verdict_with_evidence_resolves_the_claim():
    claim = due_claim(edtf="2025")
    event = publish(draft(claim))
    claim.refresh_from_db()
    assert (claim.status, claim.verdict) == (Status.RESOLVED, "true")
    assert event.data == {"review": 1, "verdict": "true", "supersedes": None}


def test_a_draft_of_a_review_resolves_nothing():
    claim = due_claim(edtf="2025")
    draft(claim)
    claim.refresh_from_db()
    assert (claim.status, claim.verdict) == (Status.DUE, None)


def test_a_verdict_without_evidence_is_not_published():
    review = draft(due_claim(edtf="2025"), evidence=[])
    with pytest.raises(ValidationError, match="at least one piece of evidence"):
        publish(review)


def test_a_review_with_a_faulty_piece_of_evidence_is_not_kept_at_all():
    with pytest.raises(ValidationError):
        draft(due_claim(edtf="2025"), evidence=[Evidence(url="javascript:alert(1)", stance="supports")])
    assert not Review.objects.exists()


def test_a_verdict_against_a_claim_before_its_window_closes_is_said_to_be_early():
    claim = open_claim(edtf="2027")
    with pytest.raises(ValidationError, match="early outcome"):
        publish(draft(claim, Verdict.FALSE))
    publish(draft(claim, Verdict.FALSE, early_outcome=True))
    assert Claim.objects.get().verdict == "false"


def test_a_claim_that_came_true_early_needs_no_such_word():
    publish(draft(open_claim(edtf="2027"), Verdict.TRUE))
    assert Claim.objects.get().status == Status.RESOLVED


def test_a_reopened_claim_is_due_and_its_next_verdict_supersedes_the_first():
    claim = resolved_claim(edtf="2025", verdict=Verdict.TRUE)
    first = claim.current_review
    revisit.reopen(claim, reason="The accounts were restated.", **DOING)
    claim.refresh_from_db()
    assert (claim.status, claim.verdict) == (Status.DUE, None)
    publish(draft(claim, Verdict.FALSE))
    claim.refresh_from_db()
    assert claim.current_review.supersedes == first
    assert (claim.verdict, Review.objects.get(pk=first.pk).verdict) == ("false", "true")


def test_a_review_is_published_once():
    claim = due_claim(edtf="2025")
    review = draft(claim)
    stale = Review.objects.get(pk=review.pk)
    publish(review)
    with pytest.raises(IllegalTransition):
        publish(Review.objects.get(pk=review.pk))
    with pytest.raises(StaleClaim):
        publish(stale, claim=Claim(pk=claim.pk, status=Status.DUE, version=3, projected_to=date(2025, 12, 31)))


def test_what_is_checked_is_the_draft_as_it_was_edited_last():
    claim = open_claim(edtf="2030")
    review = draft(claim, verdict=Verdict.TRUE)
    Review.objects.filter(pk=review.pk).update(verdict=Verdict.FALSE)
    with pytest.raises(ValidationError) as caught:
        publish(review)
    assert set(caught.value.message_dict) == {"early_outcome"}
    Review.objects.filter(pk=review.pk).update(early_outcome=True)
    assert publish(review).data["verdict"] == Verdict.FALSE


def test_reviews_are_numbered_within_their_claim():
    claim = due_claim(edtf="2025")
    assert [draft(claim).number, draft(claim).number, draft(due_claim(edtf="2025")).number] == [1, 2, 1]


def test_a_withdrawn_claim_keeps_its_history_and_its_reviews():
    claim = resolved_claim(edtf="2025")
    revisit.withdraw(claim, reason="Logged twice.", **DOING)
    claim.refresh_from_db()
    assert (claim.status, claim.verdict, claim.reviews.count()) == (Status.WITHDRAWN, None, 1)
    assert claim.events.last().data["reason"] == "Logged twice."


def test_the_ledger_of_a_life_reads_in_order_with_times_and_actors():
    editor = PersonFactory()
    claim = open_claim(edtf="2025", by=editor)
    claim.move_to(Status.DUE, EventKind.FLAGGED, by="sweep", at=NOW, flagged_at=NOW)
    review = ReviewFactory(claim=claim, author=editor)
    EvidenceFactory(review=review)
    revisit.publish_review(review, by=editor, at=NOW + timedelta(hours=1), today=TODAY, claim=claim)
    told = [(event.kind, event.doer) for event in claim.events.all()]
    assert told == [("published", editor.username), ("flagged", "sweep"), ("reviewed", editor.username)]
