"""Indonesian phrases, each with the EDTF it stands for."""

from datetime import date

import pytest

from claims.dates import UnreadableDate, read_phrase
from tests.dates.tables import MADE_ON, phrases, worded

LONG = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
SHORT = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"


def edtf(phrase: str, made_on: date = MADE_ON) -> str:
    return read_phrase(phrase, made_on=made_on, language="id").date.edtf


@pytest.mark.parametrize(("phrase", "expected"), phrases("indonesian.txt"))
def test_a_phrase_means_its_date(phrase, expected):
    assert edtf(phrase) == expected


@pytest.mark.parametrize(("phrase", "expected"), worded("indonesian.txt"))
def test_case_spaces_and_a_full_stop_do_not_matter(phrase, expected):
    assert edtf(f"  {phrase.upper()}.\n") == expected


@pytest.mark.parametrize(
    ("number", "name"), [*enumerate(LONG.split(), 1), *enumerate(SHORT.split(), 1), (8, "Agt"), (11, "Nopember")]
)
def test_every_month_is_known_by_its_names(number, name):
    assert edtf(f"{name} 2027") == f"2027-{number:02d}"
    assert edtf(f"hingga 17 {name} 2027") == f"../2027-{number:02d}-17"


@pytest.mark.parametrize("verb", ["dimulai", "berlaku", "berlaku efektif", "dilakukan", "mulai beroperasi"])
def test_what_begins_on_a_day_is_dated_on_it_and_not_from_it(verb):
    assert edtf(f"{verb} pada 1 Juli 2027") == "2027-07-01"


@pytest.mark.parametrize("day", range(1, 4))
def test_a_day_of_the_month_is_no_third_of_the_year(day):
    assert edtf(f"pada {day} Januari 2027") == f"2027-01-{day:02d}"
    assert edtf("caturwulan I 2027") == "2027-01/2027-04"


def test_the_day_stands_first_in_indonesian_only():
    assert edtf("pada 05/06/2027") == "2027-06-05"
    assert read_phrase("pada 05/06/2027", made_on=MADE_ON).date.edtf == "2027-06-05"
    with pytest.raises(UnreadableDate, match="two ways"):
        read_phrase("by 05/06/2027", made_on=MADE_ON, language="id")


def test_a_weekday_tells_the_year_of_a_day_beside_it_and_one_that_fits_no_year_near_is_refused():
    assert edtf("Rabu (12/8)", date(2026, 9, 1)) == "2026-08-12"
    assert edtf("Rabu (12/8)", date(2027, 3, 1)) == "2026-08-12"
    with pytest.raises(UnreadableDate):
        edtf("Senin (12/8)", date(2026, 9, 1))
    with pytest.raises(UnreadableDate):
        edtf("Senin (12/13)", date(2026, 9, 1))


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
