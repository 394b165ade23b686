"""What must fit between the files of a folder of seeds; each check notes its faults in the tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from claims.exchange.seed_files import FILES, ONCE, REFERENCES, likeness, project
from claims.exchange.strict_csv import Row, Table
from claims.logbook import check_revisit_day
from claims.models import CitationRole, Claim, Comparator
from claims.models.citation import makes_circle

DATES = {"made_on", "language", "projected_phrase", "projected_date", "revisit_on"}


def check_all(tables: Mapping[str, Table]) -> None:
    """Note all that does not fit."""
    for check in (_check_once, _check_references, _check_dates, _check_figures, _check_chains, _check_articles):
        check(tables)


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
    unread = {fault.line for fault in table.faults if fault.column in DATES}
    for row in table.rows:
        if row.line in unread:
            continue
        try:
            dated = project(Claim(), row)
            if dated.revisit_on is None:
                raise ValidationError({"revisit_on": "No date has an end here: choose the day to revisit the claim."})
            check_revisit_day(dated)
        except ValidationError as error:
            for column, messages in error.message_dict.items():
                table.refuse(row.line, column, " ".join(messages))


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
