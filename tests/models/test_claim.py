"""A claim, and what the database itself refuses."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from claims.lifecycle import EventKind, IllegalTransition, Schedule, Status
from claims.models import Claim, Event, StaleClaim
from tests.factories import NOW, ClaimFactory, PersonFactory, due_claim, open_claim, resolved_claim, window

pytestmark = pytest.mark.django_db


def test_a_public_id_spells_no_word_and_is_never_the_same_twice():
    ids = {ClaimFactory.build(claimant=None).public_id for _ in range(500)}
    assert len(ids) == 500
    assert not set("".join(ids)) & set("aeiouAEIOU01l")


def test_a_claim_is_revisited_the_day_after_its_window():
    assert ClaimFactory(edtf="2027").revisit_on == date(2028, 1, 1)


def test_an_approximate_date_is_not_revisited_any_earlier():
    assert ClaimFactory(edtf="2027~").revisit_on == ClaimFactory(edtf="2027").revisit_on


@pytest.mark.parametrize(
    ("edtf", "today", "schedule"),
    [
        ("2027", date(2026, 12, 31), Schedule.UPCOMING),
        ("2027", date(2027, 1, 1), Schedule.IN_WINDOW),
        ("2027", date(2027, 12, 31), Schedule.IN_WINDOW),
        ("2027", date(2028, 1, 1), Schedule.OVERDUE),
        ("../2027", date(2025, 1, 1), Schedule.IN_WINDOW),
        ("2028/..", date(2027, 1, 1), Schedule.UPCOMING),
        ("2028/..", date(2099, 1, 1), Schedule.IN_WINDOW),
        ("", date(2027, 1, 1), Schedule.UNDATED),
    ],
)
def test_the_schedule_says_where_today_stands_to_the_window(edtf, today, schedule):
    assert ClaimFactory(edtf=edtf).schedule(today) == schedule


def test_a_slip_is_counted_in_days_from_the_end_of_the_first_window():
    claim = open_claim(edtf="2026")
    claim.project(window("2027"), phrase="in 2027")
    assert claim.slip_days == 365
    assert claim.original_projected_date == "2026"


def test_a_step_bumps_the_version_and_writes_its_event_with_time_and_actor():
    person = PersonFactory()
    claim = open_claim(by=person)
    event = claim.events.get(kind=EventKind.PUBLISHED)
    assert (event.actor, event.at, event.from_status, event.to_status) == (person, NOW, "draft", "open")
    claim.refresh_from_db()
    assert (claim.version, claim.status, claim.published_at) == (2, Status.OPEN, NOW)


def test_an_illegal_step_writes_nothing():
    claim = ClaimFactory()
    with pytest.raises(IllegalTransition):
        claim.move_to(Status.DUE, EventKind.FLAGGED, by="test", at=NOW, flagged_at=NOW)
    assert not claim.events.exists()
    assert Claim.objects.get(pk=claim.pk).status == Status.DRAFT


def test_a_step_from_a_stale_object_is_refused_and_leaves_it_as_it_was():
    claim = open_claim()
    stale = Claim.objects.get(pk=claim.pk)
    claim.move_to(Status.WITHDRAWN, EventKind.WITHDRAWN, by="test", at=NOW)
    with pytest.raises(StaleClaim):
        stale.move_to(Status.WITHDRAWN, EventKind.WITHDRAWN, by="test", at=NOW)
    assert stale.status == Status.OPEN
    assert claim.events.filter(kind=EventKind.WITHDRAWN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_move_a_claim_at_once_one_wins_and_the_other_is_told():
    claim_id, start, outcomes = due_claim().pk, threading.Barrier(2), []

    def withdraw(name):
        try:
            mine = Claim.objects.get(pk=claim_id)
            start.wait(timeout=10)
            mine.move_to(Status.WITHDRAWN, EventKind.WITHDRAWN, by=name, at=NOW)
            outcomes.append(name)
        except StaleClaim:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=withdraw, args=[name]) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(outcomes) == 2
    assert outcomes.count("stale") == 1
    assert Event.objects.filter(claim=claim_id, kind=EventKind.WITHDRAWN).count() == 1
    assert Claim.objects.get(pk=claim_id).version == 4


def broken(claim, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**fields)


def test_the_database_refuses_a_window_that_closes_before_it_opens():
    broken(ClaimFactory(edtf="2027"), projected_from=date(2028, 1, 1))


def test_the_database_refuses_a_published_claim_that_is_never_revisited():
    broken(open_claim(), revisit_on=None)


def test_the_database_refuses_a_resolved_claim_without_its_review_and_a_review_elsewhere():
    resolved = resolved_claim()
    broken(resolved, current_review=None)
    broken(resolved, status=Status.DUE)
    broken(open_claim(), status=Status.RESOLVED)


def test_the_database_refuses_to_publish_what_no_article_says():
    broken(ClaimFactory(), status=Status.OPEN, published_at=NOW)


def test_the_database_refuses_a_due_claim_that_was_never_flagged():
    broken(open_claim(), status=Status.DUE)


def test_the_database_refuses_words_that_are_no_status_or_kind():
    broken(ClaimFactory(), status="done")
    broken(ClaimFactory(), kind="guess")
    broken(ClaimFactory(), statement="")


def test_drafts_are_seen_by_those_who_work_here_and_by_nobody_else():
    draft, published = ClaimFactory(), open_claim()
    reporter = PersonFactory(role="reporter")
    assert set(Claim.objects.visible_to(reporter)) == {draft, published}
    assert set(Claim.objects.visible_to(None)) == {published}
    reporter.is_active = False
    assert set(Claim.objects.visible_to(reporter)) == {published}


def test_a_claim_with_all_its_parts_costs_the_same_queries_for_three_and_for_thirty(django_assert_num_queries):
    for _ in range(3):
        resolved_claim()
    with django_assert_num_queries(4):
        list(Claim.objects.with_all())
    for _ in range(27):
        open_claim()
    with django_assert_num_queries(4):
        list(Claim.objects.with_all())
