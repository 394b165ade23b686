"""English phrases, each with the EDTF it stands for."""

from datetime import date

import pytest

from claims.dates import UnreadableDate, read_phrase
from tests.dates.tables import MADE_ON, phrases, worded


def edtf(phrase: str, made_on: date = MADE_ON) -> str:
    return read_phrase(phrase, made_on=made_on, language="en").date.edtf


@pytest.mark.parametrize(("phrase", "expected"), phrases("english.txt"))
def test_a_phrase_means_its_date(phrase, expected):
    assert edtf(phrase) == expected


@pytest.mark.parametrize(("phrase", "expected"), worded("english.txt"))
def test_case_spaces_and_a_full_stop_do_not_matter(phrase, expected):
    assert edtf(f"  {phrase.upper()}.\n") == expected


@pytest.mark.parametrize(
    "phrase", ["FY2027", "fiscal 2027", "fiscal year 2027", "Q4 FY2027", "third quarter of fiscal 2027"]
)
def test_fiscal_years_are_refused_as_such(phrase):
    with pytest.raises(UnreadableDate, match="Fiscal"):
        edtf(phrase)


@pytest.mark.parametrize("phrase", ["by Christmas", "Easter 2027", "before Ramadan 2027", "by Thanksgiving"])
def test_feasts_are_refused_as_such(phrase):
    with pytest.raises(UnreadableDate, match="Feasts"):
        edtf(phrase)


@pytest.mark.parametrize(
    "phrase", ["summer 2027", "by the fall of 2026", "next spring", "early winter 2027", "2027-22"]
)
def test_seasons_are_refused_as_such(phrase):
    with pytest.raises(UnreadableDate, match=r"[Ss]easons"):
        edtf(phrase)


@pytest.mark.parametrize(
    "phrase", ["31 June 2027", "by 29 February 2027", "2027-02-30", "31/04/2027", "1 June to 31 June 2027"]
)
def test_a_day_that_the_month_does_not_have_is_refused(phrase):
    with pytest.raises(UnreadableDate):
        edtf(phrase)


def test_a_date_in_figures_that_reads_two_ways_is_asked_back():
    with pytest.raises(UnreadableDate, match="two ways"):
        edtf("by 05/06/2027")
    assert edtf("by 25/06/2027") == "../2027-06-25"
    assert edtf("by 06/25/2027") == "../2027-06-25"
    assert edtf("05/05/2027") == "2027-05-05"
    with pytest.raises(UnreadableDate, match="two ways"):
        read_phrase("05/06/2027", made_on=MADE_ON)


def test_what_begins_before_now_cannot_run_from_now():
    with pytest.raises(UnreadableDate, match="ends before it starts"):
        edtf("between now and 2024")


def test_a_span_that_runs_backwards_is_refused():
    with pytest.raises(UnreadableDate, match="ends before it starts"):
        edtf("between 2028 and 2026")


def test_relative_dates_keep_to_the_last_day_where_the_month_is_shorter():
    assert edtf("within one month", date(2025, 1, 31)) == "../2025-02-28"
    assert edtf("within one year", date(2024, 2, 29)) == "../2025-02-28"
    assert edtf("within three months", date(2025, 11, 30)) == "../2026-02-28"


def test_a_month_without_a_year_is_the_next_that_is_not_over():
    assert edtf("by June", date(2025, 6, 30)) == "../2025-06"
    assert edtf("by June", date(2025, 7, 1)) == "../2026-06"
    assert edtf("on 29 February", date(2025, 7, 1)) == "2028-02-29"


def test_the_error_names_the_part_that_was_not_understood():
    with pytest.raises(UnreadableDate) as refusal:
        edtf("by 2027 or bust")
    assert refusal.value.fragment == "or bust"
    assert refusal.value.text == "by 2027 or bust"
    assert "or bust" in refusal.value.reason


def test_two_dates_in_one_field_are_asked_back():
    with pytest.raises(UnreadableDate, match="more than one date"):
        edtf("by 2027, and by 2030")


@pytest.mark.parametrize(
    "phrase", ["", "   ", "?!", "soonish maybe", "by", "by the", "early", "may", "march", "75%", "Vision 2030"]
)
def test_what_is_no_date_is_refused(phrase):
    with pytest.raises(UnreadableDate):
        edtf(phrase)


def test_a_phrase_in_the_other_language_is_read_all_the_same():
    assert edtf("pada tahun 2027") == "2027"
    assert read_phrase("by June 2027", made_on=MADE_ON, language="id").date.edtf == "../2027-06"
    assert read_phrase("by June 2027", made_on=MADE_ON, language="fr").date.edtf == "../2027-06"
    assert read_phrase("paling lambat 2027", made_on=MADE_ON).date.edtf == "../2027"


def test_nothing_runs_past_the_end_of_the_calendar():
    for phrase in ("next year", "within five years", "in ten years", "after 9999", "next decade", "before 0001"):
        with pytest.raises(UnreadableDate, match="0001 to 9999"):
            edtf(phrase, date(9999, 12, 31))
