"""Databases to measure on: an original filled with demo claims, and fresh copies of it."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

# What is read once before the clock starts, so that no way of doing it pays for a cold cache.
WARM = "SELECT count(*) FROM claims_claim WHERE version > 0 UNION ALL SELECT count(*) FROM claims_event WHERE key > ''"


def run_on_each(module: str, arguments: Sequence[str]) -> None:
    """The module once for SQLite and once for Postgres, each as a process of its own with DATABASE_URL set."""
    with tempfile.TemporaryDirectory(prefix="claimline-bench-") as folder:
        urls = [f"sqlite:///{folder}/original.sqlite3"]
        given = urlsplit(os.environ.get("TEST_DATABASE_URL", ""))
        if given.scheme.startswith("postgres"):
            urls.append(urlunsplit(given._replace(path=f"{given.path}_bench")))
        for url in urls:
            surroundings = os.environ | {"DATABASE_URL": url, "VAR_DIR": folder}
            subprocess.run([sys.executable, "-m", module, "--here", *arguments], env=surroundings, check=True)


class SqliteFile:
    """A file beside its copy."""

    def __init__(self) -> None:
        self.original = Path(settings.DATABASES["default"]["NAME"])
        self.duplicate = self.original.with_name("copy.sqlite3")
        self.name = f"SQLite {sqlite3.sqlite_version}"

    def make(self) -> None:
        """An empty one."""
        call_command("migrate", verbosity=0)

    def settle(self) -> None:
        """All that was written in one file."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy(self) -> None:
        """A fresh copy, to which Django's connection leads from now on."""
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.duplicate}{ending}").unlink(missing_ok=True)
        shutil.copyfile(self.original, self.duplicate)
        _lead_to(self.duplicate)

    def back(self) -> None:
        """Django's connection leads to the original again."""
        _lead_to(self.original)

    def duplicate_url(self) -> str:
        """Of the copy, for another process."""
        return f"sqlite:///{self.duplicate}"

    def drop(self) -> None:
        """The folder goes with everything in it."""
        connection.close()

    def by_hand(self) -> sqlite3.Connection:
        """A connection to the copy without Django, set up as ours is."""
        made = sqlite3.connect(self.duplicate, isolation_level=None)
        made.executescript(f"PRAGMA foreign_keys=ON; {settings.SQLITE_OPTIONS['init_command']}")
        made.execute(WARM).fetchall()
        return made


class PostgresDatabase:
    """A database, and its copy on the same server."""

    def __init__(self) -> None:
        described = settings.DATABASES["default"]
        self.original = described["NAME"]
        self.duplicate = f"{self.original}_copy"
        names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
        self._place: dict[str, Any] = {ours: described[name] for name, ours in names.items() if described[name]}
        with self._connect("postgres") as server:
            self.name = f"PostgreSQL {server.info.server_version // 10_000}"

    def make(self) -> None:
        """An empty one; nothing tidies up in it while the clock runs."""
        self._on_server(f'DROP DATABASE IF EXISTS "{self.original}" WITH (FORCE)', f'CREATE DATABASE "{self.original}"')
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            for table in ("claims_claim", "claims_event"):
                cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")

    def settle(self) -> None:
        """Statistics and visibility as after a quiet night."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (FREEZE, ANALYZE)")

    def copy(self) -> None:
        """A fresh copy, to which Django's connection leads from now on."""
        connection.close()
        self._on_server(
            f'DROP DATABASE IF EXISTS "{self.duplicate}" WITH (FORCE)',
            f'CREATE DATABASE "{self.duplicate}" TEMPLATE "{self.original}"',
            "CHECKPOINT",
        )
        _lead_to(self.duplicate)

    def back(self) -> None:
        """Django's connection leads to the original again."""
        _lead_to(self.original)

    def duplicate_url(self) -> str:
        """Of the copy, for another process."""
        return f"{os.environ['DATABASE_URL']}_copy"

    def drop(self) -> None:
        """Nothing is left on the server."""
        connection.close()
        self._on_server(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in (self.duplicate, self.original)))

    def by_hand(self) -> psycopg.Connection:
        """A connection to the copy without Django."""
        made = self._connect(self.duplicate)
        made.execute(WARM).fetchall()
        return made

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(**self._place, dbname=name, autocommit=True)

    def _on_server(self, *statements: str) -> None:
        with self._connect("postgres") as server:
            for statement in statements:
                server.execute(statement)


def here() -> SqliteFile | PostgresDatabase:
    """The database that DATABASE_URL names."""
    return PostgresDatabase() if connection.vendor == "postgresql" else SqliteFile()


def warm() -> None:
    """Read what the clock must not wait for, through Django's connection."""
    with connection.cursor() as cursor:
        cursor.execute(WARM)
        cursor.fetchall()


def _lead_to(name: object) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(name)
