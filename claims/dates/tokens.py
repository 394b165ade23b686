"""Words, numbers and signs of a text, each with its place in the original."""

import re
from typing import NamedTuple

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2014\u2015", "\u2014"),
        **dict.fromkeys("\u2018\u2019\u201b\u2032\u02bc\uff07`", "'"),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u200b\u200e\u200f\u00ad\ufeff\u2060\x00", " "),
    }
)
_TOKEN = re.compile(r"[0-9]+(?:,[0-9]{3}(?![0-9])|[.:][0-9]+)+(?!\w)|'s(?!\w)|\w+|[^\w\s]")
_DIGIT = re.compile("[0-9]")
LONGEST_SHAPE = 10
_WORD_CHARACTER = re.compile(r"\w")


class Token(NamedTuple):
    """One word, number or sign; `word` is lower case, `is_joined` says a hyphen ties it to the one before."""

    word: str
    text: str
    start: int
    end: int
    is_joined: bool
    is_tight: bool
    shape: str | None

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_number(self) -> bool:
        """Tell whether it begins with an ASCII digit."""
        return "0" <= self.word[:1] <= "9"


def _shape(word: str) -> str | None:
    """Give a short token with its figures written as 9, so that Q3 is q9; None for one without figures."""
    if len(word) > LONGEST_SHAPE:
        return None
    shape = _DIGIT.sub("9", word)
    return shape if "9" in shape else None


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens; hyphens between two words are folded into the second one."""
    plain = text.translate(_ALIKE)
    lower = plain.lower()
    if len(lower) != len(plain):
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)
    tokens: list[Token] = []
    previous_end, is_joined = -1, False
    for found in _TOKEN.finditer(lower):
        start, end = found.span()
        if found[0] == "-" and start == previous_end and not is_joined and _WORD_CHARACTER.match(lower, end):
            previous_end, is_joined = end, True
            continue
        tight = start == previous_end and bool(tokens)
        tokens.append(Token(found[0], text[start:end], start, end, is_joined, tight, _shape(found[0])))
        previous_end, is_joined = end, False
    return tokens
