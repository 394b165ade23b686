"""`intake --jsonl`: one JSON object a line in, one out, in order; nothing is stored."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO

from claims.dates import ProjectedDate, UnreadableDate, find_dates, read_phrase

LONGEST_LINE = 1_000_000
MODES_TO_COME = ("candidates", "html", "quantities")

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class UnreadableLine(ValueError):
    """A line that is no request, with the reason."""


def answers(stream: BinaryIO, today: date) -> Iterator[str]:
    """Answer each line of a stream with one line of JSON; lines over a million bytes are refused unread."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            _skip_to_line_end(stream)
            yield _written({"error": f"The line is longer than {LONGEST_LINE} bytes: send less text at a time."})
        else:
            yield _written(answer(line, today))


def answer(line: bytes | str, today: date) -> dict[str, Any]:
    """Answer one line; a line that cannot be read gets an `error`, with its `id` where it has one."""
    try:
        request = _parsed(line)
    except UnreadableLine as refusal:
        return {"error": str(refusal)}
    echo = {"id": request["id"]} if "id" in request else {}
    try:
        return echo | _served(request, today)
    except UnreadableLine as refusal:
        return echo | {"error": str(refusal)}


def dates(text: str, *, made_on: date, language: str | None = None) -> list[dict[str, str | None]]:
    """Give the dates of a text that is one phrase or running text, where words such as “someday” name none."""
    with suppress(UnreadableDate):
        window = read_phrase(text, made_on=made_on, language=language).date
        if window.edtf:
            return [_entry(text.strip(), window)]
    return [_entry(item.text, item.date) for item in find_dates(text, made_on=made_on, language=language)]


def _entry(text: str, window: ProjectedDate) -> dict[str, str | None]:
    return {
        "text": text,
        "edtf": window.edtf,
        "start": window.start.isoformat() if window.start else None,
        "due": window.end.isoformat() if window.end else None,
    }


def _parsed(line: bytes | str) -> dict[str, Any]:
    try:
        request = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UnreadableLine(f"The line is not JSON: {reason}.") from None
    if not isinstance(request, dict):
        raise UnreadableLine('The line is not a JSON object: send {"id": …, "text": …}.')
    identifier = request.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int | None):
        raise UnreadableLine('"id" must be a string or a whole number.')
    return request


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _served(request: dict[str, Any], today: date) -> dict[str, Any]:
    mode = request.get("mode", "candidates")
    if mode in MODES_TO_COME:
        raise UnreadableLine(f'The mode "{mode}" is not available yet: "dates" is.')
    if mode != "dates":
        raise UnreadableLine('"mode" must be "dates".')
    text, language = request.get("text"), request.get("language")
    if not isinstance(text, str):
        raise UnreadableLine('"text" is missing, or is not a string.')
    if not isinstance(language, str | None):
        raise UnreadableLine('"language" must be a string such as "en" or "id".')
    made_on = _published(request.get("published"), today)
    try:
        return {"dates": dates(text, made_on=made_on, language=language)}
    except UnreadableDate as refusal:
        raise UnreadableLine(refusal.reason) from None


def _published(value: object, today: date) -> date:
    if value is None:
        return today
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise UnreadableLine('"published" must be a day written as YYYY-MM-DD.')


def _skip_to_line_end(stream: BinaryIO) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _written(response: dict[str, Any]) -> str:
    return json.dumps(response, ensure_ascii=True)
