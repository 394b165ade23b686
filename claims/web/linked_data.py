"""A claim for machines that read pages: schema.org's Claim, or ClaimReview once there is a published verdict."""

import json
from typing import Any, Self

from django.conf import settings

from claims.chain import Chain
from claims.lifecycle import RATINGS, Verdict
from claims.models import Claim
from claims.web.standing import name

# As characters of JSON these say the same, and can end no element and begin no comment.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


class DataBlock(str):
    """JSON that stands in a page as it is: nothing in it can be read as markup."""

    __slots__ = ()

    @classmethod
    def of(cls, value: dict[str, Any]) -> Self:
        """The block that says this."""
        return cls(json.dumps(value, ensure_ascii=False).translate(ESCAPES))

    def __html__(self) -> str:
        """By this name a template asks for a text that needs no more escaping."""
        return self


def linked_data(claim: Claim, chain: Chain) -> DataBlock:
    """The block for the claim's own page."""
    address = settings.BASE_URL.rstrip("/") + claim.get_absolute_url()
    appearances = [link.citation.article.url for link in chain.links if link.citation.article.url]
    about: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"{address}#claim",
        "text": claim.statement,
        "author": {"@type": "Thing", "name": claim.claimant.name, **_same_as(claim.claimant.same_as)},
        "datePublished": claim.made_on.isoformat(),
        "appearance": [{"@type": "CreativeWork", "url": url} for url in appearances],
    }
    review = claim.current_review
    if review is None or review.published_at is None:
        return DataBlock.of({"@context": "https://schema.org", **about, "url": address})
    rating = {"bestRating": 5, "worstRating": 1, "alternateName": name(review.verdict), "@type": "Rating"}
    if (number := RATINGS.get(Verdict(review.verdict))) is not None:
        rating["ratingValue"] = number
    return DataBlock.of(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": address,
            "datePublished": review.published_at.isoformat(),
            "author": {"@type": "Organization", "name": settings.NEWSROOM_NAME, "url": settings.BASE_URL},
            "claimReviewed": claim.statement,
            "reviewBody": review.summary,
            "reviewRating": rating,
            "itemReviewed": about,
        }
    )


def _same_as(address: str) -> dict[str, str]:
    return {"sameAs": address} if address else {}
