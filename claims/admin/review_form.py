"""The form on which a verdict is written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils import timezone

from claims import revisit
from claims.admin.record import place
from claims.lifecycle import EventKind, IllegalTransition, Status, check
from claims.models import Review


class ReviewForm(ModelForm):
    """A verdict and its summary; the claim is the one that the page was opened for."""

    class Meta:
        model = Review
        fields = ["verdict", "summary", "outcome_known_on", "early_outcome"]

    @property
    def is_publishing(self) -> bool:
        """Whether the verdict goes on the record with this."""
        return "_publish" in self.data

    def clean(self) -> dict[str, Any] | None:
        """What would keep it off the record is said on its field."""
        cleaned, claim = super().clean(), self.instance.claim
        try:
            check(EventKind.REVIEWED, Status(claim.status), Status.RESOLVED)
        except IllegalTransition as error:
            self.add_error(None, str(error))
        if self.is_publishing and not self.errors:
            try:
                revisit.check_early_outcome(
                    claim,
                    verdict=self.cleaned_data["verdict"],
                    early_outcome=self.cleaned_data["early_outcome"],
                    today=timezone.localdate(),
                )
            except ValidationError as error:
                place(self, error)
        return cleaned
