"""What a person typed into the search field: words, "phrases in quotes", and -what is not wanted."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# More terms than a person types only make the query dearer; a longer word is none.
MOST_TERMS = 12
LONGEST = 100
TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, which also finds what begins with it, or a phrase, which is found as it stands."""

    text: str
    is_phrase: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A search as it was meant; nothing in it is a wildcard or an operator to the databases."""

    terms: tuple[Term, ...]

    @classmethod
    def read(cls, text: str) -> "Words":
        """Every text can be read; what holds no letter or digit asks for nothing."""
        found = []
        for match in TERM.finditer(text):
            said = match["phrase"] if match["phrase"] is not None else match["word"]
            if LETTERS.search(said):
                found.append(Term(said[:LONGEST], match["phrase"] is not None, bool(match["minus"])))
        return cls(tuple(found[:MOST_TERMS]))

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that must all be there."""
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        """The terms of which none may be there."""
        return tuple(term for term in self.terms if term.is_excluded)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the wanted terms stand in the text: (start, end) in its characters, in order, none overlapping."""
        folded, places = _folded(text)
        found = sorted(
            (places[match.start()], places[match.end() - 1] + 1)
            for term in self.wanted
            for match in re.finditer(_pattern(term), folded)
        )
        return list(_merged(found))


def _pattern(term: Term) -> str:
    words = LETTERS.findall(_folded(term.text)[0])
    inside = r"[\W_]+".join(map(re.escape, words))
    return rf"(?<![^\W_]){inside}" + (r"(?![^\W_])" if term.is_phrase else r"[^\W_]*")


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without accents and capitals, and for each of its letters the place that it came from."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter).lower():
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last is not None and start <= last[1]:
            last = (last[0], max(end, last[1]))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last
