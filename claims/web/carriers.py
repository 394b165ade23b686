"""Who carried a claim, as a tree to draw: each outlet with those that had it from there."""

from dataclasses import dataclass, field

from claims.chain import Chain
from claims.models import Citation

# Deeper than readers can follow; whatever lies below is drawn beside it.
DEEPEST = 6


@dataclass(slots=True)
class Carrier:
    """An article that carried the claim, and what was carried on from it."""

    citation: Citation
    carried: list["Carrier"] = field(default_factory=list)


def tree(chain: Chain) -> list[Carrier]:
    """The origins, with everything that was carried on from them."""
    roots: list[Carrier] = []
    path: list[Carrier] = []
    for link in chain.links:
        carrier = Carrier(link.citation)
        path = path[: min(link.depth, DEEPEST)]
        (path[-1].carried if path else roots).append(carrier)
        path.append(carrier)
    return roots


@dataclass(frozen=True, slots=True)
class Told:
    """A citation as the table has it: with the outlet that it had the claim from, where there is one."""

    citation: Citation
    had_from: str


def told(chain: Chain) -> list[Told]:
    """Every citation below its own origin."""
    outlets: dict[int | None, str] = {citation.pk: citation.article.source.name for citation in chain.citations}
    return [Told(link.citation, outlets.get(link.citation.via_id, "")) for link in chain.links]
