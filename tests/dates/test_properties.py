"""What holds for every date: it survives writing and reading, and doubt never makes it due earlier."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.dates import ProjectedDate, UnreadableDate, find_dates, read_phrase, word
from tests.dates.tables import MADE_ON, outcome

MARKS = st.sampled_from(["", "", "?", "~", "%"])
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31))
PLAIN = st.one_of(
    DAYS.map(lambda day: day.isoformat()),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
)
UNSPECIFIED = st.one_of(
    DAYS.map(lambda day: day.isoformat()[:3] + "X"),
    DAYS.map(lambda day: day.isoformat()[:2] + "XX"),
    DAYS.map(lambda day: day.isoformat()[:4] + "-XX"),
    DAYS.map(lambda day: day.isoformat()[:7] + "-XX"),
    DAYS.map(lambda day: day.isoformat()[:4] + "-XX-XX"),
)


def _thirds(day: date) -> list[str]:
    year, month = f"{day.year:04d}", f"{day.year:04d}-{day.month:02d}"
    return [
        *(f"{year}-{first:02d}/{year}-{first + 3:02d}" for first in (1, 5, 9)),
        *(f"{year}-{first:02d}/{year}-{first + 2:02d}" for first in (1, 4, 7, 10)),
        *(f"{year}-{first:02d}/{year}-{first + 5:02d}" for first in (1, 7)),
        *(f"{year[:3]}{ends[0]}/{year[:3]}{ends[1]}" for ends in ("03", "46", "79")),
        f"{month}-01/{month}-10",
    ]


@st.composite
def intervals(draw) -> str:
    sides = [draw(PLAIN), draw(PLAIN)]
    ends = [ProjectedDate(side) for side in sides]
    if ends[0].start > ends[1].end:
        sides.reverse()
    marked = [side + draw(MARKS) for side in sides]
    if draw(st.booleans()):
        marked[draw(st.integers(0, 1))] = draw(st.sampled_from(["..", ".."]))
    return "/".join(marked)


NAMED = DAYS.flatmap(lambda day: st.sampled_from(_thirds(day)))
DATES = st.one_of(st.tuples(st.one_of(PLAIN, UNSPECIFIED), MARKS).map("".join), intervals(), NAMED, st.just("")).map(
    ProjectedDate
)


@given(DATES)
def test_what_is_written_is_read_the_same(projected):
    assert ProjectedDate.from_edtf(str(projected)) == projected


@given(DATES)
def test_no_window_ends_before_it_starts(projected):
    assert projected.start is None or projected.end is None or projected.start <= projected.end


@given(DATES, st.sampled_from(["en", "id"]))
def test_a_date_put_in_words_reads_as_the_same_date(projected, language):
    said = word(projected, language)
    assert read_phrase(said, made_on=MADE_ON, language=language).date == projected


@given(DATES.filter(lambda projected: projected.edtf), st.sampled_from(["en", "id"]))
def test_words_are_used_wherever_there_are_words(projected, language):
    said = word(projected, language)
    start, _, end = projected.edtf.partition("/")
    is_doubly_marked = any(mark in projected.edtf for mark in "?%") or start == end
    assert said != projected.edtf or projected.precision == "year" or is_doubly_marked


@given(PLAIN, st.sampled_from("?~%"))
def test_doubt_never_makes_a_date_due_earlier(text, mark):
    assert ProjectedDate(text + mark).revisit_on() == ProjectedDate(text).revisit_on()


@given(DAYS)
def test_a_coarser_date_is_never_due_earlier(day):
    written = day.isoformat()
    due = [ProjectedDate(text).revisit_on() for text in (written, written[:7], written[:4], written[:3] + "X")]
    never = date.max
    assert [day or never for day in due] == sorted(day or never for day in due)


@given(PLAIN)
def test_an_opened_end_is_never_due_earlier(text):
    assert ProjectedDate(f"{text}/..").revisit_on() is None
    assert ProjectedDate(f"../{text}").revisit_on() == ProjectedDate(text).revisit_on()


@given(PLAIN)
def test_by_includes_the_period_and_before_and_after_exclude_it(text):
    said = word(ProjectedDate(text))
    period = ProjectedDate(text)
    by, before, after = (
        read_phrase(f"{relation} {said}", made_on=MADE_ON).date for relation in ("by", "before", "after")
    )
    assert by.end == period.end
    assert before.revisit_on() == period.start
    assert period.revisit_on() == after.start


RELATIONS = {
    "en": ["", "in ", "by ", "by the end of ", "before ", "after ", "no earlier than ", "around ", "by around "],
    "id": ["", "pada ", "paling lambat ", "paling lambat akhir ", "sebelum ", "setelah ", "paling cepat ", "sekitar "],
}
ENGLISH = """2027|June 2027|15 June 2027|Q3 2027|H2 2027|early 2027|the 2030s|late 2030s|next year|mid-June 2027
    |the second half of the 2030s|this quarter|March|next month"""
INDONESIAN = """2027|Juni 2027|15 Juni 2027|kuartal III 2027|semester II 2027|awal 2027|tahun 2030-an|akhir 2030-an
    |tahun depan|pertengahan Juni 2027|kuartal ini|Maret|bulan depan"""
PERIODS = {"en": ENGLISH.split("|"), "id": INDONESIAN.split("|")}


@pytest.mark.parametrize("language", ["en", "id"])
@given(data=st.data())
def test_every_relation_composes_with_every_period_and_survives_being_put_in_words(language, data):
    phrase = data.draw(st.sampled_from(RELATIONS[language])) + data.draw(st.sampled_from(PERIODS[language]))
    made_on = data.draw(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
    projected = read_phrase(phrase, made_on=made_on, language=language).date
    assert projected.start or projected.end
    assert read_phrase(word(projected, language), made_on=made_on, language=language).date == projected


@given(st.text(max_size=300), st.dates())
def test_any_text_is_read_or_refused_and_nothing_else_happens(text, made_on):
    came_to = outcome(text, made_on)
    if isinstance(came_to, UnreadableDate):
        assert came_to.reason.encode()
    else:
        assert ProjectedDate(came_to.date.edtf) == came_to.date
    for item in find_dates(text, made_on=made_on):
        assert text[item.start : item.end] == item.text


HEAP = """by the end of 2027 Q3 june mid - early in next year years five to from between and or before after 15 paling
    lambat akhir tahun depan lima lagi hingga 2030-an kuartal III / , . ' ~ ? no later than within a decade 9999"""
WORDS = st.sampled_from(HEAP.split())


@given(st.lists(WORDS, max_size=25).map(" ".join), st.dates())
def test_any_heap_of_the_grammars_own_words_is_read_or_refused(text, made_on):
    assume(text)
    for item in find_dates(text, made_on=made_on):
        assert text[item.start : item.end] == item.text
    came_to = outcome(text, made_on)
    assert came_to.reason if isinstance(came_to, UnreadableDate) else came_to.rule
