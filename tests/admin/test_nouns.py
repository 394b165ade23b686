"""Claimants, sources, articles, topics and the ledger at the desk; and what is suggested while one types."""

import pytest

from claims.models import Article, Claimant, Event, Source, Topic
from tests.admin.forms import errors, filled
from tests.factories import (
    ArticleFactory,
    ClaimantFactory,
    PersonFactory,
    ReviewFactory,
    SourceFactory,
    TopicFactory,
    open_claim,
)


def add(client, noun, **given):
    url = f"/admin/claims/{noun}/add/"
    return client.post(url, filled(client.get(url), **given), follow=True)


def suggested(client, field, term, model="claim"):
    asked = {"app_label": "claims", "model_name": model, "field_name": field, "term": term}
    response = client.get("/admin/autocomplete/", asked)
    assert response.status_code == 200
    return [result["text"] for result in response.json()["results"]]


def test_a_short_name_is_made_from_the_name(reporter):
    add(reporter, "claimant", name="The Föderation of Trade")
    assert Claimant.objects.get().slug == "the-foderation-of-trade"


def test_a_name_without_latin_letters_asks_for_a_short_one(reporter):
    assert "plain letters" in errors(add(reporter, "source", name="朝日新聞"))["slug"][0]


def test_a_short_name_that_is_taken_is_an_error_on_its_field(reporter):
    TopicFactory(name="Compute", slug="compute")
    assert list(errors(add(reporter, "topic", name="compute"))) == ["slug"]


def test_an_article_is_kept_under_one_address(reporter):
    source = SourceFactory()
    add(reporter, "article", source=source.pk, url="HTTPS://News.example:443/a?utm_source=x#top", title="A")
    assert Article.objects.get().url == "https://news.example/a"
    response = add(reporter, "article", source=source.pk, url="https://news.example/a?fbclid=1")
    assert errors(response) == {"url": ["This article has been logged already."]}


def test_an_article_needs_its_source(reporter):
    assert list(errors(add(reporter, "article", url="https://news.example/a"))) == ["source"]


def test_an_article_may_have_neither_address_nor_title(reporter):
    for _ in range(2):
        add(reporter, "article", source=SourceFactory().pk)
    assert Article.objects.filter(url=None).count() == 2


def test_only_what_was_changed_is_written(reporter):
    article = ArticleFactory(text="As printed.")
    url = f"/admin/claims/article/{article.pk}/change/"
    sent = filled(reporter.get(url), title="Another")
    Article.objects.filter(pk=article.pk).update(byline="By somebody", published_on=None)
    reporter.post(url, sent)
    article.refresh_from_db()
    assert (article.title, article.byline, article.text) == ("Another", "By somebody", "As printed.")
    assert article.published_on is None


def test_of_two_who_change_the_same_the_second_is_told(reporter):
    claimant = ClaimantFactory(name="Acme")
    url = f"/admin/claims/claimant/{claimant.pk}/change/"
    sent = filled(reporter.get(url), name="Acme Group")
    Claimant.objects.filter(pk=claimant.pk).update(name="Acme Inc")
    assert "Somebody else" in errors(reporter.post(url, sent))["name"][0]
    claimant.refresh_from_db()
    assert claimant.name == "Acme Inc"


def test_text_of_several_lines_is_not_taken_for_a_change(reporter):
    article = ArticleFactory(text="One.\nTwo.", title="Old")
    url = f"/admin/claims/article/{article.pk}/change/"
    page = reporter.get(url)
    assert b'name="initial-text"' in page.content
    lines = {"text": "One.\r\nTwo.", "initial-text": "One.\r\nTwo."}
    assert reporter.post(url, filled(page, title="New", **lines)).status_code == 302
    assert reporter.post(url, filled(page, **lines | {"text": "One.\r\nThree."})).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.text) == ("New", "One.\nThree.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("noun", ["claim", "review"])
def test_a_history_stands_being_sent_something(admin, noun):
    review = ReviewFactory()
    pk = {"claim": review.claim_id, "review": review.pk}[noun]
    assert admin.post(f"/admin/claims/{noun}/{pk}/history/", {}).status_code == 200


def test_the_text_of_an_article_keeps_its_fingerprint(reporter):
    article = ArticleFactory(text="As printed.")
    url = f"/admin/claims/article/{article.pk}/change/"
    before = article.text_sha256
    reporter.post(url, filled(reporter.get(url), text="As printed, later."))
    article.refresh_from_db()
    assert article.text == "As printed, later."
    assert article.text_sha256 != before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"url": "ftp://x.example/"}, "url"),
        ({"url": "https://user:pass@x.example/"}, "url"),
        ({"title": "x" * 501}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "\u202eevil"}, "title"),
        ({"published_on": "yesterday"}, "published_on"),
        ({"language": "klingon"}, "language"),
        ({"source": "x"}, "source"),
        ({"source": "9" * 30}, "source"),
    ],
)
def test_what_is_wrong_with_an_article_is_said_on_its_field(reporter, given, field):
    response = add(reporter, "article", **({"source": SourceFactory().pk} | given))
    assert list(errors(response)) == [field]
    assert not Article.objects.exists()


def test_everything_is_suggested_while_one_types(reporter):
    ClaimantFactory(name="OpenAI")
    TopicFactory(name="Compute")
    ArticleFactory(title="The deal", source=SourceFactory(name="TechCrunch"))
    PersonFactory(username="budi")
    assert suggested(reporter, "claimant", "open") == ["OpenAI"]
    assert suggested(reporter, "topics", "comp") == ["Compute"]
    assert suggested(reporter, "article", "techcrunch", model="citation") == ["TechCrunch: The deal, 2025-06-20"]
    assert suggested(reporter, "owner", "bud") == ["budi"]
    assert suggested(reporter, "claimant", "a\x00b") == []


def test_those_who_left_are_not_suggested_as_owners(reporter):
    PersonFactory(username="gone", is_active=False)
    assert suggested(reporter, "owner", "gone") == []


def test_people_are_suggested_as_owners_only(reporter):
    asked = {"app_label": "claims", "model_name": "apitoken", "field_name": "user", "term": ""}
    assert reporter.get("/admin/autocomplete/", asked).status_code == 403


def test_a_topic_in_use_is_not_deleted(admin):
    claim, topic = open_claim(), TopicFactory()
    claim.topics.add(topic)
    assert admin.post(f"/admin/claims/topic/{topic.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Topic.objects.exists()


def test_a_source_in_use_is_not_deleted(admin):
    source = ArticleFactory().source
    admin.post(f"/admin/claims/source/{source.pk}/delete/", {"post": "yes"})
    assert Source.objects.filter(pk=source.pk).exists()


def test_the_ledger_can_only_be_read(admin):
    open_claim()
    event = Event.objects.get()
    url = f"/admin/claims/event/{event.pk}"
    assert "published it" in admin.get("/admin/claims/event/").content.decode()
    assert admin.get(f"{url}/change/").status_code == 200
    assert admin.post(f"{url}/change/", {"job": "x"}).status_code == 403
    assert admin.post(f"{url}/delete/", {"post": "yes"}).status_code == 403
    assert admin.get("/admin/claims/event/add/").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "topics=x",
        "claimant=%00",
        "topics=1,x",
        "made_on=%00",
        "statement=%00",
        "owner=999999999999999999999",
        "_popup=%00",
    ],
)
def test_an_address_suggests_nothing_odd_to_an_empty_form(reporter, query):
    assert reporter.get(f"/admin/claims/claim/add/?{query}").status_code == 200
