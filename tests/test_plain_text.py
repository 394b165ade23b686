"""Text at the door."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.plain_text import OddText, plain


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "a\x1bb", "\u202eevil", "\ufffe", "\ufeffa", "\x85"])
def test_text_that_cannot_be_kept_or_seen_is_refused(odd):
    with pytest.raises(OddText, match="cannot be kept"):
        plain(odd)


def test_the_message_says_which_character_and_where():
    with pytest.raises(OddText, match=r"Character 3 .*U\+0000"):
        plain("ab\x00")


def test_a_line_end_is_kept_in_long_text_and_refused_in_a_single_line():
    assert plain("a\r\nb", is_long=True) == "a\nb"
    with pytest.raises(OddText):
        plain("a\nb")


def test_right_to_left_letters_and_emoji_are_plain_text():
    assert plain(" سيصل الإنفاق 🚀 ") == "سيصل الإنفاق 🚀"


def test_text_is_kept_in_one_normal_form():
    assert plain("Cafe\u0301") == "Caf\u00e9"


@given(st.text())
def test_what_is_let_in_stays_as_it_is_when_read_again(text):
    try:
        once = plain(text, is_long=True)
    except OddText:
        return
    assert plain(once, is_long=True) == once
    assert unicodedata.is_normalized("NFC", once)
