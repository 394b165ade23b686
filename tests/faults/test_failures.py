"""A sweep that fails at any of its statements takes back the chunk it was at, and the next one goes on from there."""

import itertools

import pytest
from django.db import DatabaseError, connection

from claims import sweep
from tests.factories import NOW
from tests.faults.children import Steps
from tests.faults.ledger import TODAY, assert_flagged_once, audit, backlog, flags

pytestmark = pytest.mark.django_db(transaction=True)


class Broken(DatabaseError):
    """What a statement raises here."""


def fail() -> None:
    raise Broken


def test_a_sweep_that_fails_before_or_after_any_statement_leaves_whole_chunks_and_is_taken_up_again():
    whole = set()
    for step in itertools.count(1):
        claims = backlog(5)
        try:
            with Steps(step, fail).counted():
                assert sweep.flag_due(TODAY, now=NOW, chunk=2) == 5
        except Broken:
            # As a worker does between two tasks: one that broke may be in a transaction that nobody knows of.
            connection.close()
            audit(claims)
            flagged = len(flags(claims))
            whole.add(flagged)
            assert sweep.flag_due(TODAY, now=NOW, chunk=2) == 5 - flagged
        else:
            break
        finally:
            assert_flagged_once(claims)
    # Failed in the first chunk, in the second, in the third, and after it.
    assert whole == {0, 2, 4, 5}
    assert step > 15
