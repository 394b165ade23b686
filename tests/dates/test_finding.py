"""Dates inside running text: which words are taken, and which numbers are left alone."""

from itertools import pairwise

import pytest

from claims.dates import UnreadableDate, find_dates, read_phrase
from tests.dates.tables import MADE_ON, PUBLISHED_ON, lines, phrases, sentences


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
    assert found(f"They agreed on that {phrase}, roughly.") == [(phrase, expected)]


@pytest.mark.parametrize(("phrase", "expected"), phrases("field_only.txt"))
def test_a_field_is_read_more_generously_than_running_text(phrase, expected):
    assert read_phrase(phrase, made_on=MADE_ON).date.edtf == expected
    assert (phrase, expected) not in found(f"They agreed on that {phrase}, roughly.")


@pytest.mark.parametrize(("text", "expected"), sentences("english_sentences.txt"))
def test_an_english_sentence_gives_its_dates(text, expected):
    items = find_dates(text, made_on=PUBLISHED_ON, language="en")
    assert [item.date.edtf or "open" for item in items] == expected


@pytest.mark.parametrize(("text", "expected"), sentences("indonesian_sentences.txt"))
def test_an_indonesian_sentence_gives_its_dates(text, expected):
    items = find_dates(text, made_on=PUBLISHED_ON, language="id")
    assert [item.date.edtf or "open" for item in items] == expected


def test_a_date_in_figures_is_read_by_the_language_it_stands_in():
    assert found("It was signed on 05/06/2027.", "en") == []
    assert found("Surat itu diteken pada 05/06/2027.", "en") == [("pada 05/06/2027", "2027-06-05")]
    assert found("Diteken (05/06/2027) oleh menteri.", "id") == [("05/06/2027", "2027-06-05")]


def test_a_weekday_belongs_to_the_date_in_brackets_after_it():
    assert found("Ia bicara pada Senin (17/8/2026) di Solo.", "id") == [("pada Senin (17/8/2026)", "2026-08-17")]


def test_a_full_stop_ends_the_sentence_and_not_the_name_of_a_month():
    assert found("It opens in July.") == [("in July", "2025-07")]
    assert found("It opens on 3 Dec. 2027.") == [("on 3 Dec. 2027", "2027-12-03")]


def test_a_text_of_more_than_two_hundred_thousand_characters_is_refused():
    assert find_dates(" " * 199_993 + "by 2027", made_on=MADE_ON)
    with pytest.raises(UnreadableDate, match="200000"):
        find_dates(" " * 199_994 + "by 2027", made_on=MADE_ON)


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
