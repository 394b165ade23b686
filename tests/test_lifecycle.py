"""The table of a claim's life."""

import pytest

from claims.lifecycle import TRANSITIONS, EventKind, IllegalTransition, Status, check, legal_from


def test_a_draft_can_be_published_or_withdrawn_and_nothing_else():
    assert legal_from(Status.DRAFT) == [EventKind.PUBLISHED, EventKind.WITHDRAWN]


def test_nothing_follows_a_withdrawal():
    assert legal_from(Status.WITHDRAWN) == []


def test_postponing_and_rescheduling_are_legal_from_open_and_from_due():
    for event in (EventKind.POSTPONED, EventKind.RESCHEDULED):
        assert TRANSITIONS[event].sources == {Status.OPEN, Status.DUE}


def test_a_resolved_claim_is_reopened_before_anything_else_happens_to_it():
    assert legal_from(Status.RESOLVED) == [EventKind.REOPENED, EventKind.WITHDRAWN]


def test_an_illegal_step_names_the_legal_ones():
    with pytest.raises(IllegalTransition, match="possible from here: reopened, withdrawn") as caught:
        check(EventKind.PUBLISHED, Status.RESOLVED, Status.OPEN)
    assert caught.value.legal == [EventKind.REOPENED, EventKind.WITHDRAWN]


@pytest.mark.parametrize("event", [EventKind.LOGGED, EventKind.EDITED, EventKind.CORRECTED])
def test_events_that_move_nothing_are_no_steps(event):
    with pytest.raises(IllegalTransition):
        check(event, Status.OPEN, Status.OPEN)
