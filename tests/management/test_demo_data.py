"""`manage.py demo_data`: as many invented claims as are asked for, in a database that has no others."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction

from claims.exchange.demo import filling
from claims.management import first_start
from claims.models import Claim, Event
from tests.factories import CitationFactory, open_claim

pytestmark = pytest.mark.django_db


def demo(claims, *more):
    call_command("demo_data", "--claims", str(claims), "--today", "2026-11-22", *more)


def told():
    """All that is said of the claims; ids differ with what the database has numbered before."""
    names = ("public_id", "statement", "claimant__slug", "status", "revisit_on", "citations__quote", "events__at")
    return sorted(map(str, Claim.objects.values_list(*names)))


def told_by(*arguments):
    with transaction.atomic():
        demo(*arguments)
        found = told()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_claims_and_another_one_others():
    assert told_by(40, "--seed", "1") == told_by(40, "--seed", "1") != told_by(40, "--seed", "2")


def test_a_second_run_tops_up_to_the_number_and_gives_what_one_run_would_have(capsys):
    at_once = told_by(60)
    capsys.readouterr()
    demo(20)
    demo(60)
    demo(60)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" in ")[0] for line in lines] == ["20 demo claims added", "40 demo claims added", "nothing new"]
    assert told() == at_once


def test_an_interrupted_run_leaves_whole_claims_and_goes_on_from_there(monkeypatch):
    whole = told_by(60)
    monkeypatch.setattr(filling, "CHUNK", 5)
    insert = filling.bulk.insert

    def interrupted(model, columns, rows):
        if model is Event and Claim.objects.count() == 40:
            raise KeyboardInterrupt
        insert(model, columns, rows)

    with monkeypatch.context() as patch:
        patch.setattr(filling.bulk, "insert", interrupted)
        with pytest.raises(CommandError, match="the same command goes on"):
            demo(60)
    assert Claim.objects.count() == 20
    demo(60)
    assert told() == whole


def test_it_refuses_to_run_among_real_claims_unless_forced():
    open_claim()
    with pytest.raises(CommandError, match="no demo data; --force"):
        demo(20)
    assert Claim.objects.count() == 1
    demo(20, "--force")
    assert Claim.objects.count() == 21


def test_new_claims_are_numbered_after_the_demo():
    demo(20)
    claim = open_claim()
    assert claim.pk == max(Claim.objects.values_list("pk", flat=True))
    CitationFactory(claim=claim)


def test_the_first_start_still_makes_an_editor_who_can_log_in():
    demo(20)
    first_start.create_first_editor(say=lambda line: None)
    assert [person.username for person in User.objects.filter(is_active=True)] == ["editor"]


@pytest.mark.parametrize("claims", ["0", "-1", "many", "1.5", "²", "100000000"])
def test_it_refuses_what_is_no_number_of_claims(claims):
    with pytest.raises(CommandError, match="whole number from 1 to 10000000"):
        demo(claims)


@pytest.mark.parametrize("today", ["2015-12-31", "2060-01-01", "tomorrow"])
def test_it_refuses_a_day_with_nothing_behind_it_or_ahead(today):
    with pytest.raises(CommandError, match="--today"):
        call_command("demo_data", "--claims", "20", "--today", today)
