"""The languages that are read, and where in a text one of them has something to say."""

from collections.abc import Iterator, Sequence

from . import english, indonesian
from .grammar import Grammar
from .tokens import Token

_GRAMMARS = {"en": english.GRAMMAR, "id": indonesian.GRAMMAR}
_SHARED_WORDS = english.GRAMMAR.vocabulary & indonesian.GRAMMAR.vocabulary
_OLD_CODES = {"in": "id"}
_WORD_WITHIN = 12


def in_order(language: str | None) -> tuple[Grammar, Grammar]:
    """Give both grammars, that of the language first; English first for a language that is not known."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    first = _OLD_CODES.get(code, code) if _OLD_CODES.get(code, code) in _GRAMMARS else "en"
    second = "id" if first == "en" else "en"
    return _GRAMMARS[first], _GRAMMARS[second]


def places(grammar: Grammar, tokens: Sequence[Token]) -> Iterator[int]:
    """Give the places at or shortly before a word that only this grammar knows: elsewhere it adds nothing."""
    words = grammar.vocabulary - _SHARED_WORDS
    free_from = 0
    for place, token in enumerate(tokens):
        if token.word in words:
            yield from range(max(free_from, place - _WORD_WITHIN), place + 1)
            free_from = place + 1
