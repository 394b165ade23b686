"""The columns of our CSV files: one object each that knows its name, how a cell is read and how a value is written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from claims.models.fields import written
from claims.plain_text import OddText, plain

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,28}(\.\d{1,12})?", re.ASCII)
KEY = re.compile(r"[a-z0-9][-a-z0-9]{0,79}", re.ASCII)
BETWEEN = "; "


class UnreadableCell(ValueError):
    """A cell that cannot be taken as it stands; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `read` raises UnreadableCell. A file may leave it out where it is not needed."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    is_needed: bool = True


def key(name: str, *, is_needed: bool = True) -> Column:
    """A short name that rows are known by, within the files that are loaded together."""

    def read(cell: str) -> str:
        if cell and not KEY.fullmatch(cell):
            raise UnreadableCell("Write a short name of small letters, digits and hyphens.")
        return str(_filled(cell)) if is_needed else cell

    return Column(name, read, is_needed=is_needed)


def keys(name: str) -> Column:
    """Any number of short names, with semicolons between them."""
    one = key(name)

    def read(cell: str) -> list[str]:
        found = [one.read(part.strip()) for part in cell.split(";")] if cell else []
        if len(set(found)) < len(found):
            raise UnreadableCell("The same name stands here twice.")
        return found

    return Column(name, read, BETWEEN.join, is_needed=False)


def note(name: str) -> Column:
    """A remark for whoever reads the file; it is checked and not loaded."""
    return Column(name, _plain, is_needed=False)


def field(model: type[Model], name: str) -> Column:
    """The column of a model's field: it takes what the field takes, numbers and days in one way of writing only.

    An empty cell is the field's default, where it has one.
    """
    described: Field = model._meta.get_field(name)  # type: ignore[assignment]
    strictly = STRICTLY.get(described.get_internal_type(), _plain)

    def read(cell: str) -> Any:
        if not cell and described.has_default():
            return described.get_default()
        value = strictly(cell)
        if described.choices and value not in dict(described.flatchoices):
            raise UnreadableCell(f"Write one of: {', '.join(dict(described.flatchoices))}.")
        if not described.blank:
            _filled(value)
        try:
            return described.clean(None if value == "" and described.null else value, None)
        except ValidationError as error:
            raise UnreadableCell(" ".join(error.messages)) from None

    return Column(name, read, _written, is_needed=not (described.blank or described.has_default()))


def _filled(value: Any) -> Any:
    if value == "":
        raise UnreadableCell("This must not be empty.")
    return value


def _plain(cell: str) -> str:
    try:
        return plain(cell, is_long=True)
    except OddText as error:
        raise UnreadableCell(str(error)) from None


def _day(cell: str) -> date | str:
    try:
        if not cell or DAY.fullmatch(cell):
            return date.fromisoformat(cell) if cell else ""
    except ValueError:
        pass
    raise UnreadableCell("Write a day as YYYY-MM-DD, such as 2027-12-31.")


def _number(cell: str) -> Decimal | str:
    if cell and not NUMBER.fullmatch(cell):
        raise UnreadableCell("Write a plain number, such as 20000000000 or 12.5.")
    return Decimal(cell) if cell else ""


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return written(value)
    return "" if value is None else str(value)


STRICTLY: Mapping[str, Callable[[str], Any]] = {"DateField": _day, "ExactDecimalField": _number}
