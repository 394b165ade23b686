"""EDTF levels 0 and 1: what is read, what it covers, and what is refused with which word."""

from datetime import date

import edtf as library
import pytest

from claims.dates import ProjectedDate, UnreadableDate

COVERED = [
    ("2027", date(2027, 1, 1), date(2027, 12, 31), "year"),
    ("2027-06", date(2027, 6, 1), date(2027, 6, 30), "month"),
    ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "month"),
    ("2027-06-15", date(2027, 6, 15), date(2027, 6, 15), "day"),
    ("2028-02-29", date(2028, 2, 29), date(2028, 2, 29), "day"),
    ("203X", date(2030, 1, 1), date(2039, 12, 31), "decade"),
    ("20XX", date(2000, 1, 1), date(2099, 12, 31), "century"),
    ("2027-XX", date(2027, 1, 1), date(2027, 12, 31), "year"),
    ("2027-06-XX", date(2027, 6, 1), date(2027, 6, 30), "month"),
    ("2027-XX-XX", date(2027, 1, 1), date(2027, 12, 31), "year"),
    ("2026-07/2026-09", date(2026, 7, 1), date(2026, 9, 30), "range"),
    ("2027-06/2027", date(2027, 6, 1), date(2027, 12, 31), "range"),
    ("../2027", None, date(2027, 12, 31), "range"),
    ("/2027", None, date(2027, 12, 31), "range"),
    ("2028/..", date(2028, 1, 1), None, "range"),
    ("2028/", date(2028, 1, 1), None, "range"),
    ("0001", date(1, 1, 1), date(1, 12, 31), "year"),
    ("9999", date(9999, 1, 1), date(9999, 12, 31), "year"),
    ("", None, None, "open"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), COVERED)
def test_a_date_covers_its_first_to_its_last_day(text, start, end, precision):
    found = ProjectedDate.from_edtf(text)
    assert (found.start, found.end, found.precision, str(found)) == (start, end, precision, text)


@pytest.mark.parametrize(("text", "start", "end"), [row[:3] for row in COVERED if row[0] and ".." not in row[0]])
def test_an_independent_reader_finds_the_same_days(text, start, end):
    parsed = library.parse_edtf(text)
    if start and end:
        assert (tuple(parsed.lower_strict())[:3], tuple(parsed.upper_strict())[:3]) == (
            start.timetuple()[:3],
            end.timetuple()[:3],
        )


@pytest.mark.parametrize("mark", ["?", "~", "%"])
def test_marks_say_doubt_and_never_move_a_day(mark):
    plain, marked = ProjectedDate.from_edtf("2027-06"), ProjectedDate.from_edtf("2027-06" + mark)
    assert (marked.start, marked.end) == (plain.start, plain.end)
    assert marked.is_approximate == (mark in "~%")
    assert marked.is_uncertain == (mark in "?%")
    assert not plain.is_approximate
    assert not plain.is_uncertain


def test_the_ends_of_an_interval_carry_marks_of_their_own():
    found = ProjectedDate.from_edtf("2026~/2028?")
    assert found.is_approximate
    assert found.is_uncertain
    assert (found.start, found.end) == (date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2027-21", "season"),
        ("2027-24", "season"),
        ("2027-13", "twelve"),
        ("2027-00", "twelve"),
        ("2027-02-29", "day 29"),
        ("1900-02-29", "day 29"),
        ("2027-06-31", "day 31"),
        ("2027-06-00", "day 0"),
        ("2028/2027", "ends before it starts"),
        ("2027-06-15/2027-06-14", "ends before it starts"),
        ("Y170000002", "0001 to 9999"),
        ("-0044", "0001 to 9999"),
        ("0000", "0000"),
        ("000X", "0000"),
        ("00XX", "0000"),
        ("0000-XX", "0000"),
        ("2027-06-15T10:00:00", "time of day"),
        ("2027?-06", "level 2"),
        ("203X/2045", "X inside an interval"),
        ("2027/2028/2029", "more than one slash"),
        ("../..", "no date"),
        ("/", "no date"),
        ("27", "not an EDTF date"),
        ("2027-6", "not an EDTF date"),
        ("２０２７", "not an EDTF date"),
        ("2" * 50, "too long"),
    ],
)
def test_what_is_not_read_is_refused_with_a_clear_word(text, word):
    with pytest.raises(UnreadableDate) as refusal:
        ProjectedDate.from_edtf(text)
    assert word in refusal.value.reason
    assert refusal.value.reason == str(refusal.value)
    assert refusal.value.text == text


def test_spaces_around_a_date_are_not_part_of_it():
    assert ProjectedDate.from_edtf(" 2027\n").edtf == "2027"


def test_an_open_date_has_no_days_and_no_day_to_revisit():
    found = ProjectedDate.open()
    assert (found.edtf, found.start, found.end, found.revisit_on()) == ("", None, None, None)


def test_a_claim_is_revisited_on_the_day_after_its_window():
    assert ProjectedDate.from_edtf("2026-07/2026-09").revisit_on() == date(2026, 10, 1)
    assert ProjectedDate.from_edtf("../2027").revisit_on() == date(2028, 1, 1)
    assert ProjectedDate.from_edtf("2028/..").revisit_on() is None


def test_the_last_day_of_the_calendar_has_no_day_after_it():
    assert ProjectedDate.from_edtf("9999").revisit_on() is None
    assert ProjectedDate.from_edtf("9999-12-30").revisit_on() == date.max


def test_dates_are_equal_when_written_the_same_and_cannot_be_changed():
    assert ProjectedDate.from_edtf("2027") == ProjectedDate("2027")
    assert len({ProjectedDate("2027"), ProjectedDate("2027"), ProjectedDate("2027~")}) == 2
    with pytest.raises(AttributeError):
        ProjectedDate("2027").edtf = "2028"
