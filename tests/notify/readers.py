"""People who are told, and the steps by which word gets from the sweep to their letters."""

from claims import revisit, sweep
from claims.models import Notice, Preference
from claims.notify import letters, mail, outbox
from tests.factories import NOW, EvidenceFactory, PersonFactory, ReviewFactory


def reader(**chosen):
    """A person with an address who is told of all claims, unless chosen otherwise."""
    person = PersonFactory(email=chosen.pop("email", None) or f"reader{Preference.objects.count()}@newsroom.example")
    Preference.objects.create(person=person, **{"is_for_all": True, **chosen})
    return person


def note(now=NOW, today=None):
    """Flag what is due and write down who is told."""
    sweep.flag_due(today or now.date(), now=now)
    outbox.fan_out(now)


def write(now=NOW):
    """Flag, tell and write letters; how many."""
    note(now)
    return letters.write_letters(now)


def send(now=NOW):
    """One pass of the sender; how many were taken."""
    return mail.deliver_letters(lambda: now)


def settle(claim, at=NOW):
    """Publish a verdict."""
    claim.refresh_from_db()
    review = ReviewFactory(claim=claim, early_outcome=True)
    EvidenceFactory(review=review)
    revisit.publish_review(review, by=review.author, at=at, today=at.date(), claim=claim)


def waiting(person):
    """How many notices wait for the person."""
    return Notice.objects.waiting().filter(person=person).count()
