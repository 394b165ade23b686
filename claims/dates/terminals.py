"""The smallest readable pieces: years, days, codes such as Q3 and 3Q26, dates in figures, words with a value."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .grammar import SILENT, Moment, Terminal, Unread
from .house_rules import Rule
from .periods import Period, century_of, day_of, decade_of, months, year_of
from .slices import Slice
from .tokens import Token
from .unreadable import UnreadableDate

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
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
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
        if following.word == "an" and (following.is_joined or not moment.is_sentence):
            yield decade_of(int(word)), at + 2
        elif following.word == "'s" and following.is_tight:
            yield decade_of(int(word)), at + 2


def century(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find 21st (century), or ke-21."""
    if at < len(tokens) and (found := _CENTURY.fullmatch(tokens[at].word)) and 2 <= int(found[1]) <= 100:
        yield century_of(int(found[1]) * 100 - 100), at + 1
    if at + 1 < len(tokens) and tokens[at].word == "ke" and re.fullmatch("[0-9]{1,3}", tokens[at + 1].word):
        if 2 <= int(tokens[at + 1].word) <= 100:
            yield century_of(int(tokens[at + 1].word) * 100 - 100), at + 2


def part_code(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find Q3, 3Q, H1 or 1H."""
    if at < len(tokens) and (found := _PART.fullmatch(tokens[at].word)):
        part = _part(found[1] or found[4], int(found[2] or found[3]), is_sure=False)
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


def figures(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
    """Find dates in figures: 2027-06-15, 2027-06, 15/06/2027, 06/2027, 2026/27."""
    if at >= len(tokens) or not tokens[at].is_number:
        return
    if found := _DOTTED.fullmatch(tokens[at].word):
        yield _numeric(int(found[1]), int(found[2]), int(found[3])), at + 1
    group, end = _figure_group(tokens, at)
    lengths = [len(word) for word in group]
    numbers = [int(word) for word in group]
    is_hyphened = end > at and len(group) > 1 and tokens[at + 1].is_joined
    if len(group) == 3 and lengths == [4, 2, 2] and numbers[0]:
        yield _or_unread(lambda: day_of(*numbers)), end
    elif len(group) == 3 and lengths[2] == 4 and max(lengths[:2]) <= 2 and numbers[2]:
        yield _numeric(*numbers), end
    elif len(group) == 2 and lengths == [4, 2] and numbers[0]:
        yield _year_and(numbers[0], numbers[1], is_hyphened), end
    elif len(group) == 2 and lengths[1] == 4 and lengths[0] <= 2 and 1 <= numbers[0] <= 12 and numbers[1]:
        yield months(numbers[1], numbers[0], 1, "month", Rule.NUMERIC), end


def _figure_group(tokens: Sequence[Token], at: int) -> tuple[list[str], int]:
    """Give the run of up to three short figures tied by hyphens or slashes, and where it ends."""
    group, end = [tokens[at].word], at + 1
    while len(group) < 3 and end < len(tokens):
        step = 0 if tokens[end].is_joined else 1
        is_slash = step == 1 and tokens[end].word == "/" and end + 1 < len(tokens)
        if (step == 0 or is_slash) and re.fullmatch("[0-9]{1,4}", tokens[end + step].word):
            group.append(tokens[end + step].word)
            end += step + 1
        else:
            break
    return (group, end) if all(re.fullmatch("[0-9]{1,4}", word) for word in group) else ([], end)


def _year_and(number: int, second: int, is_hyphened: bool) -> Period | Unread:
    if second == (number + 1) % 100 and number < 9999:
        if not is_hyphened and second <= 12:
            return Unread(f"{number}/{second:02d} may mean a month or two years: write “{number} to {number + 1}”.")
        if second > 12:
            return Period(
                year_of(number).first,
                year_of(number + 1).last,
                "range",
                Rule.BETWEEN,
                "year",
                "year",
                is_bare_year=True,
            )
    if 1 <= second <= 12:
        return months(number, second, 1, "month", Rule.NUMERIC)
    return Unread(f"{number}-{second:02d} is neither a month nor two years in a row: write out the date.")


def _numeric(one: int, other: int, number: int) -> Period | Unread:
    if one > 12 >= other or one == other:
        return _or_unread(lambda: day_of(number, other, one), Rule.NUMERIC)
    if other > 12 >= one:
        return _or_unread(lambda: day_of(number, one, other), Rule.NUMERIC)
    return Unread(
        f"{one:02d}/{other:02d}/{number:04d} may be read in two ways, day or month first: write the month as a word, "
        f"or {number:04d}-{other:02d}-{one:02d}."
        if max(one, other) <= 12
        else f"{one}/{other}/{number} is not a date: check day and month."
    )


def _or_unread(make: Callable[[], Period], rule: Rule = Rule.WHOLE) -> Period | Unread:
    try:
        return make().under(rule)
    except UnreadableDate as refusal:
        return Unread(refusal.reason)


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

    return find


def numerals(values: Mapping[str, int], limit: int) -> Terminal:
    """Make a terminal for counts: these words, or figures from 1 to a limit."""
    find_word = words(values)

    def find(tokens: Sequence[Token], at: int, moment: Moment) -> Pieces:
        if at < len(tokens) and re.fullmatch("[0-9]{1,4}", tokens[at].word) and 1 <= int(tokens[at].word) <= limit:
            yield int(tokens[at].word), at + 1
        yield from find_word(tokens, at, moment)

    return find


def months_by(names: Mapping[str, int], doubtful: frozenset[str]) -> Terminal:
    """Make a terminal for month names; lower-case words that are often no month are marked as unsure."""

    def find(tokens: Sequence[Token], at: int, _: Moment) -> Pieces:
        if at >= len(tokens) or (number := names.get(tokens[at].word)) is None:
            return
        is_sure = tokens[at].word not in doubtful or (tokens[at].is_capitalised and len(tokens[at].word) > 3)
        is_sure = is_sure or tokens[at].text in ("May", "Mei")
        part = Slice("month", number, is_sure=is_sure)
        if at + 1 < len(tokens) and tokens[at + 1].word == "." and len(tokens[at].word) <= 4:
            yield part, at + 2
        yield part, at + 1

    return find


SHARED: dict[str, Terminal] = {
    "year": year,
    "short_year": short_year,
    "decade": decade,
    "century": century,
    "code": part_code,
    "dated_code": dated_code,
    "day": day_number,
    "dash": dash,
    "fiscal_code": fiscal_code,
    "figures": figures,
}
