"""Reminders: of claims that stay due, every so many days, and on the day until which somebody put one off."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from claims import revisit
from claims.models import Notice, Occasion, Preference, Rhythm, Snooze
from claims.notify import reminders
from claims.notify.audience import Audience, followed_by, named
from tests.factories import NOW, PersonFactory, TopicFactory, due_claim, open_claim
from tests.notify.readers import note, reader, settle

TODAY = NOW.date()


def remind(days=0, **more):
    """The pass of so many days later."""
    now = NOW + timedelta(days=days, **more)
    return reminders.remind(now.date(), now)


def snooze(person, claim, days, at=NOW):
    return Snooze.objects.create(person=person, claim=claim, until=TODAY + timedelta(days=days), created_at=at)


def reminded(person):
    """The days, counted from the first, on which the person was reminded."""
    told = Notice.objects.filter(person=person, occasion=Occasion.OVERDUE).order_by("created_at")
    return [(notice.created_at - NOW).days for notice in told]


@pytest.mark.django_db
def test_a_claim_that_stays_due_is_recalled_every_seven_days_to_those_who_want_that():
    weekly, monthly, never = reader(nag_days=7), reader(nag_days=30), reader()
    due_claim()
    for day in range(62):
        remind(day)
        remind(day, hours=5)
    assert reminded(weekly) == [7, 14, 21, 28, 35, 42, 49, 56]
    assert reminded(monthly) == [30, 60]
    assert reminded(never) == []


@pytest.mark.django_db
def test_a_reminder_tells_of_the_event_that_made_the_claim_due_and_stands_as_long_as_that_does():
    person = reader(nag_days=7)
    claim = due_claim()
    remind(7)
    notice = Notice.objects.get(person=person)
    assert notice.event.at == claim.flagged_at
    assert Notice.objects.standing().get() == notice
    settle(claim, at=NOW + timedelta(days=8))
    assert not Notice.objects.standing().exists()
    assert remind(14) == 0


@pytest.mark.django_db
def test_a_reopened_claim_is_recalled_from_the_day_on_which_it_was_reopened():
    person = reader(nag_days=7)
    claim = due_claim()
    settle(claim, at=NOW + timedelta(days=1))
    revisit.reopen(claim, reason="New facts.", by=PersonFactory(), at=NOW + timedelta(days=5))
    for day in range(20):
        remind(day)
    assert reminded(person) == [12, 19]


@pytest.mark.django_db
def test_after_an_outage_one_reminder_comes_and_not_one_for_each_that_was_missed():
    person = reader(nag_days=7)
    due_claim()
    for day in (25, 26, 27, 28):
        remind(day)
    assert reminded(person) == [25, 28]


@pytest.mark.django_db
@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.integers(min_value=0, max_value=120), min_size=1, max_size=12),
    period=st.sampled_from([7, 30]),
    put_off=st.none() | st.integers(min_value=1, max_value=100),
)
def test_however_often_it_is_run_and_in_whatever_order_of_days_there_is_one_reminder_a_period(days, period, put_off):
    with transaction.atomic():
        person = reader(nag_days=period)
        claim = due_claim()
        if put_off:
            snooze(person, claim, put_off)
        for day in days:
            remind(day)
        told = reminded(person)
        # Each example begins with an empty newsroom.
        transaction.set_rollback(True)
    periods = {day // period for day in days if day >= period}
    assert len(told) == len(set(told))
    if put_off is None:
        assert len(told) == len(periods)
    else:
        assert bool(told) >= (max(days) >= put_off)
        assert len(told) <= len(periods) + 1
        if sorted(days) == days:
            assert min(told, default=put_off) >= put_off


@pytest.mark.django_db
@pytest.mark.parametrize("nag_days", [0, 7])
def test_a_claim_that_was_put_off_is_recalled_once_from_its_day_on_and_not_before(nag_days):
    person = reader(nag_days=nag_days)
    snooze(person, due_claim(), 10)
    for day in range(14):
        remind(day)
        remind(day, hours=1)
    assert reminded(person) == [10]
    assert not Snooze.objects.exists()
    remind(14)
    assert reminded(person) == ([10, 14] if nag_days else [10])


@pytest.mark.django_db
def test_a_claim_that_was_put_off_after_it_was_recalled_is_recalled_again_on_its_day():
    person = reader(nag_days=7)
    claim = due_claim()
    remind(7)
    snooze(person, claim, 10, at=NOW + timedelta(days=8))
    for day in range(8, 15):
        remind(day)
    assert reminded(person) == [7, 10, 14]


@pytest.mark.django_db
def test_a_day_that_passed_in_an_outage_is_made_up_for_once():
    person = reader()
    snooze(person, due_claim(), 3)
    remind(9)
    remind(10)
    assert reminded(person) == [9]


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["settled", "postponed", "settled and reopened"])
def test_putting_off_ends_with_the_claims_being_due(step):
    person = reader()
    claim = due_claim()
    snooze(person, claim, 5)
    if step == "postponed":
        day = TODAY + timedelta(days=2)
        revisit.postpone(claim, revisit_on=day, reason="Later.", by=PersonFactory(), at=NOW, today=TODAY)
        note(NOW + timedelta(days=3))
    else:
        settle(claim, at=NOW + timedelta(days=1))
        if step == "settled and reopened":
            revisit.reopen(claim, reason="New facts.", by=PersonFactory(), at=NOW + timedelta(days=2))
    for day in range(3, 9):
        remind(day)
    assert reminded(person) == []
    assert not Snooze.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "chosen", [{"rhythm": Rhythm.NONE}, {"bounced_at": NOW}, {"is_for_all": False, "is_for_owned": False}]
)
def test_nobody_is_reminded_who_is_not_to_be_written_to_or_does_not_follow_the_claim(chosen):
    person = reader(nag_days=7, **chosen)
    due_claim(owner=person)
    remind(8)
    assert reminded(person) == []


@pytest.mark.django_db
def test_days_are_those_of_the_newsroom(settings):
    settings.TIME_ZONE = "Asia/Jakarta"
    person = reader(nag_days=7)
    # One in the morning on the 23rd, in Jakarta.
    due_claim(at=datetime(2026, 11, 22, 18, 0, tzinfo=UTC))
    now = datetime(2026, 11, 29, 16, 59, tzinfo=UTC)
    assert reminders.remind(date(2026, 11, 29), now) == 0
    assert reminders.remind(date(2026, 11, 30), now + timedelta(minutes=1)) == 1
    assert person.notices.count() == 1


@pytest.mark.django_db
def test_a_pass_that_was_stopped_is_gone_on_with_and_tells_of_no_claim_twice(monkeypatch):
    monkeypatch.setattr(reminders, "CHUNK", 2)
    person = reader(nag_days=7)
    claims = [due_claim() for _ in range(5)]
    now = NOW + timedelta(days=7)
    assert reminders.remind(now.date(), now, is_over=lambda: True) == 2
    assert Preference.of(person).nagged_on is None
    assert reminders.remind(now.date(), now) == 3
    assert sorted(person.notices.values_list("claim", flat=True)) == [claim.pk for claim in claims]
    assert Preference.of(person).nagged_on == now.date()


@pytest.mark.django_db
def test_once_a_day_is_done_its_claims_are_not_looked_at_again(monkeypatch):
    reader(nag_days=7)
    due_claim()
    remind(7)
    monkeypatch.setattr(reminders, "_nag", None)
    assert remind(7, hours=1) == 0


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_claims_of_a_chunk():
    def queries(day):
        with CaptureQueriesContext(connection) as captured:
            remind(day)
        return len(captured)

    person = reader(nag_days=7, is_for_all=False)
    for _ in range(2):
        snooze(person, due_claim(owner=person), 7)
        due_claim(owner=person)
    few = queries(7)
    for _ in range(6):
        snooze(person, due_claim(owner=person), 14, at=NOW + timedelta(days=8))
        due_claim(owner=person)
    assert queries(14) == few


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", list(product([False, True], repeat=4)))
def test_the_claims_that_a_person_follows_are_those_of_which_the_person_is_told(chosen):
    is_for_all, is_for_owned, by_topic, by_claimant = chosen
    person = reader(is_for_all=is_for_all, is_for_owned=is_for_owned)
    preference = Preference.of(person)
    topic = TopicFactory()
    claims = [open_claim(edtf="2020"), open_claim(edtf="2020", owner=person), open_claim(edtf="2020")]
    claims[2].topics.add(topic, TopicFactory())
    preference.topics.set([topic] if by_topic else [])
    preference.claimants.set([claims[0].claimant] if by_claimant else [])
    who = named([claim.pk for claim in claims])
    audience = Audience.wanting()
    told = {pk for pk, one in who.items() if person.pk in audience.following(one)}
    found = followed_by(preference).filter(pk__in=who).values_list("pk", flat=True)
    assert sorted(found) == sorted(told)
