"""The steps of a claim's life, taken at the desk."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, Event
from tests.admin.forms import messages
from tests.factories import CitationFactory, ClaimFactory, due_claim, open_claim, resolved_claim

SOON = timezone.localdate() + timedelta(days=40)


def take(client, claim, step, **given):
    url = f"/admin/claims/claim/{claim.pk}/{step}/"
    sent = {"seen_version": Claim.objects.get(pk=claim.pk).version, **given}
    return client.post(url, sent, follow=True)


def test_a_draft_is_published(editor):
    claim = ClaimFactory()
    CitationFactory(claim=claim)
    assert "The claim is now: open" in messages(take(editor, claim, "publish"))
    assert Claim.objects.get().status == "open"


def test_a_draft_without_a_citation_says_why_it_is_not_published(editor):
    response = take(editor, ClaimFactory(), "publish")
    assert "at least one citation" in response.content.decode()
    assert Claim.objects.get().status == "draft"


def test_a_due_claim_is_postponed(reporter):
    claim = due_claim(edtf="../2026-06")
    take(reporter, claim, "postpone", revisit_on=SOON.isoformat(), reason="The accounts are late.")
    claim.refresh_from_db()
    assert (claim.status, claim.revisit_on) == ("open", SOON)
    assert Event.objects.last().data["reason"] == "The accounts are late."


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"revisit_on": "2020-01-01", "reason": "Late."}, "revisit_on"),
        ({"revisit_on": "soon", "reason": "Late."}, "revisit_on"),
        ({"revisit_on": SOON.isoformat(), "reason": " "}, "reason"),
        ({"revisit_on": SOON.isoformat(), "reason": "a\x00b"}, "reason"),
        ({"revisit_on": SOON.isoformat(), "reason": "x" * 1001}, "reason"),
    ],
)
def test_a_step_that_cannot_be_taken_is_an_error_on_its_field(reporter, given, field):
    claim = due_claim(edtf="../2026-06")
    response = take(reporter, claim, "postpone", **given)
    assert list(response.context["errors"]) == [field]
    claim.refresh_from_db()
    assert claim.status == "due"


def test_a_rescheduled_claim_keeps_its_first_date_and_counts_the_slip(reporter):
    claim = due_claim(edtf="../2026-06")
    take(reporter, claim, "reschedule", projected_phrase="by June 2027", said_on="2026-11-22", reason="They said so.")
    claim.refresh_from_db()
    assert (claim.original_projected_date, claim.projected_date, claim.slip_days) == ("../2026-06", "../2027-06", 365)


def test_an_unreadable_new_date_is_an_error_on_its_field(reporter):
    claim = due_claim(edtf="../2026-06")
    response = take(reporter, claim, "reschedule", projected_phrase="75%", said_on="2026-11-22", reason="Why.")
    assert list(response.context["errors"]) == ["projected_phrase"]


def test_a_resolved_claim_is_reopened(editor):
    claim = resolved_claim(edtf="../2026-06")
    take(editor, claim, "reopen", reason="New accounts.")
    claim.refresh_from_db()
    assert claim.status == "due"


def test_a_withdrawn_claim_stays_on_the_record(editor):
    claim = open_claim()
    take(editor, claim, "withdraw", reason="Said by somebody else.")
    claim.refresh_from_db()
    assert claim.status == "withdrawn"
    assert editor.get(f"/admin/claims/claim/{claim.pk}/change/").status_code == 200


def test_a_step_from_the_wrong_place_says_so(editor):
    claim = open_claim()
    assert "cannot be reopened" in messages(take(editor, claim, "reopen", reason="Because."))
    assert "cannot be reopened" in messages(editor.get(f"/admin/claims/claim/{claim.pk}/reopen/", follow=True))


def test_nobody_decides_on_a_claim_that_was_changed_behind_them(editor):
    claim = open_claim()
    response = take(editor, claim, "withdraw", reason="Wrong.", seen_version="1")
    assert "changed by someone else" in response.content.decode()
    claim.refresh_from_db()
    assert claim.status == "open"


def test_a_claim_that_is_gone_is_a_message(editor):
    assert "Perhaps it was deleted" in messages(editor.get("/admin/claims/claim/999/publish/", follow=True))


def test_the_page_offers_only_the_steps_that_can_be_taken(editor):
    def offered(claim):
        return {name for _url, name, _verb in editor.get(f"/admin/claims/claim/{claim.pk}/change/").context["steps"]}

    assert offered(ClaimFactory()) == {"publish", "withdraw"}
    assert offered(due_claim(edtf="../2026-06")) == {"review", "postpone", "reschedule", "withdraw"}
    assert offered(resolved_claim(edtf="../2025-06")) == {"reopen", "withdraw"}


def test_a_reporter_is_offered_no_step_of_an_editor(reporter):
    claim = ClaimFactory()
    page = reporter.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert page.context["steps"] == []
    assert "Save and publish" not in page.content.decode()


@pytest.mark.parametrize("step", ["publish", "withdraw", "reopen"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_steps_of_an_editor_are_forbidden_to_a_reporter(reporter, step, method):
    url = f"/admin/claims/claim/{ClaimFactory().pk}/{step}/"
    assert getattr(reporter, method)(url).status_code == 403


def test_a_day_is_never_read_as_another_one(reporter):
    claim = due_claim(edtf="../2026-06")
    take(reporter, claim, "postpone", revisit_on="9999-12-31", reason="Far away.")
    claim.refresh_from_db()
    assert claim.revisit_on == date(9999, 12, 31)
