"""Any life a claim may lead: each time that it is due, its readers are told once, and of nothing that is over."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from django.core import mail as sent
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from claims import revisit, sweep
from claims.lifecycle import EventKind, IllegalTransition, Status, Verdict
from claims.models import Bookmark, Claim, Event, Evidence, Letter, Notice, Occasion, Preference, Rhythm
from claims.notify import letters, mail, outbox
from tests.factories import NOW, PersonFactory, open_claim, window

REFUSED = (IllegalTransition, ValidationError)
SPELLS = (EventKind.FLAGGED, EventKind.REOPENED)


class Spells(RuleBasedStateMachine):
    """A few claims, a clock that goes on, a reader at once and a reader of digests, and an outbox that stumbles."""

    def __init__(self):
        super().__init__()
        # What one example leaves behind, the next one would be told of.
        self.example = transaction.atomic()
        self.example.__enter__()

    @initialize()
    def begin(self):
        Bookmark.objects.update_or_create(name=outbox.NAME, defaults={"event": 0})
        sent.outbox.clear()
        self.now, self.told = NOW, Counter()
        self.editor = PersonFactory(email="")
        self.at_once = PersonFactory(email="once@newsroom.example")
        self.daily = PersonFactory(email="daily@newsroom.example")
        Preference.objects.create(person=self.at_once, is_for_all=True)
        Preference.objects.create(person=self.daily, is_for_all=True, rhythm=Rhythm.DAILY)
        self.claims = [open_claim(edtf=edtf, at=self.now).pk for edtf in ("2020", "2021", "2026-12")]

    def a_claim(self, number):
        self.now += timedelta(minutes=1)
        return Claim.objects.get(pk=self.claims[number])

    @rule(number=st.integers(0, 2), days=st.integers(1, 90))
    def postpone(self, number, days):
        today, claim = self.now.date(), self.a_claim(number)
        with suppress(*REFUSED):
            day = today + timedelta(days=days)
            revisit.postpone(claim, revisit_on=day, reason="r", by=self.editor, at=self.now, today=today)

    @rule(number=st.integers(0, 2), edtf=st.sampled_from(["2022", "2026-11", "2027"]))
    def reschedule(self, number, edtf):
        claim = self.a_claim(number)
        with suppress(*REFUSED):
            revisit.reschedule(claim, window(edtf), phrase=edtf, reason="r", by=self.editor, at=self.now)

    @rule(number=st.integers(0, 2))
    def settle(self, number):
        claim = self.a_claim(number)
        with suppress(*REFUSED):
            evidence = [Evidence(url="https://a.example/", stance="supports")]
            given = {"verdict": Verdict.TRUE, "summary": "s", "evidence": evidence, "author": self.editor}
            review = revisit.draft_review(claim, at=self.now, **given)
            revisit.publish_review(review, by=self.editor, at=self.now, today=self.now.date(), claim=claim)

    @rule(number=st.integers(0, 2))
    def reopen(self, number):
        claim = self.a_claim(number)
        with suppress(*REFUSED):
            revisit.reopen(claim, reason="r", by=self.editor, at=self.now)

    @rule(number=st.integers(0, 2))
    def withdraw(self, number):
        claim = self.a_claim(number)
        if number == 0:
            with suppress(*REFUSED):
                revisit.withdraw(claim, reason="r", by=self.editor, at=self.now)

    @rule(days=st.integers(0, 40), hours=st.integers(0, 23))
    def sweep(self, days, hours):
        self.now += timedelta(days=days, hours=hours)
        sweep.flag_due(self.now.date(), now=self.now)

    @rule(is_read_again=st.booleans())
    def fan_out(self, is_read_again):
        if is_read_again:
            Bookmark.objects.update(event=0)
        outbox.fan_out(self.now)

    @rule()
    def write(self):
        letters.write_letters(self.now)

    @rule()
    def deliver(self):
        before = len(sent.outbox)
        mail.deliver_letters(lambda: self.now)
        for message in sent.outbox[before:]:
            self.read(message)

    def read(self, message):
        """What a letter tells at once must be true at that moment; whom it tells is counted by spell."""
        if message.to != [self.at_once.email]:
            return
        for claim in Claim.objects.filter(pk__in=self.claims):
            if mentions := message.body.count(f"/claims/{claim.public_id}/"):
                assert (mentions, claim.status) == (1, Status.DUE)
                self.told[self.spell(claim)] += 1

    def spell(self, claim):
        return Event.objects.filter(claim=claim, kind__in=SPELLS, at=claim.flagged_at).get().pk

    @invariant()
    def nobody_is_told_twice(self):
        if hasattr(self, "told"):
            assert all(count == 1 for count in self.told.values())
            carried = Notice.objects.filter(letter__isnull=False, occasion=Occasion.DUE)
            assert all(n == 1 for n in Counter(carried.values_list("person", "event")).values())

    def teardown(self):
        try:
            if hasattr(self, "told"):
                self.all_is_told_in_the_end()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def all_is_told_in_the_end(self):
        """When all has been read, written and sent, every spell that lasts has been told to both."""
        self.now = (self.now + timedelta(days=2)).replace(hour=8)
        for step in (self.write, self.deliver):
            outbox.fan_out(self.now)
            step()
        lasting = {self.spell(claim) for claim in Claim.objects.filter(pk__in=self.claims, status=Status.DUE)}
        assert lasting <= set(self.told)
        delivered = Letter.objects.filter(person=self.daily, delivered_at__isnull=False)
        assert lasting <= set(Notice.objects.filter(letter__in=delivered).values_list("event", flat=True))


class AnySpells(Spells.TestCase, TestCase):
    settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
