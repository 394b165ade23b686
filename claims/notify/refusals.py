"""Addresses that were refused and are tried again, with the letters that were given up for it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from claims.models import Letter, Preference
from claims.models.parcel import ParcelSet


@transaction.atomic
def try_again(preference: Preference, now: datetime) -> int:
    """Forget that the address was refused; how many letters of those given up for it are sent now.

    They say what is still true by then, and nothing else.
    """
    if preference.bounced_at is None:
        return 0
    given_up = Letter.objects.parked().filter(person=preference.person_id, error=preference.bounced_because)
    count = given_up.send_again(now)
    preference.forget_bounce()
    return count


@transaction.atomic
def send_again(letters: ParcelSet, now: datetime) -> int:
    """How many of these were given up, and are sent now; an address is tried again where it was for its refusal."""
    given_up = letters.parked()
    refused = Preference.objects.filter(bounced_at__isnull=False).filter(
        person__letters__in=given_up.values("pk"), bounced_because=F("person__letters__error")
    )
    people = list(refused.values_list("pk", flat=True))
    count = given_up.send_again(now)
    for preference in Preference.objects.filter(pk__in=people):
        preference.forget_bounce()
    return count
