"""Dates inside running text: which words are taken, and which numbers are left alone."""

from itertools import pairwise

import pytest

from claims.dates import find_dates
from tests.dates.tables import MADE_ON, lines, phrases

FIELD_ONLY = {"possibly by 2027", "end of year", "one day", "suatu hari nanti"}


def found(text: str, language: str | None = None) -> list[tuple[str, str]]:
    return [(item.text, item.date.edtf) for item in find_dates(text, made_on=MADE_ON, language=language)]


@pytest.mark.parametrize("text", lines("no_dates.txt"))
def test_a_number_that_is_no_date_is_left_alone(text):
    assert found(text) == []
    assert found(f"He said: {text}.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "OpenAI's costs may reach $20 billion in 2027, up from about $5 billion in 2024",
            [("in 2027", "2027"), ("in 2024", "2024")],
        ),
        ("Menjelang tahun 2030, semua mobil listrik", [("Menjelang tahun 2030", "2030~")]),
        ("By 2030 people will live longer", [("By 2030", "../2030")]),
        ("It lost by 2030 votes", []),
        ("2030 will be the year", [("2030", "2030")]),
        ("The plant (2027) is late", [("2027", "2027")]),
        ("delayed until 2028 or later", [("until 2028", "../2028")]),
        ("Biaya itu, pada tahun 2027, naik 75%", [("pada tahun 2027", "2027")]),
        ("in 2024, 2025 and 2026", [("in 2024", "2024"), ("2025", "2025"), ("2026", "2026")]),
        ("It happens in the coming years.", [("in the coming years", "")]),
        ("by summer 2027 or FY2028 or Lebaran 2029", []),
        ("ship in Q4 FY2027", []),
        ("the first time in five years", []),
        ("AGI will arrive in five years", [("in five years", "2030")]),
        ("“by mid‑2027”, he said", [("by mid‑2027", "../2027-08")]),
        ("by\u00a0June\u00a02027", [("by\u00a0June\u00a02027", "../2027-06")]),
    ],
)
def test_a_sentence_gives_its_dates_and_nothing_else(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "by the end of Q3 2027",
        "between June 2026 and March 2027",
        "no earlier than 2028",
        "from 2026 to 2028",
        "paling lambat akhir 2026",
        "late in the third quarter of next year",
        "antara Juni 2026 dan Maret 2027",
    ],
)
def test_the_longest_and_most_composed_reading_wins(phrase):
    assert [text for text, _ in found(f"It is due {phrase}, they said.")] == [phrase]


@pytest.mark.parametrize(
    ("phrase", "expected"), [row for row in phrases("english.txt") + phrases("indonesian.txt") if " " in row[0]]
)
def test_a_phrase_reads_the_same_inside_a_sentence(phrase, expected):
    if phrase in FIELD_ONLY:
        pytest.skip("a field is read more generously than running text")
    assert found(f"They agreed on that {phrase}, roughly.") == [(phrase, expected)]


def test_offsets_point_into_the_original_text():
    text = "Ünïcödé İİ — “by June 2027” … pada tahun 2030\u2028in 2031"
    for item in find_dates(text, made_on=MADE_ON):
        assert text[item.start : item.end] == item.text
    assert [item.date.edtf for item in find_dates(text, made_on=MADE_ON)] == ["../2027-06", "2030", "2031"]


def test_found_dates_never_overlap_and_stand_in_order():
    items = find_dates("by 2027 by the end of 2028 to 2030 pada 2031 hingga 2032 or 2033", made_on=MADE_ON)
    assert items
    assert all(one.end <= other.start for one, other in pairwise(items))


def test_both_languages_are_found_whatever_the_text_is_said_to_be():
    text = "“by 2027,” katanya, paling lambat akhir 2028"
    assert found(text, "en") == found(text, "id") == [("by 2027", "../2027"), ("paling lambat akhir 2028", "../2028")]
