"""Which records stand in public: those that a published claim names."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models.claim_set import Viewer, sees_drafts

if TYPE_CHECKING:
    from claims.models.claim_set import ClaimSet


class NamedByClaims(QuerySet[Any]):
    """Records that claims name; `ways` are the conditions on a claim under which it names the record."""

    ways: ClassVar[tuple[Q, ...]] = ()

    def visible_to(self, user: Viewer) -> Self:
        """What this person sees: all for those who work here, what published claims name for everybody else."""
        if sees_drafts(user):
            return self
        published: ClaimSet = apps.get_model("claims", "Claim").objects.published()
        named = Q()
        for way in self.ways:
            named |= Q(Exists(published.filter(way)))
        return self.filter(named)


RECORD = OuterRef("pk")


class ClaimantSet(NamedByClaims):
    """Claimants."""

    ways = (Q(claimant=RECORD),)


class SourceSet(NamedByClaims):
    """Outlets."""

    ways = (Q(citations__article__source=RECORD),)


class TopicSet(NamedByClaims):
    """Topics."""

    ways = (Q(topics=RECORD),)


class ArticleSet(NamedByClaims):
    """Articles."""

    ways = (
        Q(citations__article=RECORD),
        Q(reviews__published_at__isnull=False, reviews__evidence__article=RECORD),
    )
