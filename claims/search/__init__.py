"""Finding claims by words."""

from django.db.models import Exists, OuterRef, Q

from claims.models import Citation
from claims.models.claim_set import ClaimSet

# More words than a person types only make the statement dearer.
MOST_WORDS = 12


def matching(claims: ClaimSet, text: str) -> ClaimSet:
    """The claims in which every word of the text stands: in the statement, the claimant's name, a topic or a quote."""
    for word in text.split()[:MOST_WORDS]:
        quoted = Citation.objects.filter(claim=OuterRef("pk"), quote__icontains=word)
        filed = claims.model.topics.through.objects.filter(claim=OuterRef("pk"), topic__name__icontains=word)
        claims = claims.filter(
            Q(statement__icontains=word) | Q(claimant__name__icontains=word) | Q(Exists(quoted)) | Q(Exists(filed))
        )
    return claims
