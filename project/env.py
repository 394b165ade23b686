"""Typed readers of environment variables: a wrong value stops the start with one line that names it."""

import ipaddress
import os
import re
import secrets
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
PLACE = re.compile(r"([a-z0-9_.-]+|\[(?P<ip>[0-9a-f:.]+)\]):(?P<port>[1-9][0-9]{0,4})")


class WrongSetting(SystemExit):
    """A setting that cannot be used; ends any of our processes with the line alone, no traceback."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"claimline: {name} {problem}")


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding space; the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    value = text(name).lower()
    if not value:
        return default
    if value in YES | NO:
        return value in YES
    raise WrongSetting(name, f"must be true or false, not {value!r}")


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number within the two bounds, both allowed."""
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdigit() and least <= int(value[:12]) <= most:
        return int(value)
    raise WrongSetting(name, f"must be a whole number from {least} to {most}, not {value!r}")


def choice(name: str, *, default: str, among: Sequence[str]) -> str:
    """One of several words."""
    value = text(name, default)
    if value in among:
        return value
    raise WrongSetting(name, f"must be {' or '.join(among)}, not {value!r}")


def words(name: str, *, default: Iterable[str] = ()) -> list[str]:
    """Words separated by commas."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def places(name: str) -> frozenset[str]:
    """Hosts with their ports, separated by commas: 127.0.0.1:9000, [::1]:9000, ci.newsroom.lan:443."""
    return frozenset(_place(name, word.lower()) for word in words(name))


def _place(name: str, word: str) -> str:
    found = PLACE.fullmatch(word)
    try:
        if found and int(found["port"]) < 65536:
            return f"[{ipaddress.IPv6Address(found['ip'])}]:{found['port']}" if found["ip"] else word
    except ValueError:
        pass
    raise WrongSetting(name, f"must be hosts with their ports, such as ci.newsroom.lan:443, not {word!r}")


def web_address(name: str, *, default: str) -> str:
    """An http or https address without a path, query or trailing slash."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_usable = False
    if is_usable and value == f"{parts.scheme}://{parts.netloc}":
        return value
    raise WrongSetting(name, f"must be an address such as https://claims.example.org, not {value!r}")


def time_zone(name: str, *, default: str) -> str:
    """The name of an IANA time zone."""
    value = text(name, default)
    if value in zoneinfo.available_timezones():
        return value
    raise WrongSetting(name, f"must be a time zone such as Asia/Jakarta, not {value!r}")


def folder(name: str, *, default: Path) -> Path:
    """A folder that exists afterwards and belongs to nobody else."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(name, f"must be a folder that can be made and written: {path} ({error.strerror})") from None
    return path


def database(name: str, *, default: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Django's description of the database behind a URL: sqlite:///path or postgres://user:password@host/name.

    `options` are SQLite's; they are not handed to any other database.
    """
    value = text(name, default)
    try:
        described: dict[str, Any] = dict(dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        described = {}
    engine = str(described.get("ENGINE", "")).rpartition(".")[2]
    # sqlite://path, a slash short, would be a database in memory: another one in each process, and lost at its end.
    if engine not in {"sqlite3", "postgresql"} or described.get("NAME") in {None, "", ":memory:"}:
        # The value itself may hold a password: it is not repeated.
        raise WrongSetting(name, "must be sqlite:///path/to/file or postgres://user:password@host:5432/name")
    if engine == "sqlite3":
        described["OPTIONS"] = {**described.get("OPTIONS", {}), **options}
    return described


def broker(name: str, *, default: str) -> str:
    """The address of a Redis or Valkey server, as Celery writes it."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        is_usable = (parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and (parts.port or 1) > 0) or (
            parts.scheme == "redis+socket" and bool(parts.path)
        )
    except ValueError:
        is_usable = False
    if is_usable:
        return value
    raise WrongSetting(name, "must be redis://host:6379/0, rediss://… or redis+socket:///path/to/socket")


def secret(name: str, *, kept_in: Path) -> str:
    """The variable, or else a random secret made once and kept in the file, readable by its owner alone."""
    value = text(name)
    if value:
        if len(value) < 32 or len(set(value)) < 5:
            raise WrongSetting(name, "must have at least 32 characters that are hard to guess")
        return value
    if not kept_in.exists():
        made = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            # Several processes may start at once: the first to link wins, and all read what it wrote.
            os.link(made, kept_in)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return kept_in.read_text(encoding="ascii").strip()
