"""Clearing away what was sent long ago."""

from datetime import timedelta

import pytest

from claims.models import Delivery, Letter, Notice
from claims.models.parcel import State
from claims.notify import outbox, pruning
from tests.factories import NOW, WebhookFactory, open_claim
from tests.notify.readers import reader, settle, write

LATER = NOW + pruning.KEPT + timedelta(seconds=1)


def deliver_all():
    for parcel in [*Letter.objects.all(), *Delivery.objects.all()]:
        parcel.deliver(NOW)


@pytest.mark.django_db
def test_what_was_sent_is_kept_for_ninety_days_and_then_removed():
    reader(), WebhookFactory()
    open_claim(edtf="2020")
    write()
    deliver_all()
    assert pruning.prune(NOW + pruning.KEPT) == 0
    assert pruning.prune(LATER) == 4
    assert not Letter.objects.exists()
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_what_was_removed_is_not_told_again():
    reader()
    open_claim(edtf="2020")
    write()
    deliver_all()
    pruning.prune(LATER)
    assert write(LATER) == 0
    assert outbox.fan_out(LATER) == 0


@pytest.mark.django_db
def test_what_waits_or_was_given_up_is_kept():
    for _ in range(2):
        reader()
    open_claim(edtf="2020")
    write()
    Letter.objects.first().park(NOW, "No.")
    assert pruning.prune(LATER) == 0
    assert {letter.state for letter in Letter.objects.all()} == {State.PENDING, State.PARKED}


@pytest.mark.django_db
def test_a_notice_that_was_dropped_is_removed_after_ninety_days():
    reader()
    claim = open_claim(edtf="2020")
    outbox.fan_out(NOW)
    write()
    settle(claim, at=NOW + timedelta(seconds=1))
    Notice.objects.update(letter=None, dropped_at=NOW)
    assert pruning.prune(LATER) == 1


@pytest.mark.django_db
def test_it_goes_on_in_small_steps_until_nothing_is_left_or_time_is_up(monkeypatch):
    monkeypatch.setattr(pruning, "LETTERS", 2)
    for _ in range(5):
        reader()
    open_claim(edtf="2020")
    write()
    deliver_all()
    assert pruning.prune(LATER, is_over=lambda: True) == 4
    assert pruning.prune(LATER) == 6


@pytest.mark.django_db
def test_a_letter_that_is_put_back_while_it_is_cleared_away_stays():
    reader()
    open_claim(edtf="2020")
    write()
    deliver_all()
    found = list(Letter.objects.values_list("pk", flat=True))
    Letter.objects.all().send_again(LATER)
    assert pruning._remove_letters(Letter.objects.filter(delivered_at__lt=LATER), found) == 0
    assert Notice.objects.filter(letter__in=found).count() == 1
