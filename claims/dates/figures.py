"""Dates in figures: 2027-06-15, 15/06/2027, 06/2027, 2026/27."""

import re
from collections.abc import Callable, Iterator, Sequence

from .grammar import Moment, Terminal, Unread
from .house_rules import Rule
from .periods import Period, day_of, months, year_of
from .tokens import Token
from .unreadable import UnreadableDate

_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


_FIRSTS = frozenset({"9", "99", "9999", "9.9.9999", "99.9.9999", "9.99.9999", "99.99.9999"})


def figures(*, is_day_first: bool) -> Terminal:
    """Make a terminal for dates in figures: 2027-06-15, 2027-06, 15/06/2027, 06/2027, 2026/27."""

    def find(tokens: Sequence[Token], at: int, _: Moment) -> Iterator[tuple[Period | Unread, int]]:
        return _figures(tokens, at, is_day_first=is_day_first)

    return Terminal(find, _FIRSTS)


def _figures(tokens: Sequence[Token], at: int, *, is_day_first: bool) -> Iterator[tuple[Period | Unread, int]]:
    if at >= len(tokens) or not tokens[at].is_number:
        return
    if found := _DOTTED.fullmatch(tokens[at].word):
        yield _numeric(int(found[1]), int(found[2]), int(found[3]), is_day_first=is_day_first), at + 1
    group, end = _figure_group(tokens, at)
    lengths = [len(word) for word in group]
    numbers = [int(word) for word in group]
    is_hyphened = end > at and len(group) > 1 and tokens[at + 1].is_joined
    if len(group) == 3 and lengths == [4, 2, 2] and numbers[0]:
        yield _or_unread(lambda: day_of(*numbers)), end
    elif len(group) == 3 and lengths[2] == 4 and max(lengths[:2]) <= 2 and numbers[2]:
        yield _numeric(*numbers, is_day_first=is_day_first), end
    elif len(group) == 2 and lengths == [4, 2] and numbers[0]:
        yield _year_and(numbers[0], numbers[1], is_hyphened=is_hyphened), end
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


def _year_and(number: int, second: int, *, is_hyphened: bool) -> Period | Unread:
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
    if 21 <= second <= 41:
        return Unread(f"{number}-{second:02d} is a season in EDTF, and seasons are not read: write the months.")
    return Unread(f"{number}-{second:02d} is neither a month nor two years in a row: write out the date.")


def _numeric(one: int, other: int, number: int, *, is_day_first: bool) -> Period | Unread:
    if one > 12 >= other or one == other:
        return _or_unread(lambda: day_of(number, other, one), Rule.NUMERIC)
    if is_day_first and 1 <= other <= 12:
        return _or_unread(lambda: day_of(number, other, one), Rule.DAY_FIRST)
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
