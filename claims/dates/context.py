"""Telling dates from the numbers and names that look like them, by the words beside them in running text."""

from collections.abc import Sequence

from .context_words import COUNTED, FUNCTION_WORDS, LABELS, MODALS, NAMED_AFTER_DAYS
from .durations import is_in_the_past, is_length_of_time
from .meaning import Answer
from .tokens import Token

_MONEY_AND_MARKS_BEFORE = set("$€£¥₹₩#@+/\\=_&*<>^%")
_MARKS_BEFORE_NUMBER = set("$€£¥₹₩#")
_TEXT_SIGNS = set(",.;:!?()[]'\"\u2014-\u201c\u201d\u2026") | {"'s"}
_DECIMAL_SIGNS = set(".:,'")
_TIED_AFTER = set("%°/\\=_&@#+*^$€£")
_ARITHMETIC = {"divided", "multiplied", "dibagi", "dikali"}
_RANGE_JOINS = {"to", "or", "-", "hingga", "sampai", "atau"}
_NUMBER_JOINS = _RANGE_JOINS | {"and", "of", "dan", "menjadi"}
_DETERMINERS = {"the", "these", "those", "its", "our", "their", "all"}


def is_no_date(tokens: Sequence[Token], start: int, end: int, answer: Answer) -> bool:
    """Tell whether the neighbours of a reading show that it is a number, a name or an idiom."""
    if answer.is_vague or _is_tied(tokens, start, end):
        return True
    if answer.is_distance:
        return is_length_of_time(tokens, start, end)
    if answer.is_bare_year:
        if _is_amount(tokens, start, end):
            return True
        return not answer.is_anchored and (_is_labelled(tokens, start) or _is_attribute(tokens, end))
    if answer.needs_relation:
        return not answer.is_anchored or _is_possessive(tokens, end) or _is_quarter_of_another_kind(tokens, start, end)
    return not answer.is_anchored and _is_name_of_place(tokens, start)


def _is_tied(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether it is glued to a neighbour, as in GPT-2030, #2027, 2027% or a web address."""
    first = tokens[start]
    if first.is_joined or (first.is_tight and tokens[start - 1].word in _MONEY_AND_MARKS_BEFORE):
        return True
    is_inside_number = first.is_number and first.is_tight and start > 1 and tokens[start - 1].is_tight
    if is_inside_number and tokens[start - 1].word in _DECIMAL_SIGNS:
        return True
    if start and first.is_number and tokens[start - 1].word in _MARKS_BEFORE_NUMBER:
        return True
    if end >= len(tokens):
        return False
    following = tokens[end]
    if following.is_joined or (following.is_tight and following.word in _TIED_AFTER) or following.word in ("%", "°"):
        return True
    return (
        following.word in ".:"
        and end + 1 < len(tokens)
        and tokens[end + 1].is_tight
        and not tokens[end + 1].is_capitalised
    )


def _is_amount(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a year-like number is an amount, whatever preposition stands before it."""
    is_operand = start > 0 and tokens[start - 1].word in _ARITHMETIC
    return is_operand or _is_counted(tokens, end) or _is_rate(tokens, start, end) or _continues_as_number(tokens, end)


def _is_counted(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a counted thing follows (“2027 employees”), unless that thing then acts (“employees will”)."""
    if end >= len(tokens) or tokens[end].word not in COUNTED:
        return False
    return not (end + 1 < len(tokens) and tokens[end + 1].word in MODALS)


def _is_rate(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether it is a rate, as in “1 in 2030 births”."""
    return start > 0 and tokens[start - 1].is_number and tokens[start].word == "in" and _is_attribute(tokens, end)


def _continues_as_number(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a number goes on, as in “from 2000 to 3500”, “2000 and 2030 people” or “2030 of the 5,000”."""
    if end + 1 >= len(tokens) or tokens[end].word not in _NUMBER_JOINS:
        return False
    join, following = tokens[end].word, tokens[end + 1]
    if join == "of":
        return following.word in _DETERMINERS and end + 2 < len(tokens) and tokens[end + 2].is_number
    if join in ("or", "atau") and following.word in ("more", "fewer", "less", "lebih", "kurang"):
        return True
    if following.is_number and _is_counted(tokens, end + 2):
        return True
    return join in _RANGE_JOINS and following.word.isdigit() and not following.is_joined


def _is_labelled(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a name or a label stands before a bare year: “Vision 2030”, “room 2027”, “No. 2027”."""
    if start == 0:
        return False
    previous = tokens[start - 1]
    if previous.word in (".", "tahun") and start > 1:
        return (previous.is_tight and tokens[start - 2].word in LABELS) or tokens[start - 2].is_number
    if previous.word == "of" and start > 1:
        return tokens[start - 2].word in LABELS or tokens[start - 2].is_capitalised
    if previous.word == "(":
        return False
    return previous.word in LABELS or previous.is_capitalised or previous.is_number or not _is_wordlike(previous)


def _is_name_of_place(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a day stands at the end of a capitalised name, as in “Stadion Gelora 10 November”."""
    for token in reversed(tokens[max(0, start - 4) : start]):
        if not token.is_capitalised:
            return False
        if token.word in NAMED_AFTER_DAYS:
            return True
    return False


def _is_wordlike(token: Token) -> bool:
    return token.word.isalpha() or token.word in _TEXT_SIGNS


def _is_attribute(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a noun follows a bare year: “2027 model”, “2030 Elm Street”."""
    if end >= len(tokens) or not tokens[end].word[:1].isalnum():
        return False
    return tokens[end].word not in FUNCTION_WORDS


def _is_quarter_of_another_kind(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a quarter without its year belongs to a game, or to a past one: “led in the third quarter”."""
    if tokens[end - 1].word != "quarter":
        return False
    is_followed = end < len(tokens) and (tokens[end].word == "of" or _is_attribute(tokens, end))
    return is_followed or is_in_the_past(tokens, start)


def _is_possessive(tokens: Sequence[Token], end: int) -> bool:
    return end < len(tokens) and tokens[end].word == "'s"
