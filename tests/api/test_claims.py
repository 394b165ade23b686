"""Claims as programs list, log, read and edit them."""

import pytest

from claims.api.serializers.records import ArticleReference
from claims.api.writing import saved_article
from claims.models import Article, Claim, Event
from tests.api.bodies import CLAIMS, claim_body
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimantFactory,
    ClaimFactory,
    FigureFactory,
    SourceFactory,
    TopicFactory,
    open_claim,
    resolved_claim,
)

RANGE = {"metric": "m", "unit": "USD", "value": 2, "comparator": "between"}


@pytest.fixture
def logged(reporter, records):
    """The claim of the documentation, as the API answered it, and the ETag that it came with."""
    answer = reporter.post(CLAIMS, claim_body())
    assert answer.status_code == 201, answer.json()
    return answer.json() | {"etag": answer["ETag"]}


# --- Logging ---


def test_a_logged_claim_is_a_draft_with_all_its_parts(reporter, records):
    answer = reporter.post(CLAIMS, claim_body())
    assert answer.status_code == 201, answer.json()
    claim = answer.json()
    assert answer["Location"] == claim["url"] == f"http://testserver{CLAIMS}{claim['public_id']}/"
    assert claim["page"] == f"http://testserver/claims/{claim['public_id']}/"
    assert claim["status"] == "draft"
    assert claim["claimant"] == {"slug": "openai", "name": "OpenAI"}
    window = ("projected_phrase", "projected_date", "projected_from", "projected_to", "revisit_on")
    assert [claim[name] for name in window] == ["pada tahun 2027", "2027", "2027-01-01", "2027-12-31", "2028-01-01"]
    assert claim["topics"] == ["compute"]
    assert claim["sources"] == ["the-information", "creativestation"]
    assert claim["independent_origins"] == 1
    assert [row["via"] for row in claim["citations"]] == [None, claim["citations"][0]["id"]]
    assert claim["citations"][1]["article"]["url"] == "https://creativestation.example/a"
    assert [row["value"] for row in claim["figures"]] == ["20000000000", "0.1"]
    assert claim["figures"][1]["value_to"] == "0.3"
    assert reporter.get(claim["url"]).json() == claim
    assert [(event.kind, event.actor) for event in Event.objects.all()] == [("logged", reporter.person)]
    assert Claim.objects.get().owner == reporter.person


def test_a_number_stays_digit_for_digit(reporter, records):
    raw = '{"metric": "m", "unit": "USD", "value": %s}'
    claim = ClaimFactory()
    for written, kept in (
        ("0.1", "0.1"),
        ("12345678901234567890.123456789012", "12345678901234567890.123456789012"),
        ('"1e3"', "1000"),
        ("-0", "0"),
        ("2.50", "2.5"),
    ):
        path = f"{CLAIMS}{claim.public_id}/figures/"
        assert reporter.post(path, raw % written, content_type="application/json").json()["value"] == kept


def test_a_date_may_be_written_as_edtf_with_the_phrase_kept_as_printed(reporter, records):
    claim = reporter.post(CLAIMS, claim_body(projected_phrase="kelak", projected_date="2030~")).json()
    assert (claim["projected_phrase"], claim["projected_date"], claim["projected_to"]) == (
        "kelak",
        "2030~",
        "2030-12-31",
    )


def test_an_article_is_found_by_its_address_or_by_its_id(reporter, records):
    reporter.post(CLAIMS, claim_body())
    known = Article.objects.get(url__isnull=False)
    found = {"url": "HTTPS://Creativestation.example/a#top"}
    for article in (found, found | {"source": "creativestation"}, known.pk):
        claim = reporter.post(CLAIMS, claim_body(citations=[{"article": article}])).json()
        assert claim["citations"][0]["article"]["id"] == known.pk
    assert Article.objects.filter(url__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"statement": "x" * 501}, "statement"),
        ({"statement": "a\u202eb"}, "statement"),
        ({"claimant": "nobody"}, "claimant"),
        ({"claimant": 1}, "claimant"),
        ({"made_on": "20-06-2025"}, "made_on"),
        ({"kind": "guess"}, "kind"),
        ({"language": "english"}, "language"),
        ({"topics": ["compute", "nothing"]}, "topics"),
        ({"topics": ["compute", "compute"]}, "topics"),
        ({"projected_phrase": "by the blue moon"}, "projected_phrase"),
        ({"projected_date": "2027-13"}, "projected_date"),
        ({"revisit_on": "2020-01-01"}, "revisit_on"),
        ({"figures": [{"metric": "m", "unit": "USD", "value": "much"}]}, "figures[0].value"),
        ({"figures": [{"metric": "m", "unit": "USD", "value": True}]}, "figures[0].value"),
        ({"figures": [{"metric": "m", "unit": "USD", "value": "1e60"}]}, "figures[0].value"),
        ({"figures": [{"metric": "m", "unit": "USD", "value": 2, "value_to": 3}]}, "figures[0]"),
        ({"figures": [RANGE | {"value_to": 1}]}, "figures[0].value_to"),
        ({"figures": [{"unit": "USD", "value": 2}]}, "figures[0].metric"),
        ({"citations": [{"article": 999}]}, "citations[0].article"),
        ({"citations": [{"article": {"url": "https://new.example/"}}]}, "citations[0].article.source"),
        ({"citations": [{"article": {"source": "creativestation", "url": "ftp://a/"}}]}, "citations[0].article.url"),
        ({"citations": [{"article": {"source": "creativestation"}, "via": 0, "role": "relay"}]}, "citations[0].via"),
        ({"citations": [{"article": {"source": "creativestation"}, "via": -1}]}, "citations[0].via"),
        ({"citations": [{"article": {"source": "creativestation"}, "role": "rumour"}]}, "citations[0].role"),
        ({"citations": [{"article": {"source": "creativestation", "colour": 1}}]}, "citations[0].article.colour"),
        ({"citations": {}}, "citations"),
        ({"status": "open"}, "status"),
        ({"version": 7}, "version"),
        ({"public_id": "mine"}, "public_id"),
        ({"owner": "me"}, "owner"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_what_cannot_be_accepted_is_named_and_nothing_is_written(reporter, records, changes, field):
    answer = reporter.post(CLAIMS, claim_body(**changes))
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Claim.objects.exists()
    assert not Article.objects.exists()


def test_an_article_is_not_cited_twice_by_one_claim(reporter, records):
    twice = [{"article": {"source": "creativestation", "url": "https://a.example/1"}}] * 2
    answer = reporter.post(CLAIMS, claim_body(citations=twice))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"].startswith("citations[1].article")
    assert not Claim.objects.exists()


def test_an_origin_that_has_it_from_another_article_is_refused(reporter, records):
    cited = claim_body()["citations"]
    answer = reporter.post(CLAIMS, claim_body(citations=[cited[0], cited[1] | {"role": "origin"}]))
    assert [error["field"] for error in answer.json()["errors"]] == ["citations[1]"]


# --- Reading ---


def test_a_draft_is_not_there_for_the_public(anonymous):
    draft = ClaimFactory()
    for below in ("", "events/", "reviews/", "citations/", "figures/"):
        assert anonymous.get(f"{CLAIMS}{draft.public_id}/{below}").status_code == 404
    assert anonymous.get(CLAIMS, {"status": "draft"}).json()["results"] == []


def test_the_newsroom_finds_its_drafts(reporter, reader):
    draft = ClaimFactory()
    for program in (reporter, reader):
        assert program.get(f"{CLAIMS}{draft.public_id}/").status_code == 200
        assert [row["public_id"] for row in program.get(CLAIMS, {"status": "draft"}).json()["results"]] == [
            draft.public_id
        ]


def test_a_verdict_stands_only_while_the_claim_is_resolved(anonymous, editor):
    claim = resolved_claim()
    path = f"{CLAIMS}{claim.public_id}/"
    assert anonymous.get(path).json()["verdict"] == "true"
    editor.post(f"{path}reopen/", {"reason": "The accounts were restated."})
    assert anonymous.get(path).json()["verdict"] is None


def test_a_list_and_a_claim_cost_the_same_number_of_queries_however_long(anonymous, django_assert_num_queries):
    claimant, topics, source = ClaimantFactory(), TopicFactory.create_batch(3), SourceFactory()

    def log(number):
        for _ in range(number):
            claim = open_claim(claimant=claimant)
            claim.topics.set(topics)
            FigureFactory.create_batch(2, claim=claim)
            CitationFactory(claim=claim, article__source=source)

    log(3)
    with django_assert_num_queries(4):
        assert len(anonymous.get(CLAIMS).json()["results"]) == 3
    log(27)
    with django_assert_num_queries(4):
        assert len(anonymous.get(CLAIMS).json()["results"]) == 30
    one = f"{CLAIMS}{Claim.objects.first().public_id}/"
    with django_assert_num_queries(4):
        assert len(anonymous.get(one).json()["citations"]) == 2


# --- Editing ---


def test_an_edit_needs_the_version_that_it_changes(reporter, logged):
    path = logged["url"]
    assert reporter.patch(path, {"criteria": "New."}).status_code == 428
    assert reporter.patch(path, {"criteria": "New."}, headers={"if-match": logged["etag"]}).status_code == 200
    for stale in (logged["etag"], '"1"', 'W/"1"', '"x"', "1", '""'):
        for method in (reporter.patch, reporter.put, reporter.delete):
            assert method(path, claim_body(), headers={"if-match": stale}).status_code == 412
    assert reporter.get(path).json()["criteria"] == "New."
    assert reporter.get(path).json()["version"] == 2


@pytest.mark.parametrize("tag", ['"1"', '"9", "1"', "*"])
def test_a_version_may_be_named_by_its_number_among_others_or_not_at_all(reporter, logged, tag):
    assert reporter.patch(logged["url"], {"criteria": "New."}, headers={"if-match": tag}).status_code == 200


def test_the_answer_to_an_edit_carries_the_etag_for_the_next_one(reporter, logged):
    answer = reporter.patch(logged["url"], {"criteria": "New."}, headers={"if-match": logged["etag"]})
    assert answer["ETag"] == reporter.get(logged["url"])["ETag"]
    assert (
        reporter.patch(logged["url"], {"criteria": "Newer."}, headers={"if-match": answer["ETag"]}).status_code == 200
    )


def test_the_same_claim_put_again_changes_nothing(reporter, logged):
    answer = reporter.put(logged["url"], claim_body(), headers={"if-match": logged["etag"]})
    assert answer.status_code == 200
    assert answer.json() == {name: value for name, value in logged.items() if name != "etag"}
    assert Event.objects.count() == 1
    assert Article.objects.count() == 2


def test_a_put_empties_what_it_leaves_out_and_a_patch_keeps_it(reporter, logged):
    patched = reporter.patch(logged["url"], {"criteria": "New."}, headers={"if-match": "*"}).json()
    assert (len(patched["citations"]), patched["topics"]) == (2, ["compute"])
    least = {name: claim_body()[name] for name in ("statement", "claimant", "made_on")}
    put = reporter.put(logged["url"], least, headers={"if-match": "*"}).json()
    emptied = ("citations", "figures", "topics", "criteria", "projected_date", "revisit_on", "sources")
    assert [put[name] for name in emptied] == [[], [], [], "", "", None, []]
    assert reporter.put(logged["url"], {"criteria": "x"}, headers={"if-match": "*"}).status_code == 400


def test_a_patch_of_a_part_must_be_a_whole_part(reporter, logged):
    answer = reporter.patch(logged["url"], {"figures": [{"value": 1}]}, headers={"if-match": "*"})
    assert {error["field"] for error in answer.json()["errors"]} == {"figures[0].metric", "figures[0].unit"}


def test_an_article_that_stays_cited_keeps_its_citation(reporter, logged):
    kept = logged["citations"][1]
    rows = [{"article": kept["article"]["id"], "role": "origin"}]
    answer = reporter.patch(logged["url"], {"citations": rows}, headers={"if-match": "*"})
    assert [(row["id"], row["role"], row["via"]) for row in answer.json()["citations"]] == [
        (kept["id"], "origin", None)
    ]


def test_an_edit_stands_in_the_ledger_with_what_it_changed(reporter, logged):
    reporter.patch(logged["url"], {"statement": "Costs reach $20 billion"}, headers={"if-match": "*"})
    event = Event.objects.last()
    assert event.kind == "edited"
    assert event.data["changes"] == {"statement": [logged["statement"], "Costs reach $20 billion"]}


def test_a_phrase_that_counts_from_the_day_it_was_said_is_read_anew_when_that_day_changes(reporter, records):
    claim = reporter.post(CLAIMS, claim_body(language="en", projected_phrase="within five years")).json()
    assert claim["projected_date"] == "../2030-06-20"
    moved = reporter.patch(claim["url"], {"made_on": "2024-06-20"}, headers={"if-match": "*"}).json()
    assert (moved["projected_date"], moved["revisit_on"]) == ("../2029-06-20", "2029-06-21")


def test_a_date_given_as_edtf_stays_when_the_day_it_was_said_changes(reporter, records):
    claim = reporter.post(CLAIMS, claim_body(projected_phrase="within five years", projected_date="2031")).json()
    moved = reporter.patch(claim["url"], {"made_on": "2024-06-20"}, headers={"if-match": "*"}).json()
    assert moved["projected_date"] == "2031"


def test_a_revisit_day_chosen_by_hand_outlives_a_new_date_and_null_takes_it_back(reporter, records):
    claim = reporter.post(CLAIMS, claim_body(revisit_on="2029-06-01")).json()
    moved = reporter.patch(claim["url"], {"projected_date": "2028"}, headers={"if-match": "*"}).json()
    assert (moved["projected_phrase"], moved["revisit_on"]) == ("2028", "2029-06-01")
    follows = reporter.patch(claim["url"], {"revisit_on": None}, headers={"if-match": "*"}).json()
    assert follows["revisit_on"] == "2029-01-01"


def test_the_last_citation_of_a_published_claim_is_not_taken_away(reporter):
    claim = open_claim()
    answer = reporter.patch(f"{CLAIMS}{claim.public_id}/", {"citations": []}, headers={"if-match": "*"})
    assert [error["field"] for error in answer.json()["errors"]] == ["citations"]
    assert claim.citations.count() == 1


def test_the_date_of_a_resolved_claim_is_not_edited(reporter):
    claim = resolved_claim()
    answer = reporter.patch(f"{CLAIMS}{claim.public_id}/", {"projected_date": "2040"}, headers={"if-match": "*"})
    assert answer.status_code == 400
    assert "reopen" in answer.json()["errors"][0]["message"]


# --- Throwing away ---


def test_a_draft_is_thrown_away(reporter, logged):
    assert reporter.delete(logged["url"]).status_code == 428
    assert reporter.delete(logged["url"], headers={"if-match": logged["etag"]}).status_code == 204
    assert reporter.get(logged["url"]).status_code == 404
    assert not Claim.objects.exists()


def test_a_published_claim_is_not_deleted(editor):
    claim = open_claim()
    answer = editor.delete(f"{CLAIMS}{claim.public_id}/", headers={"if-match": "*"})
    assert answer.status_code == 409
    assert "withdrawn" in answer.json()["detail"]
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_an_article_that_somebody_else_logged_meanwhile_is_taken_as_it_is(records):
    read = ArticleReference().to_internal_value({"source": "creativestation", "url": "https://a.example/x?utm_id=1"})
    known = ArticleFactory(url="https://a.example/x", source=read.source)
    assert saved_article(read, place="article") == known
