"""Sets of claims that read as English; what may be seen by whom is said here, once."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.db.models import Prefetch

from claims.lifecycle import Status

if TYPE_CHECKING:
    from claims.models.claim import Claim  # noqa: F401 - the queryset's own type

Viewer = AbstractUser | AnonymousUser | None


class ClaimSet(models.QuerySet["Claim"]):
    """Claims."""

    def published(self) -> Self:
        """What the public sees: claims that were published once, the withdrawn among them included."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Viewer) -> Self:
        """What this person sees: all for those who work here, the published for everybody else."""
        return self if sees_drafts(user) else self.published()

    def standing(self) -> Self:
        """Claims that have not been withdrawn."""
        return self.exclude(status=Status.WITHDRAWN)

    def due(self, today: date) -> Self:
        """Open claims whose revisit day has come."""
        return self.filter(status=Status.OPEN, revisit_on__lte=today)

    def with_all(self) -> Self:
        """Each with its claimant, verdict, topics, figures and chain, in a number of queries that never grows."""
        citations: Any = self.model._meta.get_field("citations").related_model
        chain = Prefetch("citations", citations.objects.select_related("article__source").defer("article__text"))
        return self.select_related("claimant", "current_review", "owner").prefetch_related("topics", "figures", chain)


def sees_drafts(user: Viewer) -> bool:
    """Whether the person works in the newsroom, and so sees claims before they are published."""
    return bool(user is not None and user.is_active and user.has_perm("claims.view_claim"))
