"""Reading: one phrase as a whole, or every date phrase in a text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .context import is_no_date
from .edtf import looks_like_edtf
from .grammar import Moment, Scan, Unread
from .house_rules import Rule
from .languages import in_order, places
from .meaning import Answer
from .projected_date import ProjectedDate
from .tokens import Token, tokenize
from .unreadable import ADVICE, UnreadableDate, quoted

LONGEST_PHRASE = 200
LONGEST_TEXT = 200_000
_EDGE_SIGNS = set(".,;:!?()[]{}\"'\u2026-\u2014*\u201c\u201d\u00ab\u00bb\u201e")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase means: its date and the number of the house rule that decided."""

    phrase: str
    date: ProjectedDate
    rule: str


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date phrase inside a text, with its offsets."""

    text: str
    start: int
    end: int
    date: ProjectedDate
    rule: str


def read_phrase(phrase: str, *, made_on: date, language: str | None = None) -> Reading:
    """Read a phrase that as a whole is a date, counting from the day it was said; raises UnreadableDate."""
    text = phrase.strip()
    if len(text) > LONGEST_PHRASE:
        raise UnreadableDate(
            f"That is longer than {LONGEST_PHRASE} characters: write the date alone, such as “by June 2027”.",
            text=phrase,
        )
    refusal: UnreadableDate | None = None
    if looks_like_edtf(text):
        try:
            return Reading(phrase, ProjectedDate.from_edtf(text), Rule.EDTF.value)
        except UnreadableDate as error:
            refusal = error
    tokens = _trimmed(tokenize(text))
    first, second = in_order(language)
    is_mixed = next(places(second, tokens), None) is not None
    for grammar in (first, second) if is_mixed else (first,):
        answer = Scan(grammar, tokens, Moment(made_on)).readings("phrase", 0).get(len(tokens))
        if isinstance(answer, Answer):
            return Reading(phrase, ProjectedDate.from_edtf(answer.edtf), answer.rule.value)
        if answer is not None:
            refusal = UnreadableDate(answer.reason, text=phrase)
    raise refusal or _not_understood(phrase, tokens, made_on, language)


def find_dates(text: str, *, made_on: date, language: str | None = None) -> list[FoundDate]:
    """Find the date phrases of a text, longest readings first, never overlapping, in order.

    Raises UnreadableDate for a text of more than LONGEST_TEXT characters.
    """
    if len(text) > LONGEST_TEXT:
        raise UnreadableDate(f"That is longer than {LONGEST_TEXT} characters: send less text at a time.", text=text)
    tokens = tokenize(text)
    moment = Moment(made_on, is_sentence=True)
    first, second = in_order(language)
    scans = (
        _scanned(Scan(first, tokens, moment), range(len(tokens))),
        _scanned(Scan(second, tokens, moment), places(second, tokens)),
    )
    spans = [(start, -end, order, answer) for order, scan in enumerate(scans) for start, end, answer in scan]
    found: list[FoundDate] = []
    free_from = 0
    for start, minus_end, _, answer in sorted(spans, key=lambda span: span[:3]):
        if start < free_from:
            continue
        free_from = -minus_end
        if isinstance(answer, Answer):
            begin, end = tokens[start].start, tokens[free_from - 1].end
            window = ProjectedDate.from_edtf(answer.edtf)
            found.append(FoundDate(text[begin:end], begin, end, window, answer.rule.value))
    return found


def _scanned(scan: Scan, where: Iterable[int]) -> Iterator[tuple[int, int, Answer | Unread]]:
    """Give the longest reading at each of these places; an Unread one keeps its words from being read otherwise."""
    free_from = 0
    for at in where:
        if at < free_from or (scan.tokens[at].is_joined and scan.tokens[at].is_number):
            continue
        reading = scan.longest("date", at)
        if reading is None:
            continue
        answer, end = reading
        if isinstance(answer, Answer) and is_no_date(scan.tokens, at, end, answer):
            answer = Unread("")
        yield at, end, answer
        free_from = end


def _trimmed(tokens: list[Token]) -> list[Token]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].word in _EDGE_SIGNS:
        if tokens[start].word == "'" and start + 1 < end and tokens[start + 1].is_number:
            break
        start += 1
    while end > start and tokens[end - 1].word in _EDGE_SIGNS:
        end -= 1
    return tokens[start:end]


def _not_understood(phrase: str, tokens: Sequence[Token], made_on: date, language: str | None) -> UnreadableDate:
    """Explain a failure by the part that was left over."""
    if not tokens:
        return UnreadableDate(f"There is no date here. {ADVICE}", text=phrase)
    found = find_dates(phrase, made_on=made_on, language=language)
    if len(found) > 1:
        reason = (
            f"{quoted(phrase)} holds more than one date, {quoted(found[0].text)} and {quoted(found[1].text)}: keep one."
        )
        return UnreadableDate(reason, text=phrase, fragment=found[1].text)
    if found:
        rest = phrase[: found[0].start].strip() or phrase[found[0].end :].strip()
        reason = (
            f"{quoted(rest)} was not understood beside {quoted(found[0].text)}: leave it out, or write the date anew."
        )
        return UnreadableDate(reason, text=phrase, fragment=rest)
    return UnreadableDate(f"{quoted(phrase)} was not understood as a date. {ADVICE}", text=phrase)
