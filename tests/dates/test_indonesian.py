"""Indonesian phrases, each with the EDTF it stands for."""

from datetime import date

import pytest

from claims.dates import UnreadableDate, read_phrase
from tests.dates.tables import MADE_ON, phrases

LONG = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
SHORT = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"


def edtf(phrase: str, made_on: date = MADE_ON) -> str:
    return read_phrase(phrase, made_on=made_on, language="id").date.edtf


@pytest.mark.parametrize(("phrase", "expected"), phrases("indonesian.txt"))
def test_a_phrase_means_its_date(phrase, expected):
    assert edtf(phrase) == expected


@pytest.mark.parametrize(("phrase", "expected"), phrases("indonesian.txt"))
def test_case_spaces_and_a_full_stop_do_not_matter(phrase, expected):
    if any(sign in phrase for sign in "/~?%"):
        pytest.skip("EDTF is case-sensitive, and its marks mean something")
    assert edtf(f"  {phrase.upper()}.\n") == expected


@pytest.mark.parametrize(
    ("number", "name"), [*enumerate(LONG.split(), 1), *enumerate(SHORT.split(), 1), (8, "Agt"), (11, "Nopember")]
)
def test_every_month_is_known_by_its_names(number, name):
    assert edtf(f"{name} 2027") == f"2027-{number:02d}"
    assert edtf(f"hingga 17 {name} 2027") == f"../2027-{number:02d}-17"


@pytest.mark.parametrize(
    ("words", "years"),
    [("sebelas", 11), ("dua belas", 12), ("dua puluh", 20), ("dua puluh lima", 25), ("seratus", 100), ("7", 7)],
)
def test_numbers_are_read_in_words_and_figures(words, years):
    assert edtf(f"dalam {words} tahun") == f"../{2025 + years}-06-20"


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("tahun fiskal 2027", "Fiscal"),
        ("tahun anggaran 2026/2027", "Fiscal"),
        ("tahun ajaran 2026/2027", "Fiscal"),
        ("Lebaran 2027", "Feasts"),
        ("sebelum Ramadan", "Feasts"),
        ("Natal tahun ini", "Feasts"),
        ("musim panas 2027", "Seasons"),
        ("akhir musim hujan", "Seasons"),
        ("dalam lima tahun terakhir", "past"),
    ],
)
def test_kinds_that_are_not_read_are_refused_as_such(phrase, word):
    with pytest.raises(UnreadableDate, match=word):
        edtf(phrase)


@pytest.mark.parametrize("phrase", ["minggu", "akhir kata", "Agenda 2030", "jalan 2027", "75 persen", "awal"])
def test_what_is_no_date_is_refused(phrase):
    with pytest.raises(UnreadableDate):
        edtf(phrase)
