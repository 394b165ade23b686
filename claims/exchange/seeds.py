"""A folder of seeds, read and checked as a whole."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from claims.exchange.columns import Column
from claims.exchange.seed_checks import check_all
from claims.exchange.seed_files import FILES
from claims.exchange.strict_csv import Fault, Row, Table, read_table


class BadSeeds(Exception):
    """Seeds that cannot be loaded; `faults` says all that is wrong with them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Seeds:
    """The rows of all files, each found by its short name or by its claim's."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._by_key = {
            file: {row.values[FILES[file][0].name]: row for row in table.rows} for file, table in tables.items()
        }
        self._of_claim: dict[tuple[str, str], list[Row]] = {}
        for file in ("citations.csv", "figures.csv"):
            for row in tables[file].rows:
                self._of_claim.setdefault((file, row.values["claim"]), []).append(row)

    def by_key(self, file: str) -> Mapping[str, Row]:
        """A file's rows by their short name, which its first column holds."""
        return self._by_key[file]

    def of_claim(self, file: str, claim: str) -> Sequence[Row]:
        """The rows of a file that belong to one claim."""
        return self._of_claim.get((file, claim), [])


def read(folder: Path) -> Seeds:
    """The seeds of a folder. Raises BadSeeds with every fault in every file."""
    tables = {file: _read_file(folder / file, columns) for file, columns in FILES.items()}
    # Rows that were never read would make every reference to them look wrong.
    if all(table.is_whole for table in tables.values()):
        check_all(tables)
    if faults := [fault for table in tables.values() for fault in sorted(table.faults, key=lambda fault: fault.line)]:
        raise BadSeeds(faults)
    return Seeds(tables)


def _read_file(path: Path, columns: Sequence[Column]) -> Table:
    try:
        return read_table(path.name, path.read_bytes(), columns)
    except OSError as error:
        table = Table(path.name, is_whole=False)
        table.refuse(0, "", f"This file cannot be read: {error.strerror}.")
        return table
