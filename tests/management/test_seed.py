"""`manage.py seed`."""

import io

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim

pytestmark = pytest.mark.django_db


def seed(**options):
    """What the command prints, and what it complains of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("seed", stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"{error}\n")
    return out.getvalue(), err.getvalue()


def test_it_says_how_many_claims_were_added_and_then_that_nothing_is_new():
    assert seed() == ("8 claims added\n", "")
    assert Claim.objects.published().count() == 8
    assert seed() == ("nothing new\n", "")


def test_it_can_be_told_to_be_quiet():
    assert seed(verbosity=0) == ("", "")
    assert Claim.objects.count() == 8


def test_each_row_that_cannot_be_loaded_has_a_line_of_its_own_and_the_command_fails(settings, tmp_path):
    settings.SEEDS_DIR = tmp_path
    (tmp_path / "topics.csv").write_text("slug,name\nA,\n")
    out, err = seed()
    lines = err.splitlines()
    assert out == ""
    assert "claims.csv: This file cannot be read: No such file or directory." in lines
    assert "topics.csv, line 2, name: This must not be empty." in lines
    assert lines[-1] == f"nothing was loaded: {len(lines) - 1} faults to mend"
    assert not Claim.objects.exists()
