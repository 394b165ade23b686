"""CSV files read strictly: every row with its line, every fault with its file, line and column."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.exchange.columns import Column, UnreadableCell

QUOTED = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file; the line counts from 1, which is the header, and 0 stands for the file as a whole."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = [self.file, f"line {self.line}" if self.line else "", self.column]
        return f"{', '.join(part for part in place if part)}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row's values by column; a cell that could not be read is missing, and has its fault in the table."""

    line: int
    values: dict[str, Any]


@dataclass(slots=True)
class Table:
    """A file's rows and all that is wrong with them; not whole where it could not be read to its end."""

    file: str
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    is_whole: bool = True

    def refuse(self, line: int, column: str, message: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(self.file, line, column, message))


class _Broken(Exception):
    """A file that cannot be read any further: line, column and message."""


def read_table(file: str, content: bytes, columns: Sequence[Column]) -> Table:
    """The table of a file in UTF-8 with commas, its header in any order; reads on after a bad row, to find them all."""
    table = Table(file)
    try:
        lines = _lines(content)
        _, header = next(lines, (1, []))
        known = _known(header, columns)
        for line, cells in lines:
            if len(cells) != len(header):
                table.refuse(line, "", f"This row has {len(cells)} cells, and the header {len(header)}.")
            else:
                table.rows.append(_read_row(table, line, known, dict(zip(header, cells, strict=True))))
    except _Broken as broken:
        table.refuse(*broken.args)
        table.is_whole = False
    return table


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line it begins on."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Broken(line, "", "This is not UTF-8. Save the file as CSV UTF-8.") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _Broken(line, "", f"This cannot be read as CSV ({error}). Check its quotation marks.") from None
        if cells:
            yield line, cells


def _known(header: Sequence[str], columns: Sequence[Column]) -> dict[str, Column]:
    """The columns by name. Raises _Broken where the header does not fit them: no row could be read by it."""
    known = {column.name: column for column in columns}
    for name in header:
        if name not in known:
            raise _Broken(1, _shown(name), f"There is no such column; there are: {', '.join(known)}.")
        if header.count(name) > 1:
            raise _Broken(1, name, "This column stands here twice.")
    for column in columns:
        if column.is_needed and column.name not in header:
            raise _Broken(1, column.name, "This column is missing.")
    return known


def _read_row(table: Table, line: int, columns: Mapping[str, Column], cells: Mapping[str, str]) -> Row:
    """A column that the file leaves out is read as if its cell were empty."""
    values: dict[str, Any] = {}
    for name, column in columns.items():
        try:
            values[name] = column.read(cells.get(name, "").strip(" \t"))
        except UnreadableCell as error:
            table.refuse(line, name, str(error))
    return Row(line, values)


def _shown(name: str) -> str:
    """A name that we did not choose, short and printable."""
    return ascii(name[:QUOTED])
