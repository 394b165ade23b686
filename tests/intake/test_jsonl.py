"""JSON lines: one answer for each line, in order, and one bad line never costs the next."""

import io
import json
from datetime import date

import pytest

from claims.intake import jsonl

TODAY = date(2025, 6, 20)


def answer(**request) -> dict:
    return jsonl.answer(json.dumps(request), TODAY)


def served(text: bytes) -> list[dict]:
    return [json.loads(line) for line in jsonl.answers(io.BytesIO(text), TODAY)]


def test_a_phrase_is_answered_with_its_edtf_and_its_days():
    assert answer(id="a", mode="dates", text="by June 2027") == {
        "id": "a",
        "dates": [{"text": "by June 2027", "edtf": "../2027-06", "start": None, "due": "2027-06-30"}],
    }


def test_a_sentence_is_answered_with_every_date_in_it_as_it_stands():
    found = answer(mode="dates", text="Costs reach $20 billion in 2027, up from $5 billion In 2024.")
    assert [(item["text"], item["start"], item["due"]) for item in found["dates"]] == [
        ("in 2027", "2027-01-01", "2027-12-31"),
        ("In 2024", "2024-01-01", "2024-12-31"),
    ]


def test_an_open_phrase_is_a_date_without_days():
    expected = [{"text": "in the coming years", "edtf": "", "start": None, "due": None}]
    assert answer(mode="dates", text="in the coming years")["dates"] == expected


@pytest.mark.parametrize("text", ["someday", "sooner or later", "Cepat atau lambat", "jangka panjang", "akhir pekan"])
def test_words_that_say_no_more_than_some_time_are_no_date(text):
    assert answer(mode="dates", text=text) == {"dates": []}


@pytest.mark.parametrize("text", ["FY2027", "summer 2027", "Lebaran 2027", "Flight 2027", "75%", "", "2027 employees"])
def test_what_is_no_date_gives_an_empty_list(text):
    assert answer(mode="dates", text=text) == {"dates": []}


def test_relative_dates_count_from_the_day_of_publication_or_from_today():
    assert answer(mode="dates", text="next year", published="2019-01-02")["dates"][0]["edtf"] == "2020"
    assert answer(mode="dates", text="next year")["dates"][0]["edtf"] == "2026"
    assert answer(mode="dates", text="next year", published=None, language=None)["dates"][0]["edtf"] == "2026"


def test_the_language_is_a_hint():
    for language in ("id", "en", "id-ID", "xx", ""):
        assert answer(mode="dates", text="paling lambat akhir 2026", language=language)["dates"][0]["edtf"] == "../2026"


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        ({"mode": "dates"}, "text"),
        ({"mode": "dates", "text": 7}, "text"),
        ({"mode": "dates", "text": None}, "text"),
        ({"mode": "dates", "text": "2027", "language": 5}, "language"),
        ({"mode": "dates", "text": "2027", "published": "20 June 2025"}, "published"),
        ({"mode": "dates", "text": "2027", "published": "2025-02-30"}, "published"),
        ({"mode": "dates", "text": "2027", "published": 2025}, "published"),
        ({"mode": "dates", "text": "2027", "published": "２０２５-06-20"}, "published"),
        ({"mode": "dates", "text": "2027 " * 40_001}, "200000"),
        ({"mode": "tarot", "text": "2027"}, "mode"),
        ({"mode": ["dates"], "text": "2027"}, "mode"),
        ({"mode": None, "text": "2027"}, "mode"),
    ],
)
def test_a_request_that_cannot_be_served_is_told_why_and_keeps_its_id(request_, word):
    told = answer(id=9, **request_)
    assert told["id"] == 9
    assert word in told["error"]
    assert "dates" not in told


@pytest.mark.parametrize("mode", ["candidates", "html", "quantities"])
def test_a_mode_to_come_says_so(mode):
    assert "not available yet" in answer(id=1, mode=mode, text="x")["error"]


def test_a_line_without_a_mode_asks_for_candidates():
    assert "not available yet" in answer(id=1, text="x")["error"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[1]",
        b"7",
        b'"text"',
        b"null",
        b"\xff\xfe",
        b'{"id": NaN}',
        b"[" * 100_000,
        b'{"id": ' + b"9" * 6000 + b"}",
        b'{"id": {"a": 1}, "mode": "dates", "text": "2027"}',
        b'{"id": 1.5, "mode": "dates", "text": "2027"}',
    ],
)
def test_a_line_that_is_no_request_gets_an_error(line):
    assert set(jsonl.answer(line, TODAY)) == {"error"}


def test_answers_keep_their_order_and_a_bad_line_costs_no_other():
    good = b'{"id": %d, "mode": "dates", "text": "by 2027"}\n'
    told = served(good % 1 + b"nonsense\n" + b"\n" + good % 2 + b"\x00\n" + (good % 3).rstrip())
    assert [line.get("id") for line in told] == [1, None, None, 2, None, 3]
    assert ["error" in line for line in told] == [False, True, True, False, True, False]


def test_a_line_of_several_megabytes_is_refused_and_the_next_is_served():
    long = b'{"mode": "dates", "text": "' + b"2027 " * 600_000 + b'"}\n'
    told = served(long + b'{"id": 2, "mode": "dates", "text": "by 2027"}\n')
    assert "longer than" in told[0]["error"]
    assert told[1]["dates"][0]["edtf"] == "../2027"
    assert len(told) == 2


def test_lone_surrogates_come_back_as_they_went():
    line = rb'{"id": "\ud800", "mode": "dates", "text": "\udfff by 2027 \ud83d"}'
    (said,) = jsonl.answers(io.BytesIO(line), TODAY)
    assert said.isascii()
    assert json.loads(said)["id"] == "\ud800"
    assert json.loads(said)["dates"][0]["text"] == "by 2027"
