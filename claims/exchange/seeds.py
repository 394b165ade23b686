"""A folder of seeds, read and checked as a whole: what each file holds, and what must fit between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from claims.exchange.columns import Column, field, key, keys, note
from claims.exchange.strict_csv import Fault, Row, Table, read_table
from claims.logbook import check_revisit_day, read_projection
from claims.models import Article, Citation, CitationRole, Claim, Claimant, Comparator, Figure, Source, Topic
from claims.models.citation import makes_circle

NOTE = note("note")
# Each file's columns; those that name another row carry the name of that row's own file in REFERENCES.
FILES: Mapping[str, Sequence[Column]] = {
    "claimants.csv": [key("slug"), *(field(Claimant, name) for name in ("name", "kind", "same_as")), NOTE],
    "sources.csv": [key("slug"), *(field(Source, name) for name in ("name", "homepage", "language")), NOTE],
    "topics.csv": [key("slug"), field(Topic, "name"), NOTE],
    "articles.csv": [
        key("article"),
        key("source"),
        *(field(Article, name) for name in ("title", "byline", "published_on", "language", "url")),
        NOTE,
    ],
    "claims.csv": [
        key("claim"),
        *(field(Claim, name) for name in ("statement", "kind")),
        key("claimant"),
        field(Claim, "made_on"),
        keys("topics"),
        *(field(Claim, name) for name in ("language", "projected_phrase", "projected_date", "revisit_on", "criteria")),
        NOTE,
    ],
    "citations.csv": [
        key("claim"),
        key("article"),
        field(Citation, "role"),
        key("via", is_needed=False),
        *(field(Citation, name) for name in ("attribution", "quote", "reported_as")),
        NOTE,
    ],
    "figures.csv": [
        key("claim"),
        *(
            field(Figure, name)
            for name in ("metric", "role", "comparator", "value", "value_to", "unit", "period", "verbatim")
        ),
        NOTE,
    ],
}
# The file whose first column such a column points to.
REFERENCES = {
    "source": "sources.csv",
    "claimant": "claimants.csv",
    "topics": "topics.csv",
    "claim": "claims.csv",
    "article": "articles.csv",
}
# What may stand in one row of a file only.
ONCE: Mapping[str, Sequence[tuple[str, ...]]] = {
    "claimants.csv": [("slug",)],
    "sources.csv": [("slug",), ("name",)],
    "topics.csv": [("slug",), ("name",)],
    "articles.csv": [("article",), ("url",)],
    "claims.csv": [("claim",)],
    "citations.csv": [("claim", "article")],
}


class BadSeeds(Exception):
    """Seeds that cannot be loaded; `faults` says all that is wrong with them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class Seeds:
    """The rows of all files, checked."""

    tables: Mapping[str, Table]

    def rows(self, file: str) -> list[Row]:
        """A file's rows in their order."""
        return self.tables[file].rows

    def by_key(self, file: str) -> dict[str, Row]:
        """A file's rows by their short name, which its first column holds."""
        return {row.values[FILES[file][0].name]: row for row in self.rows(file)}

    def of_claim(self, file: str, claim: str) -> list[Row]:
        """The rows of a file that belong to one claim."""
        return [row for row in self.rows(file) if row.values["claim"] == claim]


def read(folder: Path) -> Seeds:
    """The seeds of a folder. Raises BadSeeds with every fault in every file."""
    tables = {file: _read_file(folder / file, columns) for file, columns in FILES.items()}
    # A file that could not be read would make every reference to it look wrong.
    if not any(fault.line <= 1 for table in tables.values() for fault in table.faults):
        for check in (_check_once, _check_references, _check_dates, _check_figures, _check_chains, _check_articles):
            check(tables)
    if faults := [fault for table in tables.values() for fault in sorted(table.faults, key=lambda fault: fault.line)]:
        raise BadSeeds(faults)
    return Seeds(tables)


def _read_file(path: Path, columns: Sequence[Column]) -> Table:
    try:
        return read_table(path.name, path.read_bytes(), columns)
    except OSError as error:
        table = Table(path.name)
        table.refuse(0, "", f"This file cannot be read: {error.strerror}.")
        return table


def _check_once(tables: Mapping[str, Table]) -> None:
    for file, uniques in ONCE.items():
        for names in uniques:
            first: dict[tuple[Any, ...], int] = {}
            for row in tables[file].rows:
                values = tuple(row.values.get(name) or "" for name in names)
                line = first.setdefault(values, row.line)
                if all(values) and line != row.line:
                    tables[file].refuse(row.line, names[-1], f"This stands in line {line} already.")


def _check_references(tables: Mapping[str, Table]) -> None:
    known = {file: {row.values.get(FILES[file][0].name) for row in tables[file].rows} for file in REFERENCES.values()}
    for file, column, row in _pointing(tables):
        pointed = row.values.get(column) or []
        for name in [pointed] if isinstance(pointed, str) else pointed:
            if name not in known[REFERENCES[column]]:
                tables[file].refuse(row.line, column, f"There is no “{name}” in {REFERENCES[column]}.")


def _pointing(tables: Mapping[str, Table]) -> Iterator[tuple[str, str, Row]]:
    for file, columns in FILES.items():
        for column in columns:
            if column.name in REFERENCES and REFERENCES[column.name] != file:
                yield from ((file, column.name, row) for row in tables[file].rows)


def _check_dates(tables: Mapping[str, Table]) -> None:
    table = tables["claims.csv"]
    for row in table.rows:
        if row.values.get("made_on") is None:
            continue
        try:
            dated = project(Claim(), row)
            if dated.revisit_on is None:
                raise ValidationError({"revisit_on": "No date has an end here: choose the day to revisit the claim."})
            check_revisit_day(dated)
        except ValidationError as error:
            for column, messages in error.message_dict.items():
                table.refuse(row.line, column, " ".join(messages))


def project(claim: Claim, row: Row) -> Claim:
    """The claim with the dates of its row. Raises ValidationError on the column that cannot be read."""
    values = row.values
    claim.made_on, claim.language = values["made_on"], values.get("language", "en")
    phrase, edtf = values.get("projected_phrase", ""), values.get("projected_date", "")
    projected, phrase = read_projection(phrase=phrase, edtf=edtf, made_on=claim.made_on, language=claim.language)
    claim.project(projected, phrase=phrase, revisit_on=values.get("revisit_on"))
    return claim


def _check_figures(tables: Mapping[str, Table]) -> None:
    table = tables["figures.csv"]
    for row in table.rows:
        comparator, low, high = (row.values.get(name) for name in ("comparator", "value", "value_to"))
        if comparator is not None and (comparator == Comparator.BETWEEN) != (high is not None):
            table.refuse(row.line, "value_to", "A range (between), and only a range, has an upper end.")
        elif low is not None and high is not None and high <= low:
            table.refuse(row.line, "value_to", "The upper end must be greater than the lower one.")


def _check_chains(tables: Mapping[str, Table]) -> None:
    table = tables["citations.csv"]
    chains: dict[str, list[Row]] = {}
    for row in table.rows:
        chains.setdefault(row.values.get("claim", ""), []).append(row)
    for rows in chains.values():
        _check_chain(table, rows)
    for row in tables["claims.csv"].rows:
        if row.values.get("claim") not in chains:
            tables["claims.csv"].refuse(row.line, "claim", "Nothing in citations.csv says where this claim stands.")


def _check_chain(table: Table, rows: Sequence[Row]) -> None:
    place = {row.values.get("article"): number for number, row in enumerate(rows)}
    via_of = {number: place.get(row.values.get("via") or None) for number, row in enumerate(rows)}
    for number, row in enumerate(rows):
        via = row.values.get("via")
        if via and row.values.get("role") == CitationRole.ORIGIN:
            table.refuse(row.line, "via", "An origin had the claim from no other article.")
        elif via and via not in place:
            table.refuse(row.line, "via", f"No citation of this claim is in “{via}”.")
        elif makes_circle(via_of, start=number):
            table.refuse(row.line, "via", "This makes a circle: no article can have had the claim from itself.")


def _check_articles(tables: Mapping[str, Table]) -> None:
    """Without an address an article is known again by source, title and day; two that share them would become one."""
    table = tables["articles.csv"]
    first: dict[tuple[Any, ...], int] = {}
    for row in table.rows:
        if row.values.get("url") or "source" not in row.values:
            continue
        line = first.setdefault(likeness(row), row.line)
        if line != row.line:
            table.refuse(
                row.line, "title", f"Nothing tells this article from line {line}: give a title, day or address."
            )


def likeness(row: Row) -> tuple[str, str, date | None]:
    """What an article without an address is known again by."""
    return row.values["source"], row.values.get("title", ""), row.values.get("published_on")
