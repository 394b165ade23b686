"""JSON as the API reads it: strictly, exactly, and never so deep or so large that reading it does harm."""

import json
from decimal import Decimal, DecimalException
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import BaseParser

from claims.api.problems import TooLarge

DEEPEST = 20
LONGEST_NUMBER = 100


class StrictJSONParser(BaseParser):
    """One JSON object in UTF-8. Numbers stay exact; what other readers let pass is a 400 that says what and where."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """The object in the body."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise TooLarge(f"This body is larger than {most} bytes.")
        try:
            body = json.loads(
                raw.decode(),
                parse_float=_exact,
                parse_int=_whole,
                parse_constant=_refuse_constant,
                object_pairs_hook=_without_doubles,
            )
        except RecursionError:
            raise ParseError(f"This JSON is nested more than {DEEPEST} levels deep.") from None
        except UnicodeDecodeError:
            raise ParseError("This body is not in UTF-8.") from None
        except ValueError as error:
            raise ParseError(f"This JSON cannot be read: {str(error)[:200]}") from None
        if not isinstance(body, dict):
            raise ParseError("The body must be a JSON object.")
        _refuse_odd_parts(body)
        return body


def _exact(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except DecimalException:
        raise ValueError("a number is out of range") from None
    if len(text) > LONGEST_NUMBER or abs(number.adjusted()) > LONGEST_NUMBER:
        raise ValueError("a number is out of range")
    return number


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number is out of range")
    return int(text)


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return made


def _refuse_odd_parts(body: Any) -> None:
    """Walk without recursion: what is too deep for us must not be too deep for the walk."""
    waiting: list[tuple[str, int, Any]] = [("", 1, body)]
    while waiting:
        place, depth, part = waiting.pop()
        if depth > DEEPEST:
            raise ParseError(f"This JSON is nested more than {DEEPEST} levels deep.")
        if isinstance(part, dict):
            for name, value in part.items():
                _refuse_odd_text(name, place)
                waiting.append((f"{place}.{name}" if place else name, depth + 1, value))
        elif isinstance(part, list):
            waiting.extend((f"{place}[{number}]", depth + 1, value) for number, value in enumerate(part))
        elif isinstance(part, str):
            _refuse_odd_text(part, place)


def _refuse_odd_text(text: str, place: str) -> None:
    for character in text:
        if character == "\x00" or "\ud800" <= character <= "\udfff":
            found = f"U+{ord(character):04X} cannot be kept. Remove it."
            raise ValidationError({place: [ErrorDetail(found, code="odd_text")]})
