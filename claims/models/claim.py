"""The claim: one checkable statement, the day it was projected for, and where it stands."""

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import lifecycle
from claims.dates import ProjectedDate
from claims.lifecycle import EventKind, Schedule, Status
from claims.models import constraints
from claims.models.claim_set import ClaimSet
from claims.models.claimant import Claimant
from claims.models.event import Actor, Event
from claims.models.fields import PlainCharField, PlainTextField
from claims.models.language import LanguageField
from claims.models.topic import Topic

if TYPE_CHECKING:
    from claims.models.review import Review  # noqa: F401 - named in a foreign key's type

# No vowels, so that no word is spelt; nothing that looks like something else.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
PUBLISHED = (Status.OPEN, Status.DUE, Status.RESOLVED)


class ClaimKind(models.TextChoices):
    """What sort of statement it is."""

    FORECAST = "forecast", _("Forecast")
    COMMITMENT = "commitment", _("Commitment")
    TARGET = "target", _("Target")
    FACTUAL = "factual", _("Factual")


class StaleClaim(Exception):
    """Somebody else has changed the claim since it was read; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "This claim has been changed by someone else in the meantime. Load it again and repeat your change."
        )


def make_public_id() -> str:
    """Ten characters that name a claim in public: 2 × 10^14 of them, so that none is guessed or met twice."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class Claim(models.Model):
    """One checkable statement, in neutral words, as itself and not its negation."""

    public_id = models.CharField(_("public id"), max_length=16, unique=True, editable=False, default=make_public_id)
    statement = PlainCharField(
        _("statement"),
        max_length=500,
        help_text=_("One checkable sentence in neutral words: who does what, how much, by when."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ClaimKind.choices, default=ClaimKind.FORECAST)
    claimant = models.ForeignKey(
        Claimant,
        verbose_name=_("claimant"),
        on_delete=models.PROTECT,
        related_name="claims",
        help_text=_("Who says so. Where the speakers are unnamed, the body they speak for."),
    )
    made_on = models.DateField(_("made on"), help_text=_("The day it was said; “next year” counts from here."))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="claims")
    language = LanguageField(
        _("language"), help_text=_("The statement's: en or id. The date may be worded in the other.")
    )
    criteria = PlainTextField(
        _("criteria"),
        max_length=2000,
        blank=True,
        default="",
        help_text=_("What would settle it, written down before anybody knows."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_claims",
        help_text=_("Who revisits it."),
    )

    projected_phrase = PlainCharField(
        _("projected for"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("As printed: by June 2027, akhir 2026, Q3 2026."),
    )
    projected_date = models.CharField(_("projected date"), max_length=40, blank=True, default="", editable=False)
    projected_from = models.DateField(_("window opens"), null=True, blank=True, editable=False)
    projected_to = models.DateField(_("window closes"), null=True, blank=True, editable=False)
    original_projected_date = models.CharField(
        _("first projected date"), max_length=40, blank=True, default="", editable=False
    )
    revisit_on = models.DateField(
        _("revisit on"),
        null=True,
        blank=True,
        help_text=_("Empty: the day after the window closes. Needed where it never closes."),
    )
    starts_on = models.GeneratedField(
        expression=Coalesce("projected_from", "made_on"), output_field=models.DateField(), db_persist=True
    )
    ends_on = models.GeneratedField(
        expression=Coalesce("projected_to", "revisit_on", "made_on"), output_field=models.DateField(), db_persist=True
    )

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    current_review = models.OneToOneField(
        "claims.Review", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    round = models.PositiveIntegerField(_("round"), default=1, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    flagged_at = models.DateTimeField(_("flagged at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), editable=False)
    updated_at = models.DateTimeField(_("updated at"), editable=False)

    objects = ClaimSet.as_manager()

    class Meta:
        ordering = ["ends_on", "id"]
        verbose_name, verbose_name_plural = _("claim"), _("claims")
        permissions = [
            ("publish_claim", _("Can publish claims and reviews")),
            ("withdraw_claim", _("Can withdraw claims")),
            ("reopen_claim", _("Can reopen claims")),
        ]
        constraints = [
            constraints.filled("public_id", "statement", table="claim"),
            constraints.one_of("kind", ClaimKind, table="claim"),
            constraints.one_of("status", Status, table="claim"),
            constraints.in_order(
                "projected_from", "projected_to", table="claim", message=_("The window closes before it opens.")
            ),
            models.CheckConstraint(
                name="claim_published_has_a_revisit_day",
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) | Q(revisit_on__isnull=False),
                violation_error_message=_("A claim without an end to its window needs a revisit day."),
            ),
            models.CheckConstraint(
                name="claim_published_at_follows_status",
                condition=Q(status=Status.DRAFT, published_at__isnull=True)
                | Q(status__in=PUBLISHED, published_at__isnull=False)
                | Q(status=Status.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="claim_flagged_at_follows_status",
                condition=Q(status=Status.DUE, flagged_at__isnull=False)
                | Q(status__in=[Status.DRAFT, Status.OPEN], flagged_at__isnull=True)
                | Q(status__in=[Status.RESOLVED, Status.WITHDRAWN]),
            ),
            constraints.filled_exactly_in([Status.RESOLVED], "current_review", name="claim_resolved_has_its_review"),
            models.CheckConstraint(name="claim_counts_from_one", condition=Q(round__gte=1, version__gte=1)),
        ]
        indexes = [
            # The sweep's: holds only what can still fall due, in the order in which it does.
            models.Index(fields=["revisit_on", "id"], condition=Q(status=Status.OPEN), name="claim_sweep"),
            # The timeline's and the API's.
            models.Index(fields=["ends_on", "id"], condition=Q(published_at__isnull=False), name="claim_timeline"),
        ]

    def __str__(self) -> str:
        return str(self.statement)

    def get_absolute_url(self) -> str:
        """The claim's own page."""
        return reverse("web:claim", args=[self.public_id])

    # --- Its projected date ---

    @property
    def projected(self) -> ProjectedDate:
        """The projected date as a value."""
        return ProjectedDate.from_edtf(self.projected_date) if self.projected_date else ProjectedDate.open()

    @property
    def first_projected(self) -> ProjectedDate:
        """The date as it was when the claim was published."""
        first = self.original_projected_date
        return ProjectedDate.from_edtf(first) if first else ProjectedDate.open()

    def project(self, projected: ProjectedDate, *, phrase: str, revisit_on: date | None = None) -> None:
        """Set the date's three ways of being written, and the revisit day; saves nothing.

        A draft's date is still its first one. Without a day chosen the claim is revisited the day after its window.
        """
        self.projected_phrase, self.projected_date = phrase, projected.edtf
        self.projected_from, self.projected_to = projected.start, projected.end
        self.revisit_on = revisit_on or projected.revisit_on()
        if self.status == Status.DRAFT:
            self.original_projected_date = projected.edtf

    @property
    def is_revisit_chosen(self) -> bool:
        """Whether a journalist chose another revisit day than the one that follows from the window."""
        return self.revisit_on is not None and self.revisit_on != self.projected.revisit_on()

    @property
    def slip_days(self) -> int:
        """Days from the end of the first window to the end of the present one; 0 where either has none."""
        first, now = self.first_projected.end, self.projected_to
        return (now - first).days if first and now else 0

    def schedule(self, today: date) -> Schedule:
        """Where the day stands to the window."""
        if self.projected_from is None and self.projected_to is None:
            return Schedule.UNDATED
        if self.projected_to is not None and today > self.projected_to:
            return Schedule.OVERDUE
        if self.projected_from is not None and today < self.projected_from:
            return Schedule.UPCOMING
        return Schedule.IN_WINDOW

    @property
    def verdict(self) -> str | None:
        """The verdict that stands, if there is one."""
        return self.current_review.verdict if self.current_review else None

    # --- Its life ---

    def move_to(
        self,
        status: Status,
        event: EventKind,
        *,
        by: Actor,
        at: datetime,
        data: dict[str, Any] | None = None,
        **changes: Any,
    ) -> Event:
        """The Event of a step that was taken: the only writer of one claim's status.

        `changes` are fields written with it. Raises IllegalTransition where the table has no such step from where the
        claim stands, and StaleClaim where somebody else was quicker; then nothing is written, the object is as it was.
        """
        source = Status(self.status)
        lifecycle.check(event, source, status)
        changes |= {"status": status, "updated_at": at}
        with transaction.atomic():
            moved = Claim.objects.filter(pk=self.pk, status=source, version=self.version).update(
                version=F("version") + 1, **changes
            )
            if moved != 1:
                raise StaleClaim
            self.version += 1
            for field, value in changes.items():
                setattr(self, field, value)
            return Event.record(self, event, by=by, at=at, from_status=source, data=data)
