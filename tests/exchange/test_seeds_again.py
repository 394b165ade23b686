"""Loading again changes nothing, whatever became of the seeds in the meantime."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from claims import logbook, revisit
from claims.exchange.importer import load_seeds, public_id_of
from claims.models import Article, Claim, Claimant, Source, Topic
from tests.exchange.copying import ROOT
from tests.factories import ArticleFactory, SourceFactory, TopicFactory

pytestmark = pytest.mark.django_db

SEEDS = ROOT / "seeds"
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def everything():
    """Every row of every table of ours."""
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def seeded(key):
    return Claim.objects.get(public_id=public_id_of(key))


def add_ninth(seeds, article):
    """A ninth claim, which stands in an article of the seeds."""
    header, *rows = (seeds / "claims.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    cells = {"claim": "ninth", "statement": "Stargate opens a tenth site", "kind": "forecast", "claimant": "openai"}
    cells |= {"made_on": "2025-06-20", "language": "en", "projected_date": "2027"}
    row = ",".join(cells.get(name, "") for name in header.strip().split(","))
    (seeds / "claims.csv").write_text("".join([header, *rows, row, "\n"]), encoding="utf-8")
    with (seeds / "citations.csv").open("a", encoding="utf-8") as file:
        file.write(f"ninth,{article},origin,,anonymous\n")


def test_nothing_changes_when_nothing_is_new():
    load_seeds(SEEDS, at=AT)
    before = everything()
    assert len(before["Claim"]) == 8
    assert load_seeds(SEEDS, at=LATER) == 0
    assert everything() == before


def test_what_was_edited_withdrawn_or_renamed_stays_so():
    load_seeds(SEEDS, at=AT)
    with logbook.amending(seeded("yearly-costs"), by="test", at=AT) as claim:
        claim.statement = "OpenAI spends $20 billion in 2027"
        claim.figures.all().delete()
    revisit.withdraw(seeded("federal-review"), reason="Logged in error.", by="test", at=AT)
    Claimant.objects.update(name="OpenAI Group", slug="openai-group")
    Source.objects.filter(slug="techcrunch").update(name="TC", slug="tc")
    Topic.objects.filter(slug="compute").delete()
    Article.objects.update(title="Another title")
    before = everything()
    assert load_seeds(SEEDS, at=LATER) == 0
    assert everything() == before


def test_a_claim_keeps_its_public_id_on_every_machine():
    assert public_id_of("yearly-costs") == "h9s8r3bcbc"


def test_only_what_is_new_is_added(seeds):
    load_seeds(seeds, at=AT)
    before = everything()
    add_ninth(seeds, "wsj-report")
    assert load_seeds(seeds, at=LATER) == 1
    after = everything()
    for name in ("Article", "Claimant", "Source", "Topic"):
        assert after[name] == before[name]
    assert after["Claim"][:8] == before["Claim"]
    assert seeded("ninth").citations.get().article == seeded("federal-review").citations.first().article


def test_another_report_that_is_known_only_through_others_is_not_taken_for_a_seeds(seeds):
    theirs = ArticleFactory(
        source=SourceFactory(name="The Wall Street Journal", slug="wsj"), url=None, title="", published_on=None
    )
    load_seeds(seeds, at=AT)
    assert not theirs.citations.exists()


def test_an_article_that_the_newsroom_has_already_is_found_by_its_address(seeds):
    theirs = ArticleFactory(url="https://creativestation.id/kerja-sama")
    articles = seeds / "articles.csv"
    text = articles.read_text(encoding="utf-8")
    articles.write_text(text.replace(",2025-06-20,id,,", ",2025-06-20,id,https://Creativestation.id/kerja-sama#top,"))
    load_seeds(seeds, at=AT)
    assert theirs.citations.count() == 8


def test_a_source_or_topic_that_the_newsroom_has_already_is_found_by_its_name():
    theirs, topic = SourceFactory(name="TechCrunch", slug="tc"), TopicFactory(name="Compute", slug="computing")
    load_seeds(SEEDS, at=AT)
    assert theirs.articles.count() == 1
    assert topic.claims.count() == 3
    assert not Topic.objects.filter(slug="compute")


@pytest.mark.django_db(transaction=True)
def test_two_that_load_at_once_add_each_claim_once():
    added, start = [], threading.Barrier(2)

    def load():
        start.wait()
        try:
            added.append(load_seeds(SEEDS, at=AT))
        finally:
            connection.close()

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [0, 8]
    assert Claim.objects.count() == 8
    assert Article.objects.count() == 4
