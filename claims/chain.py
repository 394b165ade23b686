"""Attribution: from which outlet to which a claim was carried."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import Citation, Source


@dataclass(frozen=True, slots=True)
class Link:
    """A citation in its place: how deep below the origin it stands, and what was carried on from it."""

    citation: Citation
    depth: int


class Chain:
    """The citations of one claim as the trees they form; roots first, each followed by what was carried from it."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self.citations = list(citations)
        known = {citation.pk for citation in self.citations}
        self._carried: dict[int | None, list[Citation]] = {}
        for citation in self.citations:
            via = citation.via_id if citation.via_id in known else None
            self._carried.setdefault(via, []).append(citation)

    @property
    def roots(self) -> list[Citation]:
        """The citations that had it from no other article."""
        return self._carried.get(None, [])

    @property
    def links(self) -> list[Link]:
        """Every citation below its own origin, depth first."""
        links: list[Link] = []
        waiting = [Link(root, 0) for root in reversed(self.roots)]
        while waiting:
            link = waiting.pop()
            links.append(link)
            below = self._carried.get(link.citation.pk, [])
            waiting.extend(Link(citation, link.depth + 1) for citation in reversed(below))
        return links

    @property
    def lines(self) -> list[list[Source]]:
        """The outlets from each origin to each end, origin first: what a row of the timeline says."""
        lines: list[list[Source]] = []
        path: list[Citation] = []
        for link in self.links:
            path = [*path[: link.depth], link.citation]
            if link.citation.pk not in self._carried:
                lines.append([citation.article.source for citation in path])
        return lines

    @property
    def sources(self) -> list[Source]:
        """Each outlet once, origins before those that carried it on."""
        return list({link.citation.article.source_id: link.citation.article.source for link in self.links}.values())

    @property
    def independent_origins(self) -> int:
        """How many outlets had it from nobody else; not how many printed it."""
        return len({root.article.source_id for root in self.roots})
