"""Checked seeds into the database: what is there already is left as it is, whatever became of it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q

from claims import logbook, revisit
from claims.exchange.seed_files import likeness, project
from claims.exchange.seeds import Seeds, read
from claims.exchange.strict_csv import Row
from claims.models import Article, Citation, Claim, Claimant, Figure, Source, Topic
from claims.models.claim import ALPHABET

JOB = "seeds"
ID_LENGTH = 10

Named = TypeVar("Named", Claimant, Source, Topic)


def load_seeds(folder: Path, *, at: datetime) -> int:
    """How many claims were added and published. Raises BadSeeds; then nothing is written.

    A claim is known again by its short name, for ever: one that was edited, resolved or withdrawn since is not touched.
    Claimants, sources, topics and articles are made when a claim that is added needs them.
    """
    seeds = read(folder)
    try:
        return _Loading(seeds, at).load()
    except IntegrityError:
        # Somebody loaded the same seeds at this moment; what they wrote is now seen and left alone.
        return _Loading(seeds, at).load()


def public_id_of(key: str) -> str:
    """The public id that a seed's short name stands for, the same on every machine."""
    number = int.from_bytes(hashlib.sha256(f"seed:{key}".encode()).digest())
    digits = []
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(digits)


class _Loading:
    """One load: the seeds, and the articles found or made so far."""

    def __init__(self, seeds: Seeds, at: datetime) -> None:
        self.seeds, self.at = seeds, at
        self.ids = {key: public_id_of(key) for key in seeds.by_key("claims.csv")}
        self.articles: dict[str, Article] = {}

    def load(self) -> int:
        with transaction.atomic():
            there = set(Claim.objects.filter(public_id__in=self.ids.values()).values_list("public_id", flat=True))
            new = {key: row for key, row in self.seeds.by_key("claims.csv").items() if self.ids[key] not in there}
            for key, row in new.items():
                self._add(key, row)
        return len(new)

    def _add(self, key: str, row: Row) -> None:
        claimant = self._named(Claimant, "claimants.csv", row.values["claimant"])
        words = {name: row.values[name] for name in ("statement", "kind", "criteria")}
        claim = project(Claim(public_id=self.ids[key], claimant=claimant, **words), row)
        logbook.log(claim, by=JOB, at=self.at, parts=lambda claim: self._add_parts(claim, key, row))
        revisit.publish(claim, by=JOB, at=self.at)

    def _add_parts(self, claim: Claim, key: str, row: Row) -> None:
        claim.topics.set([self._named(Topic, "topics.csv", slug) for slug in row.values["topics"]])
        for figure in self.seeds.of_claim("figures.csv", key):
            Figure.objects.create(**_fields(figure, without={"claim"}), claim=claim)
        cited: dict[str, Citation] = {}
        for citation in _origins_first(self.seeds.of_claim("citations.csv", key)):
            article = citation.values["article"]
            cited[article] = Citation.objects.create(
                **_fields(citation, without={"claim", "article", "via"}),
                claim=claim,
                article=self._article(article),
                via=cited.get(citation.values["via"]),
            )

    def _named(self, model: type[Named], file: str, slug: str) -> Named:
        """The row with this slug, or else with this name, or else a new one."""
        row = self.seeds.by_key(file)[slug]
        alike = model._default_manager.filter(Q(slug=slug) | Q(name=row.values["name"]))
        found = sorted(alike, key=lambda one: (one.slug != slug, one.pk))
        return found[0] if found else model._default_manager.create(**_fields(row))

    def _article(self, key: str) -> Article:
        if key not in self.articles:
            row = self.seeds.by_key("articles.csv")[key]
            source = self._named(Source, "sources.csv", row.values["source"])
            fields = _fields(row, without={"article", "source"})
            self.articles[key] = self._known(row, source) or Article.objects.create(**fields, source=source)
        return self.articles[key]

    def _known(self, row: Row, source: Source) -> Article | None:
        """The article as an earlier load left it.

        One without an address is looked for among the articles of seeded claims only: a newsroom may know other reports
        of that source through others.
        """
        if row.values["url"]:
            return Article.objects.filter(url=row.values["url"]).first()
        _, title, day = likeness(row)
        alike = Article.objects.filter(source=source, url=None, title=title, published_on=day)
        return alike.filter(citations__claim__public_id__in=self.ids.values()).order_by("id").first()


def _fields(row: Row, *, without: set[str] = frozenset()) -> dict[str, object]:  # type: ignore[assignment]
    return {name: value for name, value in row.values.items() if name not in {"note", *without}}


def _origins_first(citations: Sequence[Row]) -> list[Row]:
    """Each citation after the one it had the claim from."""
    via_of = {row.values["article"]: row.values["via"] for row in citations}

    def depth(row: Row) -> int:
        steps, at = 0, row.values["via"]
        while at:
            steps, at = steps + 1, via_of[at]
        return steps

    return sorted(citations, key=depth)
