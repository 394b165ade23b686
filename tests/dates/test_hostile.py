"""Hostile text costs linear time, and is read for what it is."""

from datetime import date

import pytest

from claims.dates import Reading, UnreadableDate, find_dates, read_phrase
from claims.dates.english import GRAMMAR as ENGLISH
from claims.dates.grammar import Grammar, Moment, Scan, Terminal
from claims.dates.indonesian import GRAMMAR as INDONESIAN
from claims.dates.languages import places
from claims.dates.tokens import tokenize
from tests.dates.tables import MADE_ON, outcome

PATTERNS = [
    "9",
    " ",
    "2027 ",
    "2027-",
    "2027/",
    "by ",
    "by the end of ",
    "between 2026 and ",
    "from 2026 to ",
    "early ",
    "early in the first half of ",
    "the first quarter of ",
    "around ",
    "June 15, ",
    "15-",
    "Q3 ",
    "two and a half ",
    "in the next five ",
    "paling lambat akhir ",
    "hingga ",
    "dua puluh ",
    "(",
    "'",
    "-",
    "\x00",
    "\u202e2027",
    "İ",
    "2027 2028 2029 ",
    "by by by ",
    "1 Januari 2027 per ",
    "Rabu (12/8/2026) ",
    "between now and ",
]


def searched(text: str, grammar: Grammar) -> Scan:
    """Search a text from every token."""
    tokens = tokenize(text)
    scan = Scan(grammar, tokens, Moment(MADE_ON, is_sentence=True))
    for at in range(len(tokens)):
        scan.longest("date", at)
    return scan


def steps(text: str, grammar: Grammar) -> int:
    """Count what the engine does when a text is searched from every token."""
    scan = searched(text, grammar)
    return scan.steps + len(scan.tokens)


@pytest.mark.parametrize("grammar", [ENGLISH, INDONESIAN], ids=["english", "indonesian"])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_ten_times_the_text_costs_ten_times_the_work(pattern, grammar):
    short, long = steps(pattern * 40, grammar), steps(pattern * 400, grammar)
    assert long <= short * 12 + 1000


@pytest.mark.parametrize("grammar", [ENGLISH, INDONESIAN], ids=["english", "indonesian"])
@pytest.mark.parametrize("pattern", ["2027 ", "Q3 ", "2027/", "15-", "Juni 15, "])
def test_a_token_that_begins_a_date_costs_few_steps(pattern, grammar):
    scan = searched(pattern * 100, grammar)
    assert scan.steps <= 40 * len(scan.tokens)


@pytest.mark.parametrize("pattern", ["word ", "9" * 30 + " ", "(", "tulisan "])
def test_a_token_that_begins_no_date_costs_no_step(pattern):
    assert searched(pattern * 100, ENGLISH).steps == 0


def test_a_second_language_is_looked_for_only_near_its_words():
    words = tokenize("one two three " * 100 + "pada tahun 2030")
    assert len(list(places(INDONESIAN, words))) < 20
    assert list(places(INDONESIAN, tokenize("by 2027 " * 100))) == []
    text = "2027 " * 100 + "pada tahun 2030"
    assert find_dates(text, made_on=MADE_ON, language="en")[-1].text == "pada tahun 2030"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_long_runs_of_one_word_are_searched_to_the_end(pattern):
    text = (pattern * 10_000)[:10_000]
    items = find_dates(text, made_on=MADE_ON)
    assert all(text[item.start : item.end] == item.text for item in items)


@pytest.mark.parametrize("pattern", ["9", "by ", " ", "(", "x"])
def test_a_hundred_thousand_characters_are_searched(pattern):
    assert find_dates((pattern * 100_000)[:99_990] + " by 2027", made_on=MADE_ON)[-1].date.edtf == "../2027"


def test_a_field_takes_two_hundred_characters_and_no_more():
    assert read_phrase(" " * 300 + "by 2027" + " " * 300, made_on=MADE_ON).date.edtf == "../2027"
    with pytest.raises(UnreadableDate, match="200"):
        read_phrase("by 2027 " * 30, made_on=MADE_ON)


def test_the_tables_cannot_refer_to_each_other_in_a_circle():
    with pytest.raises(ValueError, match="circle"):
        Grammar({"a": [("x <b>", lambda _, b: b)], "b": [("y <a>", lambda _, a: a)]}, {})


def test_a_name_is_a_table_or_a_terminal_and_not_both():
    terminal = Terminal(lambda *_: [], frozenset())
    with pytest.raises(ValueError, match="both a table and a terminal"):
        Grammar({"a": [("x", lambda _: 1)]}, {"a": terminal})


def test_a_table_names_only_what_exists():
    with pytest.raises(ValueError, match="neither a table nor a terminal"):
        Grammar({"a": [("x <nowhere>", lambda _, b: b)]}, {})


@pytest.mark.parametrize(
    "text",
    ["２０２７", "by ２０２７", "٢٠٢٧", "२०२७", "2\u0660\u066027", "²⁰²⁷"],
)
def test_digits_of_other_scripts_and_broken_text_are_no_years(text):
    assert find_dates(text, made_on=MADE_ON) == []


def test_nul_and_lone_surrogates_do_not_hide_a_date():
    items = find_dates("\ud800 by 2027 \x00 in 2028\x00", made_on=MADE_ON)
    assert [item.date.edtf for item in items] == ["../2027", "2028"]


def test_a_refusal_can_always_be_printed():
    with pytest.raises(UnreadableDate) as refusal:
        read_phrase("by \ud800\x00" + "9" * 150, made_on=MADE_ON)
    assert "\x00" not in refusal.value.reason
    assert len(refusal.value.reason.encode()) < 400


def test_right_to_left_text_around_a_date_is_left_alone():
    items = find_dates("\u202eبحلول 2027\u202c and by 2030", made_on=MADE_ON)
    assert items[-1].date.edtf == "../2030"


@pytest.mark.parametrize("made_on", [date.min, date.max, date(9999, 1, 1), date(1, 1, 31)])
def test_a_claim_made_at_the_edge_of_the_calendar_raises_no_overflow(made_on):
    for phrase in ("last year", "next century", "five decades ago", "in 99 years", "within 1200 months", "last week",
                   "next Friday", "in 1000 weeks", "tomorrow", "yesterday", "by March", "the 2030s"):  # fmt: skip
        came_to = outcome(phrase, made_on)
        assert isinstance(came_to, Reading) or "0001 to 9999" in came_to.reason
        find_dates(f"It is due {phrase}.", made_on=made_on)
