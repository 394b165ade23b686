"""The people who are told of claims, and which ones each of them asked for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Self

from django.db.models import Q, QuerySet

from claims.lifecycle import EventKind
from claims.models import Claim, Occasion, Preference, Rhythm

# Why a person is told of an event of this kind.
OCCASIONS = {
    EventKind.FLAGGED: Occasion.DUE,
    EventKind.REOPENED: Occasion.DUE,
    EventKind.REVIEWED: Occasion.RESOLVED,
}
Followers = dict[int, set[int]]


class Named(NamedTuple):
    """By whom a claim can be asked for."""

    owner: int | None
    claimant: int
    topics: Collection[int]


class Audience:
    """Everybody who is told by mail, by what they follow."""

    def __init__(self, preferences: Iterable[Preference]) -> None:
        chosen = list(preferences)
        self.people = {preference.person_id for preference in chosen}
        self.of_digests = {p.person_id for p in chosen if p.rhythm != Rhythm.AT_ONCE}
        self.owners = {p.person_id for p in chosen if p.is_for_owned}
        self.all = {p.person_id for p in chosen if p.is_for_all}
        self.by_topic = _followers(Preference.topics.through.objects, "topic_id", self.people)
        self.by_claimant = _followers(Preference.claimants.through.objects, "claimant_id", self.people)

    @classmethod
    def wanting(cls, owners: Collection[int] = ()) -> Self:
        """Those who want to be told; owners of claims who have chosen nothing yet get what holds by default.

        Where an address is refused, what they are to be told waits for another one.
        """
        Preference.objects.make_missing(set(owners))
        return cls(Preference.objects.wanting())

    def following(self, claim: Named) -> set[int]:
        """Who asked for this claim."""
        people = set(self.all) | self.by_claimant.get(claim.claimant, set())
        for topic in claim.topics:
            people |= self.by_topic.get(topic, set())
        return people | {claim.owner} if claim.owner in self.owners else people

    def told(self, claim: Named, occasion: Occasion, *, doer: int | None) -> set[int]:
        """Who is told: nobody of what they did themselves, and of verdicts only those who read digests."""
        people = self.following(claim) - {doer}
        return people & self.of_digests if occasion == Occasion.RESOLVED else people


def named(claims: Collection[int]) -> dict[int, Named]:
    """By whom each of these claims can be asked for, in two queries."""
    topics: dict[int, list[int]] = defaultdict(list)
    for claim, topic in Claim.topics.through.objects.filter(claim__in=claims).values_list("claim_id", "topic_id"):
        topics[claim].append(topic)
    rows = Claim.objects.filter(pk__in=claims).order_by().values_list("pk", "owner_id", "claimant_id")
    return {pk: Named(owner, claimant, topics.get(pk, ())) for pk, owner, claimant in rows}


def followed_by(preference: Preference) -> QuerySet[Claim]:
    """The claims that a person asked for: what `Audience.following` says of one claim, for all of them."""
    if preference.is_for_all:
        return Claim.objects.all()
    topics = Preference.topics.through.objects.filter(preference=preference.pk).values("topic")
    filed = Claim.topics.through.objects.filter(topic__in=topics).values("claim")
    claimants = Preference.claimants.through.objects.filter(preference=preference.pk).values("claimant")
    asked = Q(pk__in=filed) | Q(claimant__in=claimants)
    if preference.is_for_owned:
        asked |= Q(owner=preference.pk)
    return Claim.objects.filter(asked)


def _followers(rows: Any, what: str, people: set[int]) -> Followers:
    followers: Followers = defaultdict(set)
    for followed, person in rows.filter(preference__in=people).values_list(what, "preference_id"):
        followers[followed].add(person)
    return followers
