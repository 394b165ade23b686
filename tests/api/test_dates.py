"""How a phrase is read, over the API."""

import pytest

PARSE = "/api/v1/dates/parse/"


def test_a_phrase_is_read_as_a_claim_would_read_it(anonymous, db):
    answer = anonymous.get(PARSE, {"phrase": "pada akhir 2026", "made_on": "2025-06-20", "language": "id"}).json()
    assert answer == {
        "phrase": "pada akhir 2026",
        "projected_date": "2026-09/2026-12",
        "projected_from": "2026-09-01",
        "projected_to": "2026-12-31",
        "revisit_on": "2027-01-01",
        "rule": answer["rule"],
    }
    assert answer["rule"]


def test_a_relative_phrase_counts_from_the_day_it_was_said(anonymous, db):
    answer = anonymous.get(PARSE, {"phrase": "within five years", "made_on": "2025-06-20"}).json()
    assert (answer["projected_from"], answer["projected_to"]) == (None, "2030-06-20")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "phrase"),
        ({"phrase": ""}, "phrase"),
        ({"phrase": "a blue moon"}, "phrase"),
        ({"phrase": "x" * 201}, "phrase"),
        ({"phrase": "2027\u0000"}, "phrase"),
        ({"phrase": "2027", "made_on": ""}, "made_on"),
        ({"phrase": "2027", "made_on": "2025"}, "made_on"),
        ({"phrase": "2027", "language": "English"}, "language"),
        ({"phrase": "2027", "language": ""}, "language"),
        ({"phrase": "2027", "today": "2025-01-01"}, "today"),
        ({"phrase": "within 9000 years", "made_on": "2025-01-01"}, "phrase"),
    ],
)
def test_what_cannot_be_read_is_named(anonymous, db, query, field):
    answer = anonymous.get(PARSE, query)
    assert answer.status_code == 400, answer.json()
    assert [error["field"] for error in answer.json()["errors"]] == [field]
