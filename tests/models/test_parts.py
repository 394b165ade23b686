"""Articles, figures, reviews, evidence, tokens and roles."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.models import ApiToken, AppendOnly, Article, Citation, Claim, Claimant, Event, Evidence, Figure, Review
from claims.models.fields import written
from claims.models.roles import create_person
from tests.factories import (
    NOW,
    ArticleFactory,
    ClaimantFactory,
    EvidenceFactory,
    FigureFactory,
    PersonFactory,
    ReviewFactory,
    SourceFactory,
    resolved_claim,
)


@pytest.mark.django_db
def test_one_article_is_one_row_however_its_address_was_copied():
    ArticleFactory(url="https://News.example/a?utm_source=mail")
    assert Article.objects.filter(url="https://news.example/a#top").exists()
    with pytest.raises(ValidationError, match="logged already"):
        ArticleFactory.build(source=SourceFactory(), url="https://news.example:443/a").full_clean()


@pytest.mark.django_db
def test_many_articles_may_be_known_only_through_others():
    ArticleFactory(url="", title="")
    assert str(ArticleFactory(url="", title="", published_on=None)).endswith("known only through others")


@pytest.mark.django_db
def test_an_article_of_no_source_is_a_clear_error():
    with pytest.raises(ValidationError, match="source"):
        Article(url="https://news.example/a").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "a\x00b", "\ud800", "a" * 201, "two\nlines"])
def test_odd_and_overlong_names_are_errors_on_their_field(name):
    with pytest.raises(ValidationError) as caught:
        Claimant(name=name, slug="a").full_clean()
    assert list(caught.value.message_dict) == ["name"]


@pytest.mark.django_db
def test_odd_text_reaches_the_database_by_no_way_at_all():
    claimant = ClaimantFactory()
    with pytest.raises(ValidationError):
        Claimant.objects.filter(pk=claimant.pk).update(name="a\x00b")


class ExactFigures(TestCase):
    @given(st.decimals(min_value=-(10**27), max_value=10**27, places=12, allow_nan=False, allow_infinity=False))
    def test_a_figure_is_kept_digit_for_digit(self, value: Decimal) -> None:
        figure = FigureFactory(value=value)
        assert Figure.objects.get(pk=figure.pk).value == value


@pytest.mark.parametrize(
    ("number", "text"),
    [("2E+10", "20000000000"), ("5.50", "5.5"), ("-0.0", "0"), ("100", "100"), ("0.000000000001", "0.000000000001")],
)
def test_a_number_is_written_in_plain_digits(number, text):
    assert written(Decimal(number)) == text


@pytest.mark.django_db
def test_a_range_and_only_a_range_has_an_upper_end_above_its_lower_one():
    with pytest.raises(ValidationError, match="upper end"):
        FigureFactory.build(claim=FigureFactory().claim, comparator="between").full_clean()
    with pytest.raises(ValidationError, match="greater"):
        FigureFactory.build(claim=FigureFactory().claim, comparator="between", value=5, value_to=3).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        FigureFactory(value_to=3)


@pytest.mark.django_db
def test_a_published_review_and_its_evidence_stay_as_they_are():
    review = resolved_claim().current_review
    for attempt in (review.delete, Review.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(summary="Something else.")
    with pytest.raises(IntegrityError), transaction.atomic():
        review.evidence.update(quote="Something else.")


@pytest.mark.django_db
def test_what_a_published_review_rests_on_is_neither_added_to_nor_removed():
    review = resolved_claim().current_review
    evidence = review.evidence.get()
    for attempt in (evidence.save, evidence.delete, review.evidence.all().delete, Evidence.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        EvidenceFactory(review=review)
    assert review.evidence.get() == evidence


@pytest.mark.django_db
def test_a_draft_of_a_review_can_still_be_changed():
    evidence = EvidenceFactory(review=ReviewFactory())
    Review.objects.filter(pk=evidence.review.pk).update(summary="Better words.")
    evidence.review.evidence.update(quote="Better words.")
    evidence.delete()
    assert not evidence.review.evidence.exists()


@pytest.mark.django_db
def test_evidence_is_a_logged_article_or_an_address_and_not_both():
    for fields in ({"url": ""}, {"article": ArticleFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvidenceFactory(**fields)


@pytest.mark.django_db
def test_a_token_is_kept_as_a_fingerprint_and_found_by_its_secret():
    token, secret = ApiToken.issue(PersonFactory(), scope="read", now=NOW, days=1)
    assert secret not in {str(value) for value in ApiToken.objects.values_list().get()}
    assert ApiToken.objects.matching(secret).usable(NOW).get() == token
    assert not ApiToken.objects.matching(secret).usable(NOW + timedelta(days=2)).exists()
    assert not ApiToken.objects.matching("cl_guess").exists()


@pytest.mark.django_db
def test_a_token_dies_with_its_revocation_or_its_owners_account():
    token, _secret = ApiToken.issue(PersonFactory(), scope="read", now=NOW)
    token.user.is_active = False
    token.user.save()
    assert not ApiToken.objects.usable(NOW).exists()


@pytest.mark.django_db
def test_reporters_log_and_edit_and_editors_publish_too():
    reporter = create_person("rep", role="reporter", password="correct horse battery")
    editor = create_person("ed", role="editor", password="correct horse battery")
    assert reporter.has_perm("claims.add_claim")
    assert not reporter.has_perm("claims.publish_claim")
    assert editor.has_perm("claims.publish_claim")
    assert not editor.has_perm("auth.add_user")


@pytest.mark.django_db
def test_every_model_rule_is_in_a_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_foreign_key_says_what_happens_to_the_record():
    """Whatever a claim's record rests on cannot be deleted from under it."""
    kept = [Claim.claimant, Citation.article, Evidence.article, Event.claim, Event.actor, Review.claim, Review.author]
    assert all(key.field.remote_field.on_delete is models.PROTECT for key in kept)
