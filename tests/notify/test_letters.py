"""Composing letters: at once, in digests, each day or week once, and of each claim once."""

import threading
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, connection
from django.test.utils import CaptureQueriesContext

from claims import sweep
from claims.models import Event, Letter, Notice, Occasion, Preference, Rhythm
from claims.notify import letters, outbox, reminders
from tests.factories import NOW, due_claim, open_claim
from tests.notify.readers import note, reader, settle, waiting, write

# A Sunday.
TODAY = NOW.date()


def at(days, hour, minute=0, zone="UTC"):
    """A moment by the newsroom's clock, so many days from the Sunday of NOW."""
    day = TODAY + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def written(person=None):
    """When letters were written, by how many claims each of them names."""
    mine = Letter.objects.filter(person=person) if person else Letter.objects.all()
    return [(letter.created_at, letter.notices.count()) for letter in mine.order_by("pk")]


@pytest.mark.django_db
def test_what_waits_goes_into_one_letter_at_once():
    person = reader()
    for _ in range(3):
        open_claim(edtf="2020")
    assert write() == 1
    assert written(person) == [(NOW, 3)]
    letter = Letter.objects.get()
    assert (letter.is_digest, letter.next_attempt_at) == (False, NOW)
    assert write() == 0


@pytest.mark.django_db
def test_a_daily_digest_is_written_from_seven_on_and_once_a_day():
    person = reader(rhythm=Rhythm.DAILY)
    open_claim(edtf="2020")
    assert write(at(0, 0, 1)) == 0
    assert letters.write_letters(at(0, 6, 59)) == 0
    assert letters.write_letters(at(0, 7)) == 1
    assert Letter.objects.get().is_digest
    open_claim(edtf="2021")
    assert write(at(0, 9)) == 0
    assert letters.write_letters(at(0, 23, 59)) == 0
    assert letters.write_letters(at(1, 0)) == 0
    assert letters.write_letters(at(1, 7, 30)) == 1
    assert written(person) == [(at(0, 7), 1), (at(1, 7, 30), 1)]


@pytest.mark.django_db
def test_a_weekly_digest_is_written_on_mondays():
    person = reader(rhythm=Rhythm.WEEKLY)
    open_claim(edtf="2020")
    note(at(0, 8))
    for day in range(10):
        for hour in (0, 6, 7, 12, 23):
            letters.write_letters(at(day, hour))
        if day == 2:
            open_claim(edtf="2021")
            note(at(day, 23))
    assert written(person) == [(at(1, 7), 1), (at(8, 7), 1)]


@pytest.mark.django_db
def test_a_weekly_digest_that_could_not_be_written_on_monday_is_written_on_the_next_day_that_it_can():
    person = reader(rhythm=Rhythm.WEEKLY)
    open_claim(edtf="2020")
    note(at(1, 23, 30))
    assert letters.write_letters(at(3, 5)) == 0
    assert letters.write_letters(at(3, 8)) == 1
    open_claim(edtf="2021")
    note(at(3, 9))
    assert letters.write_letters(at(4, 9)) == 0
    assert letters.write_letters(at(8, 7)) == 1
    assert written(person) == [(at(3, 8), 1), (at(8, 7), 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.WEEKLY])
def test_an_outage_of_a_week_is_followed_by_one_digest(rhythm):
    reader(rhythm=rhythm)
    for days in range(8):
        open_claim(edtf="2020", revisit_on=TODAY + timedelta(days=days))
    # Monday's nightfall, with nothing done since the Sunday before.
    now = at(8, 20)
    for _ in range(3):
        write(now)
        now += timedelta(minutes=1)
    assert written() == [(at(8, 20), 8)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Asia/Jakarta", 0),
        ("America/Los_Angeles", 0),
        ("Pacific/Kiritimati", 0),
        # Clocks are set forward on the 8th of March 2026 at two, and in Santiago on the 6th of September at midnight.
        ("America/New_York", -259),
        ("America/Santiago", -77),
        # And back.
        ("Europe/Berlin", -28),
    ],
)
def test_seven_o_clock_is_the_newsrooms(settings, zone, day):
    settings.TIME_ZONE = zone
    reader(rhythm=Rhythm.DAILY)
    open_claim(edtf="2020", at=at(day, 0, 0, zone))
    note(at(day, 6, 58, zone), today=TODAY + timedelta(days=day))
    assert letters.write_letters(at(day, 6, 59, zone)) == 0
    assert letters.write_letters(at(day, 7, 0, zone)) == 1
    assert Preference.objects.get().digest_on == TODAY + timedelta(days=day)
    assert letters.write_letters(at(day, 23, 59, zone)) == 0


@pytest.mark.django_db
def test_a_digest_of_a_day_that_lies_ahead_keeps_none_of_the_days_before_it_from_having_theirs():
    reader(rhythm=Rhythm.DAILY, digest_on=TODAY + timedelta(days=400))
    open_claim(edtf="2020")
    assert write(at(0, 8)) == 1


@pytest.mark.django_db
def test_a_digest_of_claims_that_were_all_settled_is_none_and_the_day_may_still_have_one():
    reader(rhythm=Rhythm.DAILY)
    claim = open_claim(edtf="2020", at=at(0, 0))
    note(at(0, 1))
    Preference.objects.update(rhythm=Rhythm.AT_ONCE)
    settle(claim, at=at(0, 2))
    outbox.fan_out(at(0, 2))
    Preference.objects.update(rhythm=Rhythm.DAILY)
    assert letters.write_letters(at(0, 7)) == 0
    open_claim(edtf="2020", at=at(0, 8))
    assert write(at(0, 8)) == 1


@pytest.mark.django_db
def test_a_notice_of_a_claim_that_was_settled_is_dropped_and_not_written():
    person = reader()
    settled, due = open_claim(edtf="2020"), open_claim(edtf="2020")
    note()
    settle(settled, at=NOW + timedelta(seconds=1))
    assert letters.write_letters(NOW + timedelta(seconds=2)) == 1
    assert [notice.claim for notice in Letter.objects.get().notices.all()] == [due]
    assert person.notices.get(claim=settled).dropped_at == NOW + timedelta(seconds=2)


@pytest.mark.django_db
def test_a_claim_that_fell_due_and_is_still_due_is_named_once():
    person = reader(rhythm=Rhythm.WEEKLY, nag_days=7)
    claim = due_claim(at=NOW - timedelta(days=15))
    outbox.fan_out(NOW)
    for day in (-8, -1):
        reminders.remind(TODAY + timedelta(days=day), NOW + timedelta(days=day))
    assert waiting(person) == 3
    assert letters.write_letters(at(1, 7)) == 1
    assert list(Letter.objects.get().notices.values_list("claim", "occasion")) == [(claim.pk, Occasion.DUE)]
    assert waiting(person) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["chose none", "was deactivated", "has no address"])
def test_what_waits_for_somebody_who_is_not_to_be_written_to_any_more_is_dropped(change):
    person, other = reader(), reader()
    open_claim(edtf="2020")
    note()
    preference = Preference.of(person)
    if change == "chose none":
        preference.choose(Rhythm.NONE)
    else:
        person.is_active, person.email = change == "has no address", "" if change == "has no address" else "a@b.example"
        person.save()
    assert letters.write_letters(NOW) == 1
    assert Letter.objects.get().person == other
    assert person.notices.get().dropped_at == NOW


@pytest.mark.django_db
@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAILY])
def test_more_claims_than_a_letter_holds_go_into_further_letters_right_away(monkeypatch, rhythm):
    monkeypatch.setattr(letters, "MOST", 3)
    monkeypatch.setattr(letters, "LOOK", 5)
    person = reader(rhythm=rhythm)
    for _ in range(11):
        open_claim(edtf="2020")
    assert write() == 4
    assert [count for _at, count in written(person)] == [3, 3, 3, 2]
    assert waiting(person) == 0


@pytest.mark.django_db
def test_a_digest_in_several_letters_that_was_interrupted_is_gone_on_with(monkeypatch):
    monkeypatch.setattr(letters, "MOST", 2)
    person = reader(rhythm=Rhythm.DAILY)
    for _ in range(5):
        open_claim(edtf="2020")
    note()
    assert letters.write_letters(NOW, is_over=lambda: True) == 1
    assert Preference.of(person).digest_on is None
    assert letters.write_letters(NOW) == 2
    assert Preference.of(person).digest_on == TODAY


@pytest.mark.django_db
def test_no_transaction_looks_at_more_notices_than_it_may_however_many_wait(monkeypatch):
    monkeypatch.setattr(letters, "LOOK", 50)
    monkeypatch.setattr(letters, "MOST", 20)
    person = reader()
    claim = due_claim()
    event = Event.objects.get(claim=claim, kind="flagged")
    Notice.objects.bulk_create(
        Notice(
            person=person,
            claim=claim,
            event=event,
            occasion=Occasion.DUE,
            key=f"{person.pk}:{event.pk}:due:{n}",
            created_at=NOW,
        )
        for n in range(400)
    )
    looked_at = []
    choose = letters._choose
    monkeypatch.setattr(
        letters, "_choose", lambda rows, found, now: looked_at.append(len(found)) or choose(rows, found, now)
    )
    with CaptureQueriesContext(connection) as captured:
        assert letters.write_letters(NOW) == 1
    assert looked_at == [50]
    assert len(captured) < 20
    assert waiting(person) == 0


@pytest.mark.django_db
def test_a_letter_that_fails_half_way_leaves_everything_as_it_was_and_is_written_the_next_time(monkeypatch):
    person = reader(rhythm=Rhythm.DAILY)
    open_claim(edtf="2020")
    note()
    monkeypatch.setattr(Letter.objects, "create", Mock(side_effect=OSError))
    with pytest.raises(OSError):  # noqa: PT011 - ours
        letters.write_letters(NOW)
    assert (waiting(person), Preference.of(person).digest_on) == (1, None)
    monkeypatch.undo()
    assert letters.write_letters(NOW) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.DAILY])
def test_five_who_write_at_once_write_each_letter_once(rhythm):
    people = [reader(rhythm=rhythm) for _ in range(3)]
    for _ in range(10):
        open_claim(edtf="2020")
    note()
    start = threading.Barrier(5)
    failures = []

    def work():
        start.wait()
        try:
            letters.write_letters(NOW)
        except Error as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=work) for _ in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert [written(person) for person in people] == [[(NOW, 10)]] * 3


@pytest.mark.django_db
def test_the_queries_for_a_letter_do_not_grow_with_its_claims():
    def queries():
        sweep.flag_due(TODAY, now=NOW)
        outbox.fan_out(NOW)
        with CaptureQueriesContext(connection) as captured:
            assert letters.write_letters(NOW) == 1
        return len(captured)

    reader()
    open_claim(edtf="2020")
    few = queries()
    for _ in range(12):
        open_claim(edtf="2020")
    assert queries() == few
