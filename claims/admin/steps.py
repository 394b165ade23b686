"""The steps of a claim's life at the desk: a small form each, shown only where the step may be taken."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.forms import CharField, DateField, Form, HiddenInput, IntegerField
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from claims import logbook, revisit
from claims.lifecycle import EventKind, Status, legal_from
from claims.models import Actor, Claim, Event, StaleClaim
from claims.plain_text import OddText, plain


class PlainText(CharField):
    """Text that can be kept."""

    def __init__(self, *, is_long: bool = False, **options: Any) -> None:
        self.is_long = is_long
        super().__init__(widget=AdminTextareaWidget if is_long else AdminTextInputWidget, **options)

    def to_python(self, value: Any) -> str:
        """In normal form; ValidationError for what cannot be kept."""
        try:
            return plain(super().to_python(value) or "", is_long=self.is_long)
        except OddText as error:
            raise ValidationError(str(error)) from None


class Reason(PlainText):
    """Why a step is taken; it stands in the history."""

    def __init__(self) -> None:
        super().__init__(
            is_long=True,
            label=gettext_lazy("Reason"),
            max_length=1000,
            help_text=gettext_lazy("Stands in the history."),
        )


class Step(Form):
    """One step: its name in addresses, who may take it, and what it asks."""

    name: ClassVar[str]
    event: ClassVar[EventKind]
    permission: ClassVar[str] = "claims.change_claim"
    verb: ClassVar[Promise]
    explanation: ClassVar[Promise]

    seen_version = IntegerField(widget=HiddenInput)

    def __init__(self, *args: Any, claim: Claim, **options: Any) -> None:
        self.claim = claim
        super().__init__(*args, **options)
        self.initial["seen_version"] = claim.version

    @classmethod
    def is_open_to(cls, request: HttpRequest, claim: Claim) -> bool:
        """Whether this person may take it from where the claim stands."""
        return cls.event in legal_from(Status(claim.status)) and request.user.has_perm(cls.permission)

    def clean(self) -> dict[str, Any] | None:
        """Nobody decides on a claim that they have not seen."""
        if self.cleaned_data.get("seen_version") not in {None, self.claim.version}:
            self.add_error(None, str(StaleClaim()))
        return super().clean()

    def take(self, *, by: Actor, at: datetime, today: date) -> Event:
        """The Event of the step."""
        raise NotImplementedError


class Publish(Step):
    name, event, permission = "publish", EventKind.PUBLISHED, "claims.publish_claim"
    verb = gettext_lazy("Publish")
    explanation = gettext_lazy(
        "It goes on the record, and on the timeline. From then on it can be withdrawn, not deleted."
    )

    def take(self, *, by: Actor, at: datetime, today: date) -> Event:
        return revisit.publish(self.claim, by=by, at=at)


class Postpone(Step):
    name, event = "postpone", EventKind.POSTPONED
    verb = gettext_lazy("Postpone")
    explanation = gettext_lazy(
        "Too early to tell: the projected date stays, and the claim is open again until the day you choose."
    )

    revisit_on = DateField(label=gettext_lazy("Revisit on"), widget=AdminDateWidget)
    reason = Reason()

    def take(self, *, by: Actor, at: datetime, today: date) -> Event:
        given = self.cleaned_data
        return revisit.postpone(
            self.claim, revisit_on=given["revisit_on"], reason=given["reason"], by=by, at=at, today=today
        )


class Reschedule(Step):
    name, event = "reschedule", EventKind.RESCHEDULED
    verb = gettext_lazy("Reschedule")
    explanation = gettext_lazy(
        "The claimant moved the goalposts: the first date is kept, and the slip is counted from it."
    )

    projected_phrase = PlainText(
        label=gettext_lazy("Now projected for"),
        max_length=200,
        help_text=gettext_lazy("As printed: by June 2027, Q3 2026."),
    )
    said_on = DateField(
        label=gettext_lazy("Said on"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("The day the new date was given; “next year” counts from here."),
    )
    revisit_on = DateField(
        label=gettext_lazy("Revisit on"),
        widget=AdminDateWidget,
        required=False,
        help_text=gettext_lazy("Empty: the day after the window closes."),
    )
    reason = Reason()

    def take(self, *, by: Actor, at: datetime, today: date) -> Event:
        given, claim = self.cleaned_data, self.claim
        projected, phrase = logbook.read_projection(
            phrase=given["projected_phrase"], edtf="", made_on=given["said_on"], language=claim.language
        )
        return revisit.reschedule(
            claim, projected, phrase=phrase, reason=given["reason"], by=by, at=at, revisit_on=given["revisit_on"]
        )


class Reopen(Step):
    name, event, permission = "reopen", EventKind.REOPENED, "claims.reopen_claim"
    verb = gettext_lazy("Reopen")
    explanation = gettext_lazy("It is due again; its verdict stays on the record until another one supersedes it.")
    reason = Reason()

    def take(self, *, by: Actor, at: datetime, today: date) -> Event:
        return revisit.reopen(self.claim, reason=self.cleaned_data["reason"], by=by, at=at)


class Withdraw(Step):
    name, event, permission = "withdraw", EventKind.WITHDRAWN, "claims.withdraw_claim"
    verb = gettext_lazy("Withdraw")
    explanation = gettext_lazy(
        "It was logged in error. The record of it stays, marked as withdrawn; there is no way back."
    )
    reason = Reason()

    def take(self, *, by: Actor, at: datetime, today: date) -> Event:
        return revisit.withdraw(self.claim, reason=self.cleaned_data["reason"], by=by, at=at)


STEPS: tuple[type[Step], ...] = (Publish, Postpone, Reschedule, Reopen, Withdraw)
