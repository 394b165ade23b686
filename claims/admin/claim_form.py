"""The form on which a claim is logged: one phrase is read as a date, and nobody's change is lost."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import HiddenInput, IntegerField, ModelForm
from django.urls import reverse
from django.utils.translation import gettext as _

from claims import logbook
from claims.admin import words
from claims.admin.record import place
from claims.dates import ProjectedDate, UnreadableDate, read_phrase
from claims.lifecycle import Status
from claims.models import Claim

READ_FROM = {"projected_phrase", "made_on", "language"}


class ClaimForm(ModelForm):
    """A claim's own fields; `projection` and `revisit_on` are what its phrase was read as."""

    seen_version = IntegerField(required=False, widget=HiddenInput)

    class Meta:
        model = Claim
        fields = [
            "statement",
            "claimant",
            "made_on",
            "projected_phrase",
            "revisit_on",
            "kind",
            "topics",
            "criteria",
            "language",
            "owner",
        ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.projection: ProjectedDate | None = None
        self.revisit_on: date | None = None
        self.before: Any = None
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version
            self.fields["seen_version"].required = True
        if "projected_phrase" in self.fields:
            attributes = {"data-read": reverse("admin:claims_claim_read"), "autocomplete": "off"}
            self.fields["projected_phrase"].widget.attrs |= attributes

    @property
    def is_publishing(self) -> bool:
        """Whether the claim goes on the record with this."""
        return "_publish" in self.data

    def clean(self) -> dict[str, Any] | None:
        """The date is read here, while the instance still is as it was."""
        cleaned = super().clean()
        if self.instance.pk and self.cleaned_data.get("seen_version") not in {None, self.instance.version}:
            self.add_error(None, ValidationError(_stale(self.instance), code="stale"))
        if self.is_publishing and self.instance.status != Status.DRAFT:
            self.add_error(None, _("This claim is published already."))
        if not self.errors.keys() & (READ_FROM | {"revisit_on"}):
            try:
                self._read_date()
            except ValidationError as error:
                place(self, error)
        return cleaned

    def _read_date(self) -> None:
        claim, given = self.instance, self.cleaned_data
        values = {name: given.get(name, getattr(claim, name)) for name in (*READ_FROM, "revisit_on")}
        is_new = claim._state.adding
        projected = claim.projected
        if is_new or READ_FROM & set(self.changed_data):
            projected = self._projection(values)
        chosen = values["revisit_on"]
        if not is_new and "revisit_on" not in self.changed_data and not claim.is_revisit_chosen:
            chosen = None
        moved = Claim(status=Status.OPEN if self.is_publishing else claim.status, made_on=values["made_on"])
        moved.project(projected, phrase=values["projected_phrase"], revisit_on=chosen)
        is_moved = (moved.projected_date, moved.revisit_on) != (claim.projected_date, claim.revisit_on)
        if is_moved and not is_new:
            logbook.check_date_may_change(claim)
        if is_moved or self.is_publishing:
            logbook.check_revisit_day(moved)
        self.projection, self.revisit_on = projected, moved.revisit_on

    def _projection(self, values: dict[str, Any]) -> ProjectedDate:
        try:
            projected, _phrase = logbook.read_projection(
                phrase=values["projected_phrase"], edtf="", made_on=values["made_on"], language=values["language"]
            )
        except ValidationError:
            # A date that was given as EDTF may stand beside words that nobody reads: they were not touched here.
            claim: Claim = self.instance
            if claim.projected_date and "projected_phrase" not in self.changed_data:
                return claim.projected
            raise
        return projected

    def save(self, commit: bool = True) -> Claim:  # noqa: FBT001, FBT002 - Django's signature
        """The claim with the date that was read."""
        claim: Claim = super().save(commit=commit)
        if self.projection is not None:
            claim.project(self.projection, phrase=claim.projected_phrase, revisit_on=self.revisit_on)
        return claim

    @property
    def reading(self) -> str:
        """How the phrase was read, where one was; empty where it was not touched."""
        claim = self.instance
        is_read = READ_FROM | {"revisit_on"}
        if not claim.projected_phrase or not is_read & set(self.changed_data):
            return ""
        try:
            rule = read_phrase(claim.projected_phrase, made_on=claim.made_on, language=claim.language).rule
        except UnreadableDate:
            rule = ""
        return words.reading(claim.projected_phrase, claim.projected, revisit_on=claim.revisit_on, rule=rule)


def _stale(claim: Claim) -> str:
    last = claim.events.select_related("actor").last()
    return _(
        "This claim has been changed by someone else in the meantime (%(who)s). Nothing was saved; what you wrote still"
        " stands here. Open the claim in another window, and repeat your change there."
    ) % {"who": last.doer if last else "?"}
