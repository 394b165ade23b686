"""Telling a day ahead from a length of time: “in five years” may be either, by the words before it."""

import re
from collections.abc import Sequence

from .context_words import listed
from .tokens import Token

_CLAUSE = 14
_CLOSE_BY = 6
_CLAUSE_ENDS = set(".;:!?")
_SUPERLATIVE = re.compile(r"\w{2,}est")
_PAST = re.compile(r"\w{2,}[^e]ed")

# Words after it that count it from something else: “within 30 days of signing”, “two years later”.
_COUNTED_FROM = listed(
    "of after since when old later earlier ago from following sejak setelah terakhir kemudian berturut usai"
)

# Words that look back: “the first time in five years”.
_RECORDS = listed(
    """
    first time most worst best least only highest lowest twice once times last pertama kali kalinya tertinggi terendah
    terbesar terburuk terbaik terparah terkecil terpanjang terlama termahal termurah terkuat terlemah
    """
)

# Words in -est that compare nothing.
_NO_RECORDS = listed(
    """
    arrest attest bucharest budapest contest digest divest forest guest harvest honest interest invest manifest modest
    protest quest request suggest
    """
)

# Words that tell of what is to come, so that the length of time runs from now on.
_AHEAD = listed(
    """
    will would could may might can should shall must to is are be plans aims hopes expects targets predicts forecasts
    predicted promised pledged vowed expected planned projected estimated warned believed hoped targeted aimed akan
    bakal bisa dapat mungkin harus ingin hendak ditargetkan diperkirakan diproyeksikan direncanakan
    """
)

# Verbs of the past that do not end in -ed, and Indonesian words that mark it.
_PAST_WORDS = listed(
    """
    rose fell grew sold won lost built made took became went came saw spent cut hit led shot slid sank shrank ran wrote
    was were had has have telah sudah pernah sempat
    """
)


def is_length_of_time(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a distance is how long something took, or since when: “the first time in five years”."""
    if end < len(tokens) and tokens[end].word in _COUNTED_FROM:
        return True
    clause = _clause_before(tokens, start)
    if any(token.word in _AHEAD for token in clause[:_CLOSE_BY]):
        return False
    if any(_is_record(token.word) for token in clause[:_CLOSE_BY]):
        return True
    return _is_past(clause)


def is_in_the_past(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether the clause before a reading tells only of the past."""
    return _is_past(_clause_before(tokens, start))


def _clause_before(tokens: Sequence[Token], start: int) -> list[Token]:
    """Give the words back to the beginning of the clause, nearest first."""
    clause = []
    for token in reversed(tokens[max(0, start - _CLAUSE) : start]):
        if token.word in _CLAUSE_ENDS:
            break
        clause.append(token)
    return clause


def _is_record(word: str) -> bool:
    return word in _RECORDS or (_SUPERLATIVE.fullmatch(word) is not None and word not in _NO_RECORDS)


def _is_past(clause: Sequence[Token]) -> bool:
    """Tell whether the clause tells only of the past: “sold 2,029 copies in two weeks”."""
    if any(token.word in _AHEAD for token in clause):
        return False
    return any(token.word in _PAST_WORDS or _PAST.fullmatch(token.word) for token in clause)
