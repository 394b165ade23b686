"""The desk's start page, and who gets as far as that."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import ClaimFactory, PersonFactory, ReviewFactory, due_claim, open_claim

TODAY = timezone.localdate()


def test_what_is_due_stands_on_the_start_page_mine_first_then_nobodys(editor):
    others = due_claim(edtf="../2024-01", owner=PersonFactory())
    nobodys = due_claim(edtf="../2025-01")
    mine_late, mine = (
        due_claim(edtf="../2025-03", owner=editor.person),
        due_claim(edtf="../2025-02", owner=editor.person),
    )
    rows = editor.get("/admin/").context["due"]
    assert [row["claim"] for row in rows] == [mine, mine_late, nobodys, others]
    assert rows[0]["days"] == (TODAY - mine.revisit_on).days


def test_a_claim_that_the_sweep_has_not_seen_yet_is_due_all_the_same(editor):
    claim = open_claim(revisit_on=TODAY)
    page = editor.get("/admin/")
    assert [row["claim"] for row in page.context["due"]] == [claim]
    assert "since today" in page.content.decode()


def test_what_falls_due_within_the_month_is_announced(editor):
    claim = open_claim(revisit_on=TODAY + timedelta(days=1))
    open_claim(revisit_on=TODAY + timedelta(days=31))
    page = editor.get("/admin/")
    assert [row["claim"] for row in page.context["soon"]] == [claim]
    assert "in 1 day" in page.content.decode()


def test_the_start_page_stays_short(editor):
    for _ in range(12):
        due_claim(edtf="../2025-01")
    page = editor.get("/admin/")
    assert len(page.context["due"]) == 10
    assert "?due=now" in page.content.decode()
    assert page.context["more_due"]


def test_an_empty_desk_says_so(reporter):
    assert "Nothing is due." in reporter.get("/admin/").content.decode()


def test_verdicts_that_wait_for_an_editor_are_announced(editor):
    review = ReviewFactory(claim=due_claim(edtf="../2025-01"))
    assert [item for item, _verdict in editor.get("/admin/").context["review_drafts"]] == [review]


@pytest.mark.parametrize("name", ["changelist", "add", "read"])
def test_a_reader_is_shown_the_login(client, db, name):
    assert "/admin/login/" in client.get(reverse(f"admin:claims_claim_{name}")).headers["Location"]


@pytest.mark.parametrize("step", ["change", "delete", "publish", "postpone", "reschedule", "withdraw", "reopen"])
def test_a_reader_is_shown_the_login_whatever_the_claim(client, db, step):
    client.force_login(User.objects.create_user("reader"))
    url = f"/admin/claims/claim/{ClaimFactory().pk}/{step}/"
    for response in (client.get(url), client.post(url, {})):
        assert "/admin/login/" in response.headers["Location"]


def test_somebody_without_a_role_sees_no_claims(client, db):
    client.force_login(User.objects.create_user("temp", is_staff=True))
    claim = due_claim(edtf="../2025-01")
    assert claim.statement not in client.get("/admin/").content.decode()
    assert client.get("/admin/claims/claim/").status_code == 403
    assert client.get("/admin/claims/claim/read/").status_code == 403


def test_nothing_is_written_without_the_forms_own_token(db):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(PersonFactory())
    assert strict.post("/admin/claims/claim/add/", {"statement": "x"}).status_code == 403
    assert strict.post(f"/admin/claims/claim/{ClaimFactory().pk}/publish/").status_code == 403
