"""The life of a claim as data: its states, verdicts, the events that befall it, and which may follow which."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a claim stands in the newsroom's work."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    DUE = "due", _("Due for revisiting")
    RESOLVED = "resolved", _("Resolved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verdict(TextChoices):
    """What a review found."""

    TRUE = "true", _("True")
    PARTLY_TRUE = "partly_true", _("Partly true")
    FALSE = "false", _("False")
    UNVERIFIABLE = "unverifiable", _("Unverifiable")
    VOID = "void", _("Void: its premise is gone")


# ClaimReview's number from 1 to 5; a verdict that is not here has none.
RATINGS = {Verdict.TRUE: 5, Verdict.PARTLY_TRUE: 3, Verdict.FALSE: 1}
# Verdicts against a claim: before its window has ended they must be said to be early.
NEGATIVE = frozenset({Verdict.FALSE, Verdict.PARTLY_TRUE, Verdict.VOID})


class Schedule(TextChoices):
    """Where today stands to a claim's window; computed, never stored."""

    UPCOMING = "upcoming", _("Upcoming")
    IN_WINDOW = "in_window", _("In its window")
    OVERDUE = "overdue", _("Past its window")
    UNDATED = "undated", _("Undated")


class EventKind(TextChoices):
    """What can befall a claim; each is a row of the ledger."""

    LOGGED = "logged", _("Logged")
    PUBLISHED = "published", _("Published")
    EDITED = "edited", _("Edited")
    FLAGGED = "flagged", _("Flagged for revisiting")
    POSTPONED = "postponed", _("Postponed")
    RESCHEDULED = "rescheduled", _("Rescheduled")
    REVIEWED = "reviewed", _("Reviewed")
    REOPENED = "reopened", _("Reopened")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CORRECTED = "corrected", _("Corrected")


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of a claim's life: the event that records it, where it may begin and where it ends."""

    event: EventKind
    sources: frozenset[Status]
    target: Status


def _step(event: EventKind, sources: Collection[Status], target: Status) -> tuple[EventKind, Transition]:
    return event, Transition(event, frozenset(sources), target)


TRANSITIONS: dict[EventKind, Transition] = dict(
    (
        _step(EventKind.PUBLISHED, {Status.DRAFT}, Status.OPEN),
        _step(EventKind.FLAGGED, {Status.OPEN}, Status.DUE),
        _step(EventKind.POSTPONED, {Status.OPEN, Status.DUE}, Status.OPEN),
        _step(EventKind.RESCHEDULED, {Status.OPEN, Status.DUE}, Status.OPEN),
        _step(EventKind.REVIEWED, {Status.OPEN, Status.DUE}, Status.RESOLVED),
        _step(EventKind.REOPENED, {Status.RESOLVED}, Status.DUE),
        _step(EventKind.WITHDRAWN, {Status.DRAFT, Status.OPEN, Status.DUE, Status.RESOLVED}, Status.WITHDRAWN),
    )
)


class IllegalTransition(Exception):
    """A step that the table does not allow from where the claim stands."""

    def __init__(self, event: EventKind, status: Status) -> None:
        self.event, self.status, self.legal = event, status, legal_from(status)
        allowed = ", ".join(self.legal) or "nothing"
        super().__init__(f"A claim that is {status.value} cannot be {event.value}; possible from here: {allowed}.")


def legal_from(status: Status) -> list[EventKind]:
    """The events that may follow in this status, in the table's order."""
    return [event for event, transition in TRANSITIONS.items() if status in transition.sources]


def check(event: EventKind, source: Status, target: Status) -> None:
    """Raise IllegalTransition unless the table leads from source to target by this event."""
    transition = TRANSITIONS.get(event)
    if transition is None or source not in transition.sources or transition.target != target:
        raise IllegalTransition(event, source)
