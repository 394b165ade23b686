"""Data for tests: a factory for every model, and for people of each role."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.contrib.auth.models import Group, User
from factory.django import DjangoModelFactory

from claims import models, revisit
from claims.dates import ProjectedDate
from claims.lifecycle import EventKind, Status, Verdict
from claims.models.event import Event

# A moment to work at; the days in tests are told from it.
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class PersonFactory(DjangoModelFactory):
    """Somebody who works in the newsroom; `role` names the group."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    is_staff = True
    password = factory.django.Password("correct horse battery")

    @factory.post_generation
    def role(self: User, create: bool, extracted: str | None, **_: Any) -> None:  # type: ignore[misc]
        self.groups.add(Group.objects.get(name=extracted or "editor"))


class ClaimantFactory(DjangoModelFactory):
    class Meta:
        model = models.Claimant

    name = factory.Sequence(lambda n: f"Claimant {n}")
    slug = factory.Sequence(lambda n: f"claimant-{n}")


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    name = factory.Sequence(lambda n: f"Source {n}")
    slug = factory.Sequence(lambda n: f"source-{n}")


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = models.Topic

    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = models.Article

    source = factory.SubFactory(SourceFactory)
    url = factory.Sequence(lambda n: f"https://news.example/articles/{n}")
    title = factory.Sequence(lambda n: f"Article {n}")
    published_on = date(2025, 6, 20)


class ClaimFactory(DjangoModelFactory):
    """A draft without a citation, projected for the `edtf`; see also `open_claim` and its kin below."""

    class Meta:
        model = models.Claim

    class Params:
        edtf = "2027"

    statement = factory.Sequence(lambda n: f"Output doubles, forecast number {n}")
    claimant = factory.SubFactory(ClaimantFactory)
    made_on = date(2025, 6, 20)
    projected_phrase = factory.LazyAttribute(lambda o: o.edtf)
    projected_date = factory.LazyAttribute(lambda o: o.edtf)
    original_projected_date = factory.LazyAttribute(lambda o: o.edtf)
    projected_from = factory.LazyAttribute(lambda o: window(o.edtf).start)
    projected_to = factory.LazyAttribute(lambda o: window(o.edtf).end)
    revisit_on = factory.LazyAttribute(lambda o: window(o.edtf).revisit_on())
    created_at = updated_at = NOW


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = models.Figure

    claim = factory.SubFactory(ClaimFactory)
    metric = "operating cost"
    value = Decimal(20000000000)
    unit = "USD"
    period = "2027"
    verbatim = "$20B"


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = models.Citation

    claim = factory.SubFactory(ClaimFactory)
    article = factory.SubFactory(ArticleFactory)


class ReviewFactory(DjangoModelFactory):
    """A draft of a review."""

    class Meta:
        model = models.Review

    claim = factory.SubFactory(ClaimFactory)
    number = factory.Sequence(lambda n: n + 1)
    verdict = Verdict.TRUE
    summary = "The accounts for the year show it."
    author = factory.SubFactory(PersonFactory)
    created_at = NOW


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    review = factory.SubFactory(ReviewFactory)
    url = factory.Sequence(lambda n: f"https://accounts.example/{n}")
    stance = models.Stance.SUPPORTS


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    claim = factory.SubFactory(ClaimFactory)
    kind = EventKind.LOGGED
    job = "test"
    at = NOW
    to_status = Status.DRAFT
    key = factory.Sequence(lambda n: f"test:{n}")


class ApiTokenFactory(DjangoModelFactory):
    class Meta:
        model = models.ApiToken

    user = factory.SubFactory(PersonFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    created_at = NOW


def window(edtf: str) -> ProjectedDate:
    """The projected date of an EDTF text; empty text is an open one."""
    return ProjectedDate.from_edtf(edtf) if edtf else ProjectedDate.open()


class WebhookFactory(DjangoModelFactory):
    """A program that is told of everything; `after_event` is where it begins."""

    class Meta:
        model = models.Webhook

    url = factory.Sequence(lambda n: f"https://hooks.example/{n}")
    created_at = NOW


class LetterFactory(DjangoModelFactory):
    """An e-mail that waits to be sent."""

    class Meta:
        model = models.Letter

    person = factory.SubFactory(PersonFactory)
    created_at = next_attempt_at = NOW
    expires_at = NOW + timedelta(days=1)


def open_claim(*, by: User | str = "test", at: datetime = NOW, **fields: Any) -> models.Claim:
    """A published claim with one citation."""
    claim: models.Claim = ClaimFactory(**fields)
    CitationFactory(claim=claim)
    revisit.publish(claim, by=by, at=at)
    return claim


def due_claim(*, at: datetime = NOW, **fields: Any) -> models.Claim:
    """A published claim that has been flagged."""
    claim = open_claim(at=at, **fields)
    claim.move_to(Status.DUE, EventKind.FLAGGED, by="sweep", at=at, flagged_at=at)
    return claim


def resolved_claim(*, verdict: str = Verdict.TRUE, at: datetime = NOW, **fields: Any) -> models.Claim:
    """A claim with a published verdict."""
    claim = due_claim(at=at, **fields)
    review = ReviewFactory(claim=claim, verdict=verdict, early_outcome=True)
    EvidenceFactory(review=review)
    revisit.publish_review(review, by=review.author, at=at + timedelta(seconds=1), today=at.date(), claim=claim)
    return claim
