"""`manage.py up` as a newsroom runs it: a process, its output, its children, and what becomes of them."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.management.processes import alive, family, free_port, running, wait_until

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"broker": "broker.sock", "worker": " worker ", "beat": " beat ", "web": "gunicorn"}
# Past already, so the next sweep takes it. Each process begins to count anew.
DUE_CLAIM = """
import django; django.setup()
from claims.models import Article
from tests import factories
for made in (factories.ClaimantFactory, factories.SourceFactory, factories.ArticleFactory):
    made.reset_sequence(Article.objects.count())
print(factories.open_claim(edtf="2025-07").pk)
"""
FLAGGED = """
SELECT claim.status, count(event.id) FROM claims_claim claim
LEFT JOIN claims_event event ON event.claim_id = claim.id AND event.kind = 'flagged'
WHERE claim.id = ? GROUP BY claim.id
"""
FIRST_EDITOR = """
import sys, django; django.setup()
from django.contrib.auth.models import User
editor = User.objects.get()
print(editor.check_password(sys.argv[1]), editor.is_staff, editor.groups.get().name)
"""
COUNT = "SELECT count(*) FROM claims_claim"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """As on a machine that has only Python: none of our settings, and nothing of this test run's."""
    ours = {"DATABASE_URL", "REDIS_URL", "BASE_URL", "ALLOWED_HOSTS", "DEBUG", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "VAR_DIR": str(folder), "PYTHONPATH": str(ROOT), **more}


class Up:
    """A running `manage.py up`."""

    def __init__(self, folder: Path, *arguments: str, port: int | None = None, **settings: str) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.environ = environment(folder, SWEEP_SECONDS="1", **settings)
        self.output = folder.parent / f"{folder.name}.{time.monotonic_ns()}.txt"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "up", "--port", str(self.port), *arguments],
                cwd=folder.parent,
                env=self.environ,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def text(self) -> str:
        return self.output.read_text()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ready(self) -> "Up":
        def is_said() -> bool:
            assert self.process.poll() is None, self.text
            return "Claimline is at" in self.text

        wait_until(is_said, seconds=60, what=f"the address in\n{self.text}")
        return self

    def answer(self, path: str = "/healthz") -> int:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def part(self, name: str) -> int:
        """The process that leads the part, as soon as there is one."""

        def find() -> int | None:
            everyone = running()
            mine = (
                pid
                for pid, (parent, _group, command) in everyone.items()
                if parent == self.process.pid and PARTS[name] in f"{command} "
            )
            return next(mine, None)

        return int(wait_until(find, what=name) or 0)

    def python(self, code: str, *arguments: str) -> str:
        """What the code prints, run on the same database."""
        environ = {**self.environ, "DJANGO_SETTINGS_MODULE": "project.settings"}
        command = [sys.executable, "-c", code, *arguments]
        ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=False, text=True)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def select(self, query: str, *values: str) -> tuple[Any, ...]:
        """The first row, read past Django: quick enough to ask again and again."""
        with closing(sqlite3.connect(self.folder / "claimline.sqlite3", timeout=20)) as database:
            row: tuple[Any, ...] = database.execute(query, values).fetchone()
        return row

    def flags_a_due_claim_once(self) -> None:
        claim = self.python(DUE_CLAIM)
        wait_until(lambda: self.select(FLAGGED, claim) == ("due", 1), what=f"the flag in\n{self.text}")

    def stop(self, number: int) -> float:
        """Seconds that it took to end everything."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(15)
        return time.monotonic() - began


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One for all tests that leave it running, in a folder whose path is long and has spaces and quotation marks."""
    folder = tmp_path_factory.mktemp("up") / f'the "newsroom" of {"Radar " * 12}Nasional' / "var"
    folder.mkdir(parents=True)
    started = Up(folder, "--no-seeds", DEBUG="1")
    try:
        yield started.ready()
    finally:
        seconds = started.stop(signal.SIGTERM)
    assert seconds < 10
    assert started.process.returncode == 0


def refused(folder: Path, *arguments: str, **settings: str) -> str:
    """The one line that a start ends with."""
    ended = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "up", "--no-seeds", *arguments],
        env=environment(folder, **settings),
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert ended.returncode != 0
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    return ended.stderr


def test_the_page_answers_at_the_address_that_was_printed(up: Up) -> None:
    printed = re.search(r"Claimline is at (\S+)/ · desk at (\S+)", up.text)
    assert printed
    assert printed.groups() == (up.address, f"{up.address}/admin/")
    assert up.answer() < 500


def test_the_first_editors_password_is_printed_once_and_opens_the_desk(up: Up) -> None:
    assert up.text.count("password: ") == 1
    password = re.search(r"first editor: editor · password: (\S+)", up.text)
    assert password
    assert up.python(FIRST_EDITOR, password[1]) == "True True editor"


def test_a_due_claim_is_flagged(up: Up) -> None:
    up.flags_a_due_claim_once()


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_is_killed_comes_back_and_claims_are_still_flagged(up: Up, name: str) -> None:
    before = up.part(name)
    everyone = {before, *family(before)}
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: up.part(name) != before, what=f"another {name}")
    wait_until(lambda: not alive(everyone), what="the end of all that it had forked")
    assert up.answer() < 500
    up.flags_a_due_claim_once()


def test_a_second_start_in_the_same_folder_is_one_line(up: Up) -> None:
    assert f"already running as process {up.process.pid}" in refused(up.folder, "--port", str(free_port()))


def test_the_broker_is_reached_by_nobody_else(up: Up) -> None:
    # The path of the folder is too long for a socket: it lies in the temporary folder.
    name = Path(running()[up.part("broker")][2].rpartition("unixsocket:")[2])
    assert not list(up.folder.rglob("*.sock"))
    assert name.stat().st_mode & 0o077 == 0
    assert name.parent.stat().st_mode & 0o077 == 0
    assert len(os.fsencode(name)) < 104


def test_what_it_keeps_is_read_by_nobody_else(up: Up) -> None:
    kept = [path for path in up.folder.rglob("*") if path.is_file() and up.folder / "static" not in path.parents]
    assert any(path.name == "claimline.sqlite3" for path in kept)
    assert [path.name for path in kept if rights(path) & 0o077] == []


def rights(path: Path) -> int:
    """Of a file; none where it has gone, as SQLite's do with its last connection."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return 0


def test_static_files_have_the_strict_policy_too(up: Up) -> None:
    page = urllib.request.urlopen(f"{up.address}/", timeout=10)
    icon = re.search(r'href="(/static/[^"]+\.svg)"', page.read().decode())
    assert icon is not None
    answer = urllib.request.urlopen(up.address + icon[1], timeout=10)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]


def test_debug_is_off_whatever_the_environment_says(up: Up) -> None:
    assert up.environ["DEBUG"] == "1"
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{up.address}/no-such-page", timeout=10)
    assert caught.value.code == 404
    assert "DEBUG" not in caught.value.read().decode()


def test_killed_and_started_again_it_leaves_nothing_running_keeps_all_data_and_ends_in_ten_seconds(
    tmp_path: Path,
) -> None:
    up = Up(tmp_path / "my var").ready()
    seeded = re.search(r"seeds loaded: (\d+) claims", up.text)
    assert seeded
    assert int(seeded[1]) > 0
    up.flags_a_due_claim_once()
    everyone = {up.process.pid, *family(up.process.pid)}
    assert len(everyone) >= 9
    up.process.kill()
    up.process.wait()

    again = Up(up.folder, port=up.port)
    try:
        again.ready()
        assert not alive(everyone)
        assert again.select(COUNT) == (int(seeded[1]) + 1,)
        assert "first editor" not in again.text
        assert "seeds" not in again.text
        again.flags_a_due_claim_once()
        everyone = {again.process.pid, *family(again.process.pid)}
    finally:
        seconds = again.stop(signal.SIGINT)
    assert seconds < 10
    assert again.process.returncode == 0
    assert not alive(everyone)


def test_a_taken_port_is_one_line_that_names_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused(tmp_path, "--port", str(port))
    assert str(port) in line
    assert "--port" in line


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "up", "--port", port],
        env=environment(tmp_path),
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 2
    assert "from 1 to 65535" in ended.stderr


def test_a_broker_of_the_operators_own_that_does_not_answer_is_one_line_without_its_password(tmp_path: Path) -> None:
    port = free_port()
    line = refused(tmp_path, "--port", str(free_port()), REDIS_URL=f"redis://:hunter2@127.0.0.1:{port}/0")
    assert f"127.0.0.1:{port}" in line
    assert "hunter2" not in line


def test_a_database_that_does_not_answer_is_one_line_without_its_password(tmp_path: Path) -> None:
    url = f"postgres://anna:hunter2@127.0.0.1:{free_port()}/claims"
    line = refused(tmp_path, "--port", str(free_port()), DATABASE_URL=url)
    assert "database" in line
    assert "hunter2" not in line
