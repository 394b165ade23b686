"""Any life a claim may lead: whatever is tried in whatever order, the invariants hold."""

import itertools
from contextlib import suppress
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from claims import logbook, revisit, sweep
from claims.lifecycle import EventKind, IllegalTransition, Status, Verdict
from claims.models import Claim, Event, Evidence, Review
from tests.factories import NOW, CitationFactory, ClaimantFactory, ClaimFactory, PersonFactory, window

REFUSED = (IllegalTransition, ValidationError)
YEARS = st.integers(2025, 2032).map(str)


class Life(RuleBasedStateMachine):
    """A claim, a clock that goes on, and a newsroom that tries everything."""

    @initialize(edtf=YEARS | st.just(""))
    def log(self, edtf):
        self.today, self.flags_allowed = date(2026, 1, 1), 0
        self.editor = PersonFactory()
        self.claim_id = ClaimFactory(edtf=edtf, claimant=ClaimantFactory()).pk

    @property
    def claim(self):
        return Claim.objects.get(pk=self.claim_id)

    @rule()
    def cite(self):
        CitationFactory(claim=self.claim)

    @rule()
    def publish(self):
        with suppress(*REFUSED):
            revisit.publish(self.claim, by=self.editor, at=NOW)

    @rule(edtf=YEARS)
    def edit(self, edtf):
        with suppress(*REFUSED), logbook.amending(self.claim, by=self.editor, at=NOW) as held:
            held.project(window(edtf), phrase=edtf)

    @rule(days=st.integers(-5, 800))
    def postpone(self, days):
        day = self.today + timedelta(days=days)
        with suppress(*REFUSED):
            revisit.postpone(self.claim, revisit_on=day, reason="r", by=self.editor, at=NOW, today=self.today)

    @rule(edtf=YEARS)
    def reschedule(self, edtf):
        with suppress(*REFUSED):
            revisit.reschedule(self.claim, window(edtf), phrase=edtf, reason="r", by=self.editor, at=NOW)

    @rule(days=st.integers(0, 400))
    def sweep(self, days):
        self.today += timedelta(days=days)
        expected = Claim.objects.due(self.today).count()
        assert sweep.flag_due(self.today, now=NOW) == expected

    @rule(verdict=st.sampled_from(Verdict.values), early=st.booleans())
    def review(self, verdict, early):
        evidence = [Evidence(url="https://a.example/", stance="supports")]
        with suppress(*REFUSED):
            review = revisit.draft_review(
                self.claim,
                verdict=verdict,
                summary="s",
                evidence=evidence,
                author=self.editor,
                at=NOW,
                early_outcome=early,
            )
            revisit.publish_review(review, by=self.editor, at=NOW, today=self.today)

    @rule()
    def reopen(self):
        with suppress(*REFUSED):
            revisit.reopen(self.claim, reason="r", by=self.editor, at=NOW)

    @rule(sure=st.integers(0, 9))
    def withdraw(self, sure):
        if sure == 9:
            with suppress(*REFUSED):
                revisit.withdraw(self.claim, reason="r", by=self.editor, at=NOW)

    @invariant()
    def holds(self):
        claim = self.claim
        current = Review.objects.published().filter(claim=claim, superseded_by__isnull=True)
        assert (claim.status == Status.RESOLVED) == (claim.current_review_id is not None)
        assert current.count() <= 1
        if claim.current_review_id:
            assert current.get().pk == claim.current_review_id
        if claim.status not in {Status.DRAFT, Status.WITHDRAWN}:
            assert claim.citations.exists()
            assert claim.revisit_on is not None
        flags = Event.objects.filter(claim=claim, kind=EventKind.FLAGGED)
        assert flags.count() <= claim.round
        last = claim.events.last()
        assert claim.status == (last.to_status if last else Status.DRAFT)
        statuses = list(claim.events.values_list("from_status", "to_status"))
        assert all(after[0] == before[1] for before, after in itertools.pairwise(statuses))


class AnyLife(Life.TestCase, TestCase):
    settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
