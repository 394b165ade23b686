"""Lists: filtered, ordered, cut into pages."""

import math
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from claims.models import Claim
from claims.paging import Cursor
from tests.api.bodies import CLAIMS
from tests.factories import (
    NOW,
    CitationFactory,
    ClaimantFactory,
    ClaimFactory,
    FigureFactory,
    TopicFactory,
    open_claim,
    resolved_claim,
)


def walk(client, path, query):
    """The ids on each page, forwards by `next`; and the pages again, backwards by `previous`."""
    pages, back = [], []
    answer = client.get(path, query).json()
    while True:
        pages.append([row.get("public_id") or row.get("slug") or row["id"] for row in answer["results"]])
        if answer["next"] is None:
            break
        answer = client.get(answer["next"]).json()
    while answer["previous"] is not None:
        answer = client.get(answer["previous"]).json()
        back.insert(0, [row.get("public_id") or row.get("slug") or row["id"] for row in answer["results"]])
    assert back == pages[:-1]
    return [one for page in pages for one in page]


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("name", ["projected_to", "revisit_on", "made_on", "updated_at"])
def test_every_ordering_shows_each_claim_once(reporter, name, sign):
    claimant = ClaimantFactory()
    for day, edtf in enumerate(["2030", "2027", "2027", "../2029", "", "2028/..", "2027"]):
        at = datetime(2026, 1, 1 + day % 3, tzinfo=UTC)
        ClaimFactory(claimant=claimant, edtf=edtf, made_on=date(2025, 6, 1 + day % 2), created_at=at, updated_at=at)
    seen = walk(reporter, CLAIMS, {"ordering": sign + name, "page_size": 3})
    assert len(seen) == len(set(seen)) == 7
    rows = {row.public_id: row for row in Claim.objects.all()}
    column = {"projected_to": "ends_on"}.get(name, name)
    keys = [getattr(rows[one], column) or date.max for one in seen]
    assert keys == sorted(keys, reverse=bool(sign))


def test_pages_keep_the_filters_of_the_first(anonymous):
    mine, other = open_claim(), open_claim()
    others = [open_claim(claimant=mine.claimant) for _ in range(2)]
    seen = walk(anonymous, CLAIMS, {"claimant": mine.claimant.slug, "page_size": 1, "kind": "forecast"})
    assert set(seen) == {row.public_id for row in (mine, *others)}
    assert other.public_id not in seen


def test_fifty_claims_are_a_page_unless_asked_otherwise(reporter):
    ClaimFactory.create_batch(51, claimant=ClaimantFactory())
    assert len(reporter.get(CLAIMS).json()["results"]) == 50
    assert len(reporter.get(CLAIMS, {"page_size": 200}).json()["results"]) == 51


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "doubles"}, True),
        ({"q": "halves"}, False),
        ({"status": "open"}, True),
        ({"status": ["due", "open"]}, True),
        ({"status": "withdrawn"}, False),
        ({"verdict": "true"}, False),
        ({"kind": "target"}, False),
        ({"topic": "compute"}, True),
        ({"claimant": "openai"}, True),
        ({"source": "techcrunch"}, False),
        ({"from": "2027-12-31", "to": "2028-01-01"}, True),
        ({"from": "2028-01-01"}, False),
        ({"projected_after": "2027-12-31"}, True),
        ({"projected_before": "2026-12-31"}, False),
        ({"made_after": "2025-06-20", "made_before": "2025-06-20"}, True),
        ({"made_after": "2025-06-21"}, False),
        ({"revisit_before": "2028-01-01"}, True),
        ({"revisit_before": "2027-12-31"}, False),
        ({"updated_after": (NOW - timedelta(seconds=1)).isoformat()}, True),
        ({"updated_after": NOW.isoformat()}, False),
        ({"metric": "operating cost"}, True),
        ({"metric": "people"}, False),
    ],
)
def test_each_filter_narrows(anonymous, query, found):
    claim = open_claim(claimant__slug="openai")
    claim.topics.add(TopicFactory(slug="compute"))
    FigureFactory(claim=claim)
    answer = anonymous.get(CLAIMS, query)
    assert answer.status_code == 200, answer.json()
    assert [row["public_id"] for row in answer.json()["results"]] == [claim.public_id] * found


def test_the_source_filter_finds_those_that_only_carried_it_on(anonymous):
    claim = open_claim()
    CitationFactory(claim=claim, article__source__slug="techcrunch")
    assert len(anonymous.get(CLAIMS, {"source": "techcrunch"}).json()["results"]) == 1


def test_withdrawn_claims_are_shown_where_they_are_asked_for(anonymous, editor):
    claim = resolved_claim()
    assert len(anonymous.get(CLAIMS, {"verdict": "true"}).json()["results"]) == 1
    editor.post(f"{CLAIMS}{claim.public_id}/withdraw/", {"reason": "Logged twice."})
    assert anonymous.get(CLAIMS).json()["results"] == []
    assert len(anonymous.get(CLAIMS, {"status": "withdrawn"}).json()["results"]) == 1
    assert anonymous.get(f"{CLAIMS}{claim.public_id}/").json()["status"] == "withdrawn"


def test_only_the_newsroom_asks_whose_claims_they_are(anonymous, reporter):
    claim = open_claim(owner=reporter.person)
    answer = anonymous.get(CLAIMS, {"owner": reporter.person.username})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "owner")
    found = reporter.get(CLAIMS, {"owner": reporter.person.username}).json()["results"]
    assert [row["public_id"] for row in found] == [claim.public_id]


def test_every_wrong_parameter_is_named_at_once(anonymous):
    answer = anonymous.get(CLAIMS, {"colour": "red", "kind": "x", "page_size": "0"})
    assert {error["field"] for error in answer.json()["errors"]} == {"colour", "kind", "page_size"}


def test_a_parameter_is_unknown_on_every_other_address_too(reporter):
    claim = open_claim()
    for path in ("topics/", "articles/", "events/", f"claims/{claim.public_id}/", f"claims/{claim.public_id}/reviews/"):
        answer = reporter.get(f"/api/v1/{path}", {"colour": "red"})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "colour")
    answer = reporter.post("/api/v1/topics/?colour=red", {"name": "Energy"})
    assert answer.status_code == 400


def test_a_cursor_belongs_to_its_ordering(anonymous):
    open_claim(), open_claim()
    after = anonymous.get(CLAIMS, {"page_size": 1}).json()["next"]
    assert anonymous.get(f"{after}&ordering=made_on").status_code == 400


def test_by_relevance_the_best_answers_come_first_and_every_one_is_on_one_page(anonymous):
    acme = ClaimantFactory(name="Compute Works")
    by_name = [open_claim(claimant=acme, statement=f"Output {number} doubles") for number in range(3)]
    by_statement = [open_claim(statement="Compute doubles"), open_claim(statement="Spend on compute doubles this year")]
    open_claim(statement="Nothing of the kind"), ClaimFactory(statement="Compute in a draft")
    seen = walk(anonymous, CLAIMS, {"q": "compute", "ordering": "relevance", "page_size": 2})
    assert set(seen[:2]) == {claim.public_id for claim in by_statement}
    assert set(seen[2:]) == {claim.public_id for claim in by_name}
    assert len(seen) == 5


def test_by_relevance_the_other_filters_hold_and_a_claim_logged_in_between_moves_none(anonymous):
    claims = [open_claim(statement=f"Compute number {number}", kind="target") for number in range(4)]
    open_claim(statement="Compute as forecast")
    asked = {"q": "compute -draft", "ordering": "relevance", "kind": "target", "page_size": 2}
    first = anonymous.get(CLAIMS, asked).json()
    open_claim(statement="Compute number 5", kind="target")
    second = anonymous.get(first["next"]).json()
    seen = {row["public_id"] for row in first["results"] + second["results"]}
    assert seen == {claim.public_id for claim in claims}


@pytest.mark.parametrize("q", [None, "-compute", "!"])
def test_relevance_needs_words_to_answer(anonymous, q):
    answer = anonymous.get(CLAIMS, {"ordering": "relevance"} | ({"q": q} if q else {}))
    assert [error["field"] for error in answer.json()["errors"]] == ["ordering"]


def test_a_cursor_by_relevance_is_read_by_relevance_only(anonymous):
    for number in range(3):
        open_claim(statement=f"Compute {number}")
    cursor = anonymous.get(CLAIMS, {"q": "compute", "ordering": "relevance", "page_size": 1}).json()["next"]
    cursor = parse_qs(urlsplit(cursor).query)["cursor"][0]
    for query in ({"q": "compute", "cursor": cursor}, {"ordering": "made_on", "cursor": cursor}):
        assert anonymous.get(CLAIMS, query).status_code == 400
    key = Cursor("relevance", False, math.inf, 1)
    assert anonymous.get(CLAIMS, {"q": "compute", "ordering": "relevance", "cursor": str(key)}).status_code == 400
