"""The web server as an operator starts it: several processes, one set of figures, lines that can be read."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.management.processes import free_port, wait_until

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def gunicorn(folder: Path, *arguments: str, **more: str) -> Iterator[tuple[str, Path]]:
    """Its address, and the file that it logs into."""
    port = free_port()
    environ = {**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": "", **more}
    log = folder / "log.txt"
    command = [sys.executable, "-m", "gunicorn", "project.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        process = subprocess.Popen([*command, *arguments], cwd=ROOT, env=environ, stdout=output, stderr=output)
    try:
        wait_until(lambda: is_up(port), what=f"the server: {log.read_text()}")
        yield f"http://127.0.0.1:{port}", log
    finally:
        process.terminate()
        process.wait(15)


def is_up(port: int) -> bool:
    try:
        return asked(f"http://127.0.0.1:{port}/healthz") == b"ok\n"
    except OSError:
        return False


def asked(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def counted(address: str, route: str) -> float:
    families = text_string_to_metric_families(asked(f"{address}/metrics").decode())
    samples = [sample for family in families for sample in family.samples]
    return sum(s.value for s in samples if s.name == "claimline_http_requests_total" and s.labels["route"] == route)


@pytest.mark.parametrize("arguments", [["--preload"], []], ids=["preloaded", "each by itself"])
def test_the_counts_of_all_its_processes_are_summed_and_those_of_the_dead_are_forgotten(tmp_path, arguments):
    metrics = tmp_path / "metrics"
    metrics.mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, alive = metrics / f"counter_{ended.pid}.db", metrics / f"counter_{os.getpid()}.db"
    for path in (dead, alive):
        path.write_bytes(b"\x08\0\0\0\0\0\0\0" + bytes(4096))

    with gunicorn(tmp_path, *arguments) as (address, _log):
        assert not dead.exists()
        assert alive.exists()
        times = 0

        def both_have_answered() -> bool:
            nonlocal times
            asked(f"{address}/robots.txt")
            times += 1
            return len(list(metrics.glob("counter_*.db"))) == 3

        wait_until(both_have_answered, what="an answer by the second process")
        # Whichever process is asked, it tells of both.
        assert {counted(address, "robots.txt") for _ in range(6)} == {times}


def test_its_lines_are_json_where_json_is_wanted_those_of_its_own_too(tmp_path):
    with gunicorn(tmp_path, LOG_FORMAT="json") as (address, log):
        asked(f"{address}/robots.txt?token=hunter2")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    (told,) = [line for line in lines if line["event"] == "request"]
    assert (told["route"], told["method"], told["status"]) == ("robots.txt", "GET", 200)
    assert len(told["request_id"]) == 32
    assert any("Starting gunicorn" in line["event"] for line in lines)
    assert "hunter2" not in log.read_text()
