"""The typed readers of environment variables: every wrong value is one line that names its variable."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from project import env

ROOT = Path(__file__).resolve().parents[2]
Put = Callable[[str], None]


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Put:
    """Sets the variable X."""
    monkeypatch.delenv("X", raising=False)
    return lambda value: monkeypatch.setenv("X", value)


def problem(read: Callable[[], Any]) -> str:
    """The line that a reader ends the process with."""
    with pytest.raises(env.WrongSetting) as caught:
        read()
    line = str(caught.value)
    assert line.startswith("claimline: X ")
    assert "\n" not in line
    return line


def test_text_is_trimmed_and_empty_means_unset(put: Put) -> None:
    assert env.text("X", "default") == "default"
    put("  ")
    assert env.text("X", "default") == "default"
    put("  Radar Nasional ")
    assert env.text("X", "default") == "Radar Nasional"


@pytest.mark.parametrize(
    ("value", "meaning"), [("1", True), ("TRUE", True), (" yes ", True), ("on", True), ("0", False), ("Off", False)]
)
def test_flags_read_the_usual_words(put: Put, value: str, meaning: bool) -> None:
    put(value)
    assert env.flag("X", default=not meaning) is meaning


def test_an_unset_flag_is_its_default(put: Put) -> None:
    assert env.flag("X", default=True) is True
    put("")
    assert env.flag("X", default=True) is True


@pytest.mark.parametrize("value", ["maybe", "2", "-1", "falsch"])
def test_a_flag_that_is_neither_is_refused(put: Put, value: str) -> None:
    put(value)
    assert repr(value) in problem(lambda: env.flag("X", default=False))


@pytest.mark.parametrize(("value", "meaning"), [("1", 1), ("10", 10), ("007", 7)])
def test_whole_numbers_include_both_bounds(put: Put, value: str, meaning: int) -> None:
    put(value)
    assert env.whole_number("X", default=5, least=1, most=10) == meaning


@pytest.mark.parametrize("value", ["0", "11", "-1", "1.5", "1e3", "ten", "٣", "9" * 5000])
def test_other_numbers_are_refused_with_the_bounds(put: Put, value: str) -> None:
    put(value)
    assert "from 1 to 10" in problem(lambda: env.whole_number("X", default=5, least=1, most=10))


def test_words_are_separated_by_commas(put: Put) -> None:
    assert env.words("X", default=["a"]) == ["a"]
    put(" claims.example.org, ,b ")
    assert env.words("X") == ["claims.example.org", "b"]


def test_places_are_hosts_with_their_ports(put: Put) -> None:
    assert env.places("X") == frozenset()
    put("127.0.0.1:9000, [0:0::1]:9000 ,CI.newsroom.lan:443")
    assert env.places("X") == {"127.0.0.1:9000", "[::1]:9000", "ci.newsroom.lan:443"}


@pytest.mark.parametrize(
    "value",
    [
        "ci.newsroom.lan",
        "ci.newsroom.lan:",
        ":443",
        "h:0",
        "h:080",
        "h:65536",
        "h:x",
        "u@h:80",
        "http://h:80",
        "h:80/",
        "h:80?q",
        "::1:80",
        "[::1:80",
        "[1:2]:80",
        "h ost:80",
        "*:80",
        "ⓗ:80",
    ],
)
def test_what_is_no_place_is_refused(put: Put, value: str) -> None:
    put(f"127.0.0.1:9000,{value}")
    assert repr(value) in problem(lambda: env.places("X"))


@pytest.mark.parametrize("value", ["https://claims.example.org", "http://localhost:8000", "http://[::1]:8000"])
def test_addresses_lose_their_trailing_slash(put: Put, value: str) -> None:
    put(value + "/")
    assert env.web_address("X", default="http://other") == value


@pytest.mark.parametrize(
    "value",
    [
        "claims.example.org",
        "ftp://a.example",
        "https://",
        "https://a/path",
        "https://a?q",
        "http://a:99999",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_refused(put: Put, value: str) -> None:
    put(value)
    assert repr(value.rstrip("/")) in problem(lambda: env.web_address("X", default="http://other"))


def test_time_zones_are_iana_names(put: Put) -> None:
    put("Asia/Jakarta")
    assert env.time_zone("X", default="UTC") == "Asia/Jakarta"
    for wrong in ["WIB", "Jakarta", "../../etc/passwd", "+07:00"]:
        put(wrong)
        assert repr(wrong) in problem(lambda: env.time_zone("X", default="UTC"))


def test_a_folder_is_made_for_its_owner_alone(put: Put, tmp_path: Path) -> None:
    put(str(tmp_path / "a folder" / "var"))
    made = env.folder("X", default=tmp_path)
    assert made.is_dir()
    assert made.is_absolute()
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_refused(put: Put, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    put(str(tmp_path / "file" / "var"))
    assert "file/var" in problem(lambda: env.folder("X", default=tmp_path))


def test_options_of_sqlite_go_to_sqlite_only(put: Put, tmp_path: Path) -> None:
    put(f"sqlite:///{tmp_path}/a%20b.sqlite3")
    options = {"timeout": 20}
    assert env.database("X", default="", options=options)["OPTIONS"] == options
    put("postgres://anna:p%40ss@db.example:5433/claims?sslmode=require")
    described = env.database("X", default="", options=options)
    assert described["ENGINE"] == "django.db.backends.postgresql"
    assert (described["USER"], described["PASSWORD"], described["PORT"]) == ("anna", "p@ss", 5433)
    assert described["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "value",
    ["postgres", "mysql://u:hunter2@h/n", "postgres://u:hunter2@h:port/n", "postgres://u:hunter2@h", "sqlite://x"],
)
def test_a_database_that_is_refused_does_not_show_its_password(put: Put, value: str) -> None:
    put(value)
    assert "hunter2" not in problem(lambda: env.database("X", default="", options={}))


@pytest.mark.parametrize(
    "value", ["redis://127.0.0.1:6379/5", "rediss://:s@h/0", "redis+socket:///var/a%20b.sock?virtual_host=0"]
)
def test_brokers_are_written_as_celery_writes_them(put: Put, value: str) -> None:
    put(value)
    assert env.broker("X", default="") == value


@pytest.mark.parametrize("value", ["valkey://h", "amqp://h", "redis://", "redis://h:port", "redis+socket://", "h:6379"])
def test_other_brokers_are_refused(put: Put, value: str) -> None:
    put(value)
    problem(lambda: env.broker("X", default=""))


def test_a_secret_is_made_once_and_kept_for_its_owner(put: Put, tmp_path: Path) -> None:
    kept_in = tmp_path / "secret"
    made = env.secret("X", kept_in=kept_in)
    assert len(made) > 60
    assert env.secret("X", kept_in=kept_in) == made
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [kept_in]


def test_processes_that_start_together_read_the_same_secret(tmp_path: Path) -> None:
    code = "import pathlib, sys; from project import env; print(env.secret('X', kept_in=pathlib.Path(sys.argv[1])))"

    def read(_: int) -> str:
        command = [sys.executable, "-c", code, str(tmp_path / "secret")]
        environ = {name: value for name, value in os.environ.items() if name != "X"}
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True, text=True).stdout

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(read, range(6)))) == 1


def test_a_secret_of_the_operators_own_is_used_and_not_kept(put: Put, tmp_path: Path) -> None:
    put("correct horse battery staple, and more")
    assert env.secret("X", kept_in=tmp_path / "secret") == "correct horse battery staple, and more"
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize("value", ["short", "x" * 80])
def test_a_secret_that_is_easy_to_guess_is_refused_and_not_repeated(put: Put, tmp_path: Path, value: str) -> None:
    put(value)
    assert value not in problem(lambda: env.secret("X", kept_in=tmp_path / "secret"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("TIME_ZONE", "Mars"),
        ("SWEEP_SECONDS", "0"),
        ("REDIS_URL", "valkey://h"),
        ("PRIVATE_HOSTS", "ci.newsroom.lan"),
        ("DATABASE_URL", "oracle://h/n"),
        ("BASE_URL", "claims.example.org"),
        ("SECRET_KEY", "secret"),
        ("ALLOWED_HOSTS", "*"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(name: str, value: str, tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import project.settings"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path), name: value},
        capture_output=True,
        check=False,
        text=True,
    )
    assert started.returncode == 1
    assert started.stderr.startswith(f"claimline: {name} ")
    assert len(started.stderr.splitlines()) == 1
