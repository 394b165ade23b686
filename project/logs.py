"""How everything that is logged is written: one line an entry, with the request or task that it belongs to."""

import json
import logging
import re
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

FORMATS = ("text", "json")
# Of a value that needs no quotation marks.
BARE = re.compile(r"[\w.:/<>@+-]+", re.ASCII)
FRAMES = 8


def settings_for(log_format: str, *, are_requests_told: bool) -> dict[str, Any]:
    """Django's LOGGING. Whatever logs through the standard library comes the same way as our own lines."""
    ours = "console"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _known_of_each(),
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_written_as(log_format)],
            }
        },
        "filters": {
            "only_with_a_traceback": {"()": OnlyWithATraceback},
            "without_addresses": {"()": WithoutAddresses},
        },
        "handlers": {ours: {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": [ours], "level": "INFO"},
        "loggers": {
            # Its handlers of old would write each line twice.
            "django": {"handlers": [], "level": "INFO"},
            # The developers' server tells of requests itself, query strings and all.
            "django.server": {"handlers": [ours], "level": "ERROR", "propagate": False},
            "gunicorn.error": {"handlers": [ours], "propagate": False},
            # Our own line tells of each request; what a failure adds to it is its traceback.
            "django.request": {"filters": ["only_with_a_traceback", "without_addresses"]},
            "django.security.csrf": {"filters": ["without_addresses"]},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "project.requests": {"level": "INFO" if are_requests_told else "WARNING"},
            # Names and addresses of people who mistyped their password.
            "axes": {"level": "CRITICAL"},
            # Every task's coming and going would be two lines a minute for each of the schedule; failures are told.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
        },
    }


def configure_structlog() -> None:
    """Let our own loggers hand over to the standard library's, and warnings be entries like all others."""
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_known_of_each(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class OnlyWithATraceback:
    """Lets through what tells of an exception."""

    def filter(self, record: Any) -> bool:
        """Whether it does."""
        return bool(record.exc_info)


class WithoutAddresses:
    """Lets everything through, with the pattern of the address that was asked for in its place: it may be a secret."""

    def filter(self, record: Any) -> bool:
        """Always."""
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            match = request.resolver_match
            route = match.route if match else "unknown"
            record.args = tuple(route if told == request.path else told for told in record.args)
        return True


def _known_of_each() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
    ]


def _written_as(log_format: str) -> list[Processor]:
    if log_format == "json":
        return [
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info,
            structlog.processors.StackInfoRenderer(),
            # ASCII: what is left of a lone surrogate, and no line separator of Unicode's stays a line separator.
            structlog.processors.JSONRenderer(serializer=json.dumps, ensure_ascii=True),
        ]
    return [structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False, key="at"), one_line]


def one_line(_logger: WrappedLogger, _name: str, entry: EventDict) -> str:
    """Time, level, logger and message for the eye; then what is known beside it, as key=value."""
    at, level, logger = (entry.pop(key, "") for key in ("at", "level", "logger"))
    message = _printable(str(entry.pop("event", "")))
    failure = _failure(entry.pop("exc_info", None))
    entry.pop("stack_info", None)
    known = " ".join(f"{key}={_value(value)}" for key, value in {**entry, **failure}.items())
    return f"{at} {str(level).upper()} {logger}: {message}{' ' if known else ''}{known}"


def _failure(raised: Any) -> dict[str, str]:
    """What was raised, by what, and where: a traceback in one line, the innermost place last."""
    error = sys.exception() if raised is True else raised[1] if isinstance(raised, tuple) else raised
    if not isinstance(error, BaseException):
        return {}
    told = {"error": _named(error)}
    if cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        told["because"] = _named(cause)
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    told["where"] = " > ".join(f"{_short(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames)
    return told


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _short(path: str) -> str:
    """The file within its package, without where that lies on this machine."""
    return re.split(r"/site-packages/", path)[-1] if "/site-packages/" in path else "/".join(path.split("/")[-3:])


def _value(value: Any) -> str:
    text = str(value)
    return text if BARE.fullmatch(text) else '"' + _printable(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _printable(text: str) -> str:
    """Nothing that ends the line or steers a terminal: those are written as escapes."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
