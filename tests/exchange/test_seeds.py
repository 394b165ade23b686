"""What the seeds put on the timeline."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from claims import sweep
from claims.chain import Chain
from claims.dates import read_phrase
from claims.exchange.importer import load_seeds, public_id_of
from claims.exchange.seeds import read
from claims.models import Article, Attribution, Claim, Event, Figure
from tests.exchange.copying import ROOT

pytestmark = pytest.mark.django_db

SEEDS = ROOT / "seeds"
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WSJ, TECHCRUNCH = "The Wall Street Journal", "TechCrunch"
INFORMATION, CREATIVESTATION = "The Information", "Creativestation"

# phrase, EDTF, first and last day of the window, revisit day
DATES = {
    "monopoly-accusation": ("", "", None, None, date(2026, 6, 20)),
    "federal-review": ("", "", None, None, date(2026, 6, 20)),
    "for-profit-consent": ("", "", None, None, date(2026, 6, 20)),
    "windsurf-dispute": ("", "", None, None, date(2026, 6, 20)),
    "stargate-compute": ("untuk tahun 2030", "2030", date(2030, 1, 1), date(2030, 12, 31), date(2031, 1, 1)),
    "microsoft-spending": ("dalam beberapa tahun mendatang", "", None, None, date(2028, 6, 20)),
    "yearly-costs": ("pada tahun 2027", "2027", date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1)),
    "running-over-training": ("menuju tahun 2030", "2030~", date(2030, 1, 1), date(2030, 12, 31), date(2031, 1, 1)),
}
CHAINS = {
    "monopoly-accusation": [(WSJ, "anonymous"), (TECHCRUNCH, "other_outlet"), (CREATIVESTATION, "other_outlet")],
    "federal-review": [(WSJ, "anonymous"), (TECHCRUNCH, "other_outlet"), (CREATIVESTATION, "other_outlet")],
    "for-profit-consent": [(CREATIVESTATION, "anonymous")],
    "windsurf-dispute": [(CREATIVESTATION, "anonymous")],
    "stargate-compute": [(INFORMATION, "anonymous"), (CREATIVESTATION, "other_outlet")],
    "microsoft-spending": [(INFORMATION, "anonymous"), (CREATIVESTATION, "other_outlet")],
    "yearly-costs": [(CREATIVESTATION, "document")],
    "running-over-training": [(CREATIVESTATION, "anonymous")],
}
FIGURES = {
    ("windsurf-dispute", "target", "=", Decimal(3_000_000_000), "USD", "", "3 miliar dolar AS"),
    ("stargate-compute", "target", "~", Decimal(75), "percent", "2030", "kira-kira 75%"),
    ("yearly-costs", "target", "=", Decimal(20_000_000_000), "USD", "2027", "20 miliar dolar AS"),
    ("yearly-costs", "baseline", "~", Decimal(5_000_000_000), "USD", "2024", "kisaran 5 miliar dolar AS"),
}


@pytest.fixture
def loaded():
    """The seeded claims by their short names."""
    assert load_seeds(SEEDS, at=AT) == 8
    claims = {claim.public_id: claim for claim in Claim.objects.published().with_all()}
    return {key: claims.pop(public_id_of(key)) for key in read(SEEDS).by_key("claims.csv")}


def test_eight_claims_by_openai_are_on_the_timeline_at_once(loaded):
    assert loaded.keys() == DATES.keys()
    for claim in loaded.values():
        assert (claim.status, claim.claimant.name, claim.made_on) == ("open", "OpenAI", date(2025, 6, 20))
        assert claim.criteria
        assert claim.topics.all()


def test_each_is_dated_as_the_article_dates_it(loaded):
    for key, claim in loaded.items():
        window = (claim.projected_from, claim.projected_to, claim.revisit_on)
        assert (claim.projected_phrase, claim.projected_date, *window) == DATES[key], key
        assert claim.original_projected_date == claim.projected_date


def test_dates_as_printed_read_as_they_are_written_down(loaded):
    for claim in loaded.values():
        if claim.projected_phrase:
            reading = read_phrase(claim.projected_phrase, made_on=claim.made_on, language=claim.language)
            assert reading.date.edtf == claim.projected_date


def test_where_we_chose_the_revisit_day_the_claim_says_so(loaded):
    chosen = {key for key, claim in loaded.items() if claim.is_revisit_chosen}
    assert chosen == {key for key, claim in loaded.items() if "was chosen by the newsroom" in claim.criteria}
    assert chosen == {key for key, dates in DATES.items() if not dates[1]}


def test_each_came_by_the_chain_that_the_article_tells(loaded):
    for key, claim in loaded.items():
        links = Chain(list(claim.citations.all())).links
        assert [(link.citation.article.source.name, link.citation.attribution) for link in links] == CHAINS[key], key
        assert [link.depth for link in links] == list(range(len(links)))
        assert [link.citation.role for link in links] == ["origin"] + ["relay"] * (len(links) - 1)


def test_nobody_is_said_to_have_spoken_on_the_record(loaded):
    attributions = {citation.attribution for claim in loaded.values() for citation in claim.citations.all()}
    assert Attribution.ON_RECORD not in attributions


def test_figures_are_exact(loaded):
    short = {claim.pk: key for key, claim in loaded.items()}
    found = {
        (short[f.claim_id], f.role, f.comparator, f.value, f.unit, f.period, f.verbatim) for f in Figure.objects.all()
    }
    assert found == FIGURES
    assert Figure.objects.count() == len(FIGURES)


def test_one_report_is_one_article_and_only_the_days_that_are_known_are_given(loaded):
    days = {article.source.name: article.published_on for article in Article.objects.all()}
    assert days == {WSJ: None, TECHCRUNCH: None, INFORMATION: None, CREATIVESTATION: date(2025, 6, 20)}
    assert Article.objects.count() == 4
    assert not Article.objects.exclude(text="")


def test_the_history_says_that_the_seeds_logged_and_published_it(loaded):
    for claim in loaded.values():
        events = [(event.kind, event.doer, event.at) for event in claim.events.all()]
        assert events == [("logged", "seeds", AT), ("published", "seeds", AT)]


def test_those_whose_revisit_day_has_passed_are_left_to_the_sweep(loaded):
    assert not Event.objects.filter(kind="flagged")
    assert sweep.flag_due(AT.date(), now=AT) == 4
