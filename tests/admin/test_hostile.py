"""Whatever is sent to the claim's form, the answer is a word on the field, and nothing is half-written."""

import pytest

from claims.models import Citation, Claim, Event
from tests.admin.forms import a_claim, edit, errors, filled, log, messages
from tests.factories import ArticleFactory, ClaimFactory, open_claim

LONG = "x" * 5000
ROW = {"figures-0-metric": "cost", "figures-0-value": "1", "figures-0-unit": "USD"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"statement": LONG}, "statement"),
        ({"statement": "a\x00b"}, "statement"),
        ({"statement": "two\nlines"}, "statement"),
        ({"statement": "\u202ereversed"}, "statement"),
        ({"statement": "\ufffe"}, "statement"),
        ({"claimant": "x"}, "claimant"),
        ({"claimant": "\x00"}, "claimant"),
        ({"claimant": "9" * 30}, "claimant"),
        ({"made_on": "20 June"}, "made_on"),
        ({"made_on": "2025-02-30"}, "made_on"),
        ({"made_on": "\x00"}, "made_on"),
        ({"projected_phrase": "a\x00"}, "projected_phrase"),
        ({"projected_phrase": LONG}, "projected_phrase"),
        ({"projected_phrase": "2028/2026"}, "projected_phrase"),
        ({"revisit_on": "whenever"}, "revisit_on"),
        ({"kind": "hope"}, "kind"),
        ({"language": "klingon"}, "language"),
        ({"criteria": LONG}, "criteria"),
        ({"topics": ["x"]}, "topics"),
        ({"topics": ["9" * 30]}, "topics"),
        ({"owner": "9" * 30}, "owner"),
        (ROW | {"figures-0-value": "NaN"}, "figures-0-value"),
        (ROW | {"figures-0-value": "1e400"}, "figures-0-value"),
        (ROW | {"figures-0-value": "1e999999999"}, "figures-0-value"),
        (ROW | {"figures-0-value": "\x00"}, "figures-0-value"),
        (ROW | {"figures-0-unit": ""}, "figures-0-unit"),
        (ROW | {"figures-0-comparator": "!="}, "figures-0-comparator"),
        (ROW | {"figures-0-role": "x"}, "figures-0-role"),
        ({"citations-0-article": "x"}, "citations-0-article"),
        ({"citations-0-article": "9" * 30}, "citations-0-article"),
        ({"citations-0-quote": "words without an article"}, "citations-0-article"),
        ({"citations-0-role": "rumour"}, "citations-0-role"),
        ({"citations-0-attribution": "rumour"}, "citations-0-attribution"),
        ({"citations-1-via_row": "-1"}, "citations-1-via_row"),
        ({"citations-1-via_row": "x"}, "citations-1-via_row"),
    ],
)
def test_what_is_wrong_is_said_on_its_field_and_nothing_is_saved(reporter, given, field):
    response = log(reporter, **a_claim(**given))
    assert response.status_code == 200
    assert field in errors(response)
    assert not Claim.objects.exists()
    assert not Citation.objects.exists()
    assert not Event.objects.exists()


def test_a_zero_with_a_billion_digits_is_a_zero(reporter):
    log(reporter, **a_claim(), **(ROW | {"figures-0-value": "0e999999999"}))
    assert Claim.objects.get().figures.get().value == 0


def test_a_lone_surrogate_never_arrives(reporter):
    body = "statement=%ED%A0%80abc&made_on=2025-06-20&projected_phrase=%ED%A0%80"
    response = reporter.post("/admin/claims/claim/add/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"citations-TOTAL_FORMS": "x"},
        {"citations-TOTAL_FORMS": "99999"},
        {"citations-INITIAL_FORMS": "7"},
        {"citations-0-id": "x"},
        {"citations-0-id": "9" * 30},
        {"figures-TOTAL_FORMS": "-1"},
    ],
)
def test_a_tampered_form_is_refused(editor, given):
    claim = open_claim()
    url = f"/admin/claims/claim/{claim.pk}/change/"
    response = editor.post(url, filled(editor.get(url), statement="Mine", **given))
    assert response.status_code in {200, 302, 400}
    assert claim.citations.count() == 1


@pytest.mark.parametrize("key", ["x", "\x00", "9" * 30])
def test_an_action_on_what_is_no_row_does_nothing(editor, key):
    chosen = {"action": "publish_drafts", "_selected_action": [key]}
    assert "nothing was done" in messages(editor.post("/admin/claims/claim/", chosen, follow=True))


@pytest.mark.parametrize("key", ["0", "9" * 30, "x", "%00", "_00", "%ED%A0%80"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_of_no_claim_leads_back(editor, key, method):
    assert getattr(editor, method)(f"/admin/claims/claim/{key}/change/").status_code in {302, 403, 404}
    assert getattr(editor, method)(f"/admin/claims/claim/{key}/publish/").status_code in {302, 404}


def test_two_articles_that_change_places_are_told_to_do_so_one_by_one(editor):
    claim = open_claim()
    Citation.objects.create(claim=claim, article=ArticleFactory())
    first, second = claim.citations.all()
    swapped = {"citations-0-article": second.article_id, "citations-1-article": first.article_id}
    assert "nothing was written" in messages(edit(editor, claim, **swapped))
    assert [c.article_id for c in claim.citations.all()] == [first.article_id, second.article_id]
    assert not Event.objects.filter(kind="edited").exists()


def test_markup_in_a_claim_is_shown_as_it_was_written(editor):
    claim = ClaimFactory(statement="<script>alert(1)</script>")
    edit(editor, claim, criteria="<img src=x onerror=alert(1)>")
    for url in ("/admin/", "/admin/claims/claim/", f"/admin/claims/claim/{claim.pk}/change/", "/admin/claims/event/"):
        page = editor.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
