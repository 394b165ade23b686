"""Who speaks, who carries the word, what it is filed under, and who works on it; the same rows in every demo."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.text import slugify

from claims.exchange.demo.words import BODIES, PLACES, TOPICS
from claims.models import Claimant, ClaimantKind, Source, Topic

SLUGS = "demo-"
SOURCES, CLAIMANTS = 40, 2000
PAPERS = ("Courier", "Gazette", "Wire", "Observer", "Ledger", "Post", "Daily", "Review")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claimant."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone, the most frequent first."""

    speakers: list[Speaker]
    sources: list[int]
    topics: list[int]
    editor: int

    def speaker(self, rng: Random) -> Speaker:
        """A claimant; the first has a thousand times as many claims as the thousandth (Zipf's law)."""
        return rng.choices(self.speakers, cum_weights=SPEAKING)[0]

    def three_sources(self, rng: Random) -> list[int]:
        """Three outlets, all different."""
        found: list[int] = []
        while len(found) < 3:
            found += {*rng.choices(self.sources, cum_weights=CARRYING, k=3 - len(found))} - {*found}
        return found

    def some_topics(self, rng: Random) -> set[int]:
        """One to three subjects."""
        return {*rng.choices(self.topics, cum_weights=FILING, k=rng.choice((1, 1, 2, 3)))}


def _zipf(length: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, length + 1)))


SPEAKING, CARRYING, FILING = _zipf(CLAIMANTS), _zipf(SOURCES), _zipf(len(TOPICS))


def engage() -> Cast:
    """The cast, made where it is not there yet."""
    kinds = (ClaimantKind.ORGANISATION, ClaimantKind.GOVERNMENT, ClaimantKind.ORGANISATION, ClaimantKind.PERSON)
    claimants = []
    for number in range(CLAIMANTS):
        name = f"Demo {PLACES[number * 7 % len(PLACES)]} {BODIES[number % len(BODIES)]}"
        claimants.append(Claimant(slug=f"{SLUGS}{number + 1:04}", name=name, kind=kinds[number % len(kinds)]))
    sources = []
    for number in range(SOURCES):
        name = f"Demo {PLACES[number * 37]} {PAPERS[number % len(PAPERS)]}"
        homepage = f"https://outlet-{number + 1:02}.demo.example/"
        sources.append(Source(slug=f"{SLUGS}{number + 1:02}", name=name, homepage=homepage))
    topics = [Topic(slug=f"{SLUGS}{slugify(name)}", name=f"Demo {name}") for name in TOPICS]
    names = {one.slug: one.name for one in claimants}
    # Nobody can log in as the editor.
    away = {"is_active": False, "password": make_password(None)}
    editor, _made = User.objects.get_or_create(username="demo-editor", defaults=away)
    speakers = [Speaker(pk, names[slug]) for slug, pk in _there(Claimant, claimants).items()]
    return Cast(speakers, list(_there(Source, sources).values()), list(_there(Topic, topics).values()), editor.pk)


def _there(model: type[Model], rows: list[Any]) -> dict[str, int]:
    """Each row's id by its slug, in the rows' order; the rows that were missing are added."""
    found = model._default_manager.filter(slug__in=[row.slug for row in rows])
    known = {*found.values_list("slug", flat=True)}
    model._default_manager.bulk_create([row for row in rows if row.slug not in known])
    ids = dict(found.all().values_list("slug", "pk"))
    return {row.slug: ids[row.slug] for row in rows}
