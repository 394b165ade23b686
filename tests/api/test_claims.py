"""Claims as programs list, log and read them."""

import pytest

from claims.models import Event
from tests.factories import ClaimantFactory, ClaimFactory, SourceFactory, TopicFactory, open_claim

CLAIMS = "/api/v1/claims/"


def body(**changes):
    """The claim of CONTRACT.md, as a program writes it."""
    return {
        "statement": "OpenAI's yearly costs reach $20 billion in 2027",
        "claimant": "openai",
        "made_on": "2025-06-20",
        "language": "id",
        "projected_phrase": "pada tahun 2027",
        "criteria": "Audited accounts for 2027.",
        "topics": ["compute"],
        "figures": [{"metric": "operating cost", "value": 20_000_000_000, "unit": "USD", "period": "2027"}],
        "citations": [
            {"article": {"source": "the-information", "title": "Burn"}, "attribution": "document"},
            {
                "article": {"source": "creativestation", "url": "https://creativestation.example/a?utm_source=x"},
                "role": "relay",
                "via": 0,
                "attribution": "other_outlet",
            },
        ],
    } | changes


@pytest.fixture
def records(db):
    ClaimantFactory(name="OpenAI", slug="openai")
    TopicFactory(slug="compute")
    SourceFactory(slug="the-information")
    SourceFactory(slug="creativestation")


def test_a_logged_claim_is_a_draft_with_all_its_parts(reporter, records):
    answer = reporter.post(CLAIMS, body())
    assert answer.status_code == 201, answer.json()
    claim = answer.json()
    assert answer["Location"] == claim["url"]
    assert claim["status"] == "draft"
    assert (claim["projected_date"], claim["projected_from"], claim["projected_to"], claim["revisit_on"]) == (
        "2027",
        "2027-01-01",
        "2027-12-31",
        "2028-01-01",
    )
    assert claim["sources"] == ["the-information", "creativestation"]
    assert claim["citations"][1]["via"] == claim["citations"][0]["id"]
    assert claim["independent_origins"] == 1
    assert claim["figures"][0]["value"] == "20000000000"
    assert reporter.get(claim["url"]).json() == claim
    assert [event.kind for event in Event.objects.all()] == ["logged"]


def test_a_published_claim_is_listed_for_everybody(anonymous):
    claim = open_claim()
    ClaimFactory()
    answer = anonymous.get(CLAIMS)
    assert [row["public_id"] for row in answer.json()["results"]] == [claim.public_id]


def test_a_draft_is_not_there_for_the_public(anonymous):
    draft = ClaimFactory()
    assert anonymous.get(f"{CLAIMS}{draft.public_id}/").status_code == 404
    assert anonymous.get(CLAIMS, {"status": "draft"}).json()["results"] == []
