"""The smallest readable pieces: years, days, codes such as Q3 and 3Q26, words with a value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .figures import figures
from .grammar import JOINED, SILENT, Moment, Terminal
from .periods import century_of, decade_of, year_of
from .slices import Slice
from .tokens import Token

SENTENCE_YEARS = range(1800, 2200)
Pieces = Iterator[tuple[Any, int]]

_YEAR = re.compile(r"[0-9]{4}")
_PART = re.compile(r"([qhk])([1-4])|([1-4])([qh])")
_DATED_PART = re.compile(
    r"(?P<kind>[qhk])(?P<number>[1-4])(?P<year>[0-9]{4})|(?P<number2>[1-4])(?P<kind2>[qh])(?P<year2>[0-9]{4}|[0-9]{2})"
    r"|(?P<year3>[0-9]{4})(?P<kind3>[qh])(?P<number3>[1-4])"
)
_CENTURY = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)")
_FISCAL = re.compile(r"fye?[0-9]{2}(?:[0-9]{2})?")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")


def year(tokens: Sequence[Token], at: int, moment: Moment) -> Pieces:
    """Find a year of four ASCII digits; in running text only from 1800 to 2199."""
    number = _year_at(tokens, at)
    if number and (number in SENTENCE_YEARS or not moment.is_sentence):
        yield replace(year_of(number), is_bare_year=True), at + 1


def _year_at(tokens: Sequence[Token], at: int) -> int | None:
    if at < len(tokens) and _YEAR.fullmatch(tokens[at].word) and tokens[at].word != "0000":
        return int(tokens[at].word)
    return None


def short_year(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find '26, a year of this century."""
    if at + 1 < len(tokens) and tokens[at].word == "'" and re.fullmatch("[0-9]{2}", tokens[at + 1].word):
        yield year_of(2000 + int(tokens[at + 1].word)), at + 2


def decade(tokens: Sequence[Token], at: int, moment: Moment) -> Pieces:
    """Find 2030s, 2030's, 2030-an or 2030an."""
    if at >= len(tokens):
        return
    word = tokens[at].word
    if (found := re.fullmatch(r"([0-9]{3})0(?:s|an)", word)) and found[1] != "000":
        yield decade_of(int(found[1]) * 10), at + 1
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following and re.fullmatch("[0-9]{3}0", word) and word != "0000":
        is_indonesian = following.word == "an" and (following.is_joined or not moment.is_sentence)
        if is_indonesian or (following.word == "'s" and following.is_tight):
            yield decade_of(int(word)), at + 2


def century(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find 21st (century), or ke-21."""
    if at < len(tokens) and (found := _CENTURY.fullmatch(tokens[at].word)) and 2 <= int(found[1]) <= 100:
        yield century_of(int(found[1]) * 100 - 100), at + 1
    if at + 1 < len(tokens) and tokens[at].word == "ke":
        number = tokens[at + 1].word
        if re.fullmatch("[0-9]{1,3}", number) and 2 <= int(number) <= 100:
            yield century_of(int(tokens[at + 1].word) * 100 - 100), at + 2


def part_code(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find Q3, 3Q, H1 or 1H."""
    if at < len(tokens) and (found := _PART.fullmatch(tokens[at].word)):
        part = _part(found[1] or found[4], int(found[2] or found[3]), is_sure="q" in tokens[at].word)
        if part:
            yield part, at + 1


def dated_code(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find 3Q26, Q32026 or 2026Q3 as one word."""
    if at < len(tokens) and (found := _DATED_PART.fullmatch(tokens[at].word)):
        caught = {name.rstrip("23"): value for name, value in found.groupdict().items() if value}
        number = int(caught["year"]) + (2000 if len(caught["year"]) == 2 else 0)
        part = _part(caught["kind"], int(caught["number"]))
        period = part.of(year_of(number)) if part and number else None
        if period:
            yield period, at + 1


def _part(kind: str, number: int, *, is_sure: bool = True) -> Slice | None:
    if kind == "h":
        return Slice("half", number, is_sure=is_sure) if number <= 2 else None
    return Slice("quarter", number, is_sure=is_sure)


def day_number(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find the day of a month: 15, 15th."""
    if at < len(tokens) and (found := _DAY.fullmatch(tokens[at].word)) and 1 <= int(found[1]) <= 31:
        yield int(found[1]), at + 1


def dash(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find a dash between two dates, or a hyphen that ties them."""
    if at < len(tokens) and tokens[at].is_joined:
        yield SILENT, at
    elif at < len(tokens) and tokens[at].word in ("-", "\u2014"):
        yield SILENT, at + 1


def fiscal_code(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find FY2027 or FY27 as one word."""
    if at < len(tokens) and _FISCAL.fullmatch(tokens[at].word):
        yield SILENT, at + 1


def words(values: Mapping[str, Any]) -> Terminal:
    """Make a terminal that finds any of these words or runs of words, and gives its value."""
    table = {tuple(key.split()): value for key, value in values.items()}
    longest = max(len(key) for key in table)
    firsts = {key[0] for key in table}

    def find(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
        if at >= len(tokens) or tokens[at].word not in firsts:
            return
        for length in range(min(longest, len(tokens) - at), 0, -1):
            run = tuple(token.word for token in tokens[at : at + length])
            if run in table:
                yield table[run], at + length

    return Terminal(find, frozenset(firsts))


def numerals(values: Mapping[str, int], limit: int) -> Terminal:
    """Make a terminal for counts: these words, or figures from 1 to a limit."""
    find_word = words(values)

    def find(tokens: Sequence[Token], at: int, moment: Moment) -> Pieces:
        if at < len(tokens) and re.fullmatch("[0-9]{1,4}", tokens[at].word) and 1 <= int(tokens[at].word) <= limit:
            yield int(tokens[at].word), at + 1
        yield from find_word.find(tokens, at, moment)

    return Terminal(find, find_word.firsts | {"9", "99", "999", "9999"})


def months_by(names: dict[str, int], doubtful: frozenset[str]) -> Terminal:
    """Make a terminal for month names, a full name first; lower-case words that are often no month are unsure."""
    full_names = {number: name for name, number in reversed(names.items())}.values()

    def find(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
        if at >= len(tokens) or (number := names.get(tokens[at].word)) is None:
            return
        is_sure = tokens[at].word not in doubtful or (tokens[at].is_capitalised and len(tokens[at].word) > 3)
        is_sure = is_sure or tokens[at].text in ("May", "Mei")
        part = Slice("month", number, is_sure=is_sure)
        if at + 1 < len(tokens) and tokens[at + 1].word == "." and tokens[at].word not in full_names:
            yield part, at + 2
        yield part, at + 1

    return Terminal(find, frozenset(names))


def _shapes(numbers: str, endings: str) -> frozenset[str]:
    """Give every number of that many figures with every ending."""
    return frozenset(number + ending for number in numbers.split() for ending in endings.split())


_ORDINALS = "st nd rd th"
_DATED = frozenset({"q99999", "h99999", "k99999", "9q9999", "9h9999", "9q99", "9h99", "9999q9", "9999h9"})

SHARED: dict[str, Terminal] = {
    "year": Terminal(year, frozenset({"9999"})),
    "short_year": Terminal(short_year, frozenset({"'"})),
    "decade": Terminal(decade, frozenset({"9999", "9999s", "9999an"})),
    "century": Terminal(century, _shapes("9 99 999", _ORDINALS) | {"ke"}),
    "code": Terminal(part_code, frozenset({"q9", "h9", "k9", "9q", "9h"})),
    "dated_code": Terminal(dated_code, _DATED),
    "day": Terminal(day_number, _shapes("9 99", _ORDINALS) | {"9", "99"}),
    "dash": Terminal(dash, frozenset({"-", "\u2014", JOINED})),
    "fiscal_code": Terminal(fiscal_code, frozenset({"fy99", "fy9999", "fye99", "fye9999"})),
    "figures": figures(is_day_first=False),
    "bracket": words({"(": SILENT}),
    "bracket_end": words({")": SILENT}),
}
