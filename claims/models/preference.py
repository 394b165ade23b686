"""How a person in the newsroom wants to be told, and what they put off."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.lifecycle import Status
from claims.models import constraints
from claims.models.claim import Claim
from claims.models.claimant import Claimant
from claims.models.topic import Topic


class Rhythm(models.TextChoices):
    """When notices are sent."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("In a daily digest")
    WEEKLY = "weekly", _("In a weekly digest")
    NONE = "none", _("Never")


class Nag(models.IntegerChoices):
    """How often one is reminded of a claim that stays due."""

    OFF = 0, _("Not again")
    WEEKLY = 7, _("Every 7 days")
    MONTHLY = 30, _("Every 30 days")


class PreferenceSet(models.QuerySet["Preference"]):
    """Preferences."""

    def wanting(self) -> "PreferenceSet":
        """Those of people who may log in, want to be told and have an address."""
        return self.filter(person__is_active=True).exclude(person__email="").exclude(rhythm=Rhythm.NONE)

    def reachable(self) -> "PreferenceSet":
        """Those among them whose address takes mail."""
        return self.wanting().filter(bounced_at=None)

    def make_missing(self, people: set[int]) -> None:
        """Give each of these people the preferences that hold until they choose."""
        missing = people - set(self.filter(person__in=people).values_list("person_id", flat=True))
        self.bulk_create([self.model(person_id=person) for person in sorted(missing)], ignore_conflicts=True)


class Preference(models.Model):
    """One person's choice of notices: how often, about which claims."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="notice_preference"
    )
    rhythm = models.CharField(_("e-mail"), max_length=8, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    is_for_owned = models.BooleanField(_("claims I own"), default=True)
    is_for_all = models.BooleanField(_("all claims"), default=False)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    claimants = models.ManyToManyField(Claimant, verbose_name=_("claimants"), blank=True, related_name="+")
    nag_days = models.PositiveSmallIntegerField(_("remind me while a claim stays due"), choices=Nag.choices, default=0)
    # The day of the last digest, so that a day has one, and an outage is followed by one.
    digest_on = models.DateField(null=True, blank=True, editable=False)
    # The day whose reminders were made.
    nagged_on = models.DateField(null=True, blank=True, editable=False)
    bounced_at = models.DateTimeField(_("refused at"), null=True, blank=True, editable=False)
    bounced_because = models.CharField(_("refused because"), max_length=200, blank=True, default="", editable=False)

    objects = PreferenceSet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("notice preference"), _("notice preferences")
        constraints = [
            constraints.one_of("rhythm", Rhythm, table="preference"),
            models.CheckConstraint(name="preference_nag_days_known", condition=Q(nag_days__in=Nag.values)),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_rhythm_display()}"

    @classmethod
    def of(cls, person: Any) -> "Preference":
        """The person's, made where there is none yet."""
        return cls.objects.get_or_create(person=person)[0]

    def choose(self, rhythm: Rhythm) -> None:
        """Be told in this rhythm from now on."""
        self.rhythm = rhythm
        Preference.objects.filter(pk=self.pk).update(rhythm=rhythm)

    def note_bounce(self, now: datetime, reason: str) -> None:
        """Send nothing more to an address that is refused, until its person says otherwise."""
        self.bounced_at, self.bounced_because = now, reason[:200]
        Preference.objects.filter(pk=self.pk).update(bounced_at=now, bounced_because=self.bounced_because)

    def forget_bounce(self) -> None:
        """Try the address again, or another one."""
        self.bounced_at, self.bounced_because = None, ""
        Preference.objects.filter(pk=self.pk).update(bounced_at=None, bounced_because="")


class SnoozeSet(models.QuerySet["Snooze"]):
    """Snoozes."""

    def holding(self, today: date) -> "SnoozeSet":
        """Those whose day lies ahead, of claims in the very spell of being due in which they were put off."""
        return self.filter(until__gt=today, claim__status=Status.DUE, created_at__gte=F("claim__flagged_at"))


class Snooze(models.Model):
    """A due claim that a person put off: no reminder before the day, one on it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snoozes")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="snoozes")
    until = models.DateField(_("until"))
    created_at = models.DateTimeField(editable=False)

    objects = SnoozeSet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("snooze"), _("snoozes")
        constraints = [models.UniqueConstraint(fields=["person", "claim"], name="snooze_once_a_person_and_claim")]
        indexes = [models.Index(fields=["until"], name="snooze_until")]

    def __str__(self) -> str:
        return f"{self.person} · {self.claim} · {self.until}"

    @classmethod
    def put_off(cls, claim: Claim, person: Any, *, until: date, today: date, now: datetime) -> "Snooze":
        """The person's one snooze of the claim, from now on until that day; ValidationError where there is none to be.

        Only what is due can be put off, and only to a day ahead.
        """
        if claim.status != Status.DUE or claim.flagged_at is None:
            raise ValidationError(_("This claim is not due any more: there is nothing to be reminded of."))
        if until <= today:
            raise ValidationError({"until": _("Choose a day that lies ahead.")})
        # Never before the flag, should a clock have been set back in between.
        chosen = {"until": until, "created_at": max(now, claim.flagged_at)}
        return cls.objects.update_or_create(person=person, claim=claim, defaults=chosen)[0]
