"""Patterns of words with slots, matched in linear time.

A pattern is words, `<slots>`, `(optional parts)` and `[one|or another]`. A slot is another table of patterns or a
terminal. Tables may not refer to each other in a circle, so every reading spans a bounded number of tokens. Where two
readings cover the same words, the one whose words are spelled out in the table wins over the one with a slot.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from .tokens import Token
from .unreadable import UnreadableDate

_NOTHING: frozenset[str] = frozenset()
_PIECE = re.compile(r"[()\[\]|]|<\w+>|[^\s()\[\]|<>]+")


@dataclass(frozen=True, slots=True)
class Moment:
    """The day a phrase counts from, and whether it stands inside running text."""

    made_on: date
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A kind of date that is recognised and deliberately not read, with the reason for the reader."""

    reason: str


SILENT = object()
LOOSE_ENDS = frozenset({",", "/", "of", "in", "di", "pada", "dari"})
JOINED = "-9"
Found = tuple[Any, int]
Readings = dict[int, Any]
Build = Callable[..., Any]
Row = tuple[str, Build]
Find = Callable[[Sequence[Token], int, Moment], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Terminal:
    """The smallest piece of a pattern: how it is found, and the words and shapes it may begin with.

    JOINED among them stands for any word that a hyphen ties to the one before.
    """

    find: Find
    firsts: frozenset[str]


@dataclass(slots=True)
class _Node:
    words: dict[str, "_Node"] = field(default_factory=dict)
    slots: dict[str, "_Node"] = field(default_factory=dict)
    builds: list[Build] = field(default_factory=list)

    def step(self, piece: str) -> "_Node":
        edges = self.slots if piece.startswith("<") else self.words
        return edges.setdefault(piece.strip("<>") if edges is self.slots else piece, _Node())


class Grammar:
    """The compiled tables of one language."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], terminals: Mapping[str, Terminal]) -> None:
        if doubles := sorted(tables.keys() & terminals.keys()):
            raise ValueError(f"both a table and a terminal: {', '.join(doubles)}")
        self.terminals = terminals
        self.roots = {name: _compile(rows) for name, rows in tables.items()}
        for name in self.roots:
            self._refuse_circles(name, ())
        self._begun: dict[str, frozenset[str]] = {}
        for name in (*self.roots, *terminals):
            for first in self._firsts(name):
                self._begun[first] = self._begun.get(first, _NOTHING) | {name}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Give the words that the tables spell out, and those that terminals begin with."""
        return _NOTHING.union(self._begun, *(_words(root) for root in self.roots.values()))

    def begun_by(self, token: Token) -> frozenset[str]:
        """Name the tables and terminals that can begin with a token: most words begin none."""
        begun = self._begun.get(token.word, _NOTHING)
        if token.shape is not None:
            begun |= self._begun.get(token.shape, _NOTHING)
        if token.is_joined:
            begun |= self._begun.get(JOINED, _NOTHING)
        return begun

    def _firsts(self, name: str) -> frozenset[str]:
        if name in self.terminals:
            return self.terminals[name].firsts
        root = self.roots[name]
        return frozenset(root.words).union(*(self._firsts(slot) for slot in root.slots))

    def _refuse_circles(self, name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"the tables refer to each other in a circle: {' > '.join((*path, name))}")
        for slot in sorted(_slots(self.roots[name])):
            if slot in self.roots:
                self._refuse_circles(slot, (*path, name))
            elif slot not in self.terminals:
                raise ValueError(f"<{slot}> in table {name} is neither a table nor a terminal")


class Scan:
    """One text under one grammar; remembers what was read where, so that nothing is read twice."""

    def __init__(self, grammar: Grammar, tokens: Sequence[Token], moment: Moment) -> None:
        self.grammar = grammar
        self.tokens = tokens
        self.moment = moment
        self.steps = 0
        self._begun = [grammar.begun_by(token) for token in tokens]
        self._begun.append(_NOTHING)
        self._known: dict[int, dict[str, Readings]] = {}
        self._passed = 0

    def readings(self, name: str, at: int) -> Readings:
        """Give the readings of a table that begin at a token, by the token after their last."""
        return self._readings(name, at) if name in self._begun[at] else {}

    def longest(self, name: str, at: int) -> Found | None:
        """Give the reading that covers most tokens, without a loose “of” or comma at its end, or None.

        A text is asked from left to right: what was read before the token is forgotten.
        """
        for passed in range(self._passed, at):
            self._known.pop(passed, None)
        self._passed = at
        readings = self.readings(name, at)
        if not readings:
            return None
        end = max(readings)
        value = readings[end]
        while self.tokens[end - 1].word in LOOSE_ENDS and readings.get(end - 1) == value:
            end -= 1
        return value, end

    def _readings(self, name: str, at: int) -> Readings:
        known = self._known.setdefault(at, {})
        if name not in known:
            ends: Readings = {}
            known[name] = ends
            if root := self.grammar.roots.get(name):
                self._walk(root, at, (), ends)
            else:
                found = self.grammar.terminals[name].find(self.tokens, at, self.moment)
                ends.update((end, value) for value, end in found)
        return known[name]

    def _walk(self, node: _Node, at: int, values: tuple[Any, ...], ends: Readings) -> None:
        self.steps += 1
        if node.words and at < len(self.tokens) and (following := node.words.get(self.tokens[at].word)):
            self._walk(following, at + 1, values, ends)
        if node.slots:
            begun = self._begun[at]
            for slot, following in node.slots.items():
                if slot in begun:
                    for end, value in self._readings(slot, at).items():
                        self._walk(following, end, values if value is SILENT else (*values, value), ends)
        if node.builds and at not in ends and (value := self._built(node.builds, values)) is not None:
            ends[at] = value

    def _built(self, builds: Iterable[Build], values: tuple[Any, ...]) -> Any:
        """Give what the first of these builders that accepts the values makes of them."""
        for value in values:
            if isinstance(value, Unread):
                return value
        try:
            for build in builds:
                if (built := build(self.moment, *values)) is not None:
                    return built
        except UnreadableDate as refusal:
            return Unread(refusal.reason)
        return None


def silent(words: str) -> list[Row]:
    """Make a table of words that bring no value of their own."""
    return [(words, lambda *_: SILENT)]


def _slots(node: _Node) -> set[str]:
    found = set(node.slots)
    for following in (*node.words.values(), *node.slots.values()):
        found |= _slots(following)
    return found


def _words(node: _Node) -> set[str]:
    following = (*node.words.values(), *node.slots.values())
    return set(node.words).union(*(_words(each) for each in following))


def _compile(rows: Sequence[Row]) -> _Node:
    root = _Node()
    for pattern, build in rows:
        pieces = _PIECE.findall(pattern)
        ends, rest = _choice([root], pieces)
        if rest:
            raise ValueError(f"unbalanced brackets in {pattern!r}")
        for node in ends:
            node.builds.append(build)
    return root


def _choice(starts: list[_Node], pieces: list[str]) -> tuple[list[_Node], list[str]]:
    ends: list[_Node] = []
    while True:
        branch, pieces = _sequence(starts, pieces)
        ends += [node for node in branch if not any(node is known for known in ends)]
        if not pieces or pieces[0] != "|":
            return ends, pieces
        pieces = pieces[1:]


def _sequence(nodes: list[_Node], pieces: list[str]) -> tuple[list[_Node], list[str]]:
    while pieces and pieces[0] not in "|)]":
        piece, pieces = pieces[0], pieces[1:]
        if piece in "([":
            inner, pieces = _choice(nodes, pieces)
            pieces = pieces[1:]
            nodes = inner + [node for node in nodes if piece == "(" and not any(node is known for known in inner)]
        else:
            nodes = [node.step(piece) for node in nodes]
    return nodes, pieces
