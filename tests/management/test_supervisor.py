"""The supervisor with small programs in place of ours: no Django, no database."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claims.management.lock import AlreadyRunning, take_lock
from tests.management.processes import alive, family, running, wait_until

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
DRIVER = """
import json, os, sys
from pathlib import Path
from claims.management import supervisor
from claims.management.lock import take_lock

folder, wanted = Path(sys.argv[1]), json.loads(sys.argv[2])
children = [
    supervisor.Child(
        name, [sys.executable, "-c", code], os.environ, patience=1,
        is_ready=(folder / f"{name}.ready").exists if is_waited_for else lambda: True,
        mend=lambda: "mended",
    )
    for name, code, is_waited_for in wanted
]
sys.exit(supervisor.Supervisor(
    children, lock=take_lock(folder / "lock"), say=lambda name, line: print(f"{name}: {line}", flush=True),
    on_ready=lambda: print("all ready", flush=True),
).run())
"""
SLEEPER = "import time; print('here', flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(600)"
)
# Its own child ignores SIGTERM and would outlive it.
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]); {SLEEPER}"


class Run:
    """A supervisor in a process of its own, and the lines that it said."""

    def __init__(self, folder: Path, wanted: list[tuple[str, str, bool]]) -> None:
        self.output = folder / "output"
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(folder), json.dumps(wanted)],
            cwd=ROOT,
            stdout=self.output.open("w"),
            stderr=subprocess.STDOUT,
            # As a shell starts a program in the background.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509
        )
        self.pid = self.process.pid

    @property
    def text(self) -> str:
        return self.output.read_text()

    def says(self, line: str, *, times: int = 1) -> None:
        wait_until(lambda: self.text.count(line) >= times, what=f"{line!r} in\n{self.text}")

    def child(self, code: str) -> int | None:
        return next((pid for pid, command in family(self.pid).items() if command.endswith(code)), None)


Start = Callable[..., Run]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    runs: list[Run] = []

    def begin(*wanted: tuple[str, str, bool]) -> Run:
        runs.append(Run(tmp_path, list(wanted)))
        return runs[-1]

    yield begin
    for run in runs:
        run.process.terminate()
        run.process.wait(15)


def test_children_start_in_order_each_when_the_one_before_is_ready(start: Start, tmp_path: Path) -> None:
    run = start(("first", SLEEPER, True), ("second", SLEEPER, True))
    run.says("first: here")
    assert "second" not in run.text
    (tmp_path / "first.ready").touch()
    run.says("second: here")
    assert "all ready" not in run.text
    (tmp_path / "second.ready").touch()
    run.says("all ready")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_children_in_reverse_order_with_code_zero(start: Start, number: int) -> None:
    bye = "import atexit, signal, sys; signal.signal(15, lambda *_: sys.exit()); atexit.register(print, 'bye')"
    polite = f"{bye}; {SLEEPER}"
    run = start(("first", polite, False), ("second", polite, False))
    run.says("first: here")
    run.says("second: here")
    run.process.send_signal(number)
    assert run.process.wait(10) == 0
    assert run.text.index("second: bye") < run.text.index("first: bye")


def test_a_child_that_dies_is_started_again_without_what_it_left_behind(start: Start) -> None:
    run = start(("parent", PARENT, False))
    run.says("parent: here", times=2)
    before = set(family(run.pid))
    assert len(before) == 3  # the watcher, the child, and the child's own
    leader = next(pid for pid in before if running()[pid][0] == run.pid and running()[pid][2].endswith(PARENT))
    os.kill(leader, signal.SIGKILL)
    run.says("parent: ended by SIGKILL; started again in 0.2 s")
    run.says("parent: here", times=4)
    assert len(alive(before)) == 1


def test_pauses_grow_and_a_child_that_never_starts_ends_the_run(start: Start) -> None:
    run = start(("broken", "raise SystemExit('no such thing')", True))
    assert run.process.wait(20) == 1
    pauses = [line.rpartition(" in ")[2] for line in run.text.splitlines() if "started again" in line]
    assert pauses == ["0.2 s", "0.4 s", "0.8 s", "1.6 s"]
    assert run.text.count("broken: no such thing") == 5
    assert run.text.count("broken: mended") == 1
    assert run.text.rstrip().endswith("broken: ended with code 1; it does not start")


def test_a_child_that_ignores_sigterm_is_killed_when_its_patience_is_over(start: Start) -> None:
    run = start(("stubborn", STUBBORN, False))
    run.says("stubborn: here")
    everyone = set(family(run.pid))
    began = time.monotonic()
    run.process.terminate()
    assert run.process.wait(10) == 0
    assert 0.9 < time.monotonic() - began < 3
    assert "stubborn: did not end within 1 s: killed" in run.text
    assert not alive(everyone)


def test_a_second_signal_kills_at_once(start: Start) -> None:
    run = start(*((name, STUBBORN, False) for name in "abcd"))
    for name in "abcd":
        run.says(f"{name}: here")
    began = time.monotonic()
    run.process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(10) == 130
    assert time.monotonic() - began < 1.5


def test_nothing_outlives_a_supervisor_that_is_killed(start: Start) -> None:
    run = start(("parent", PARENT, False), ("stubborn", STUBBORN, False))
    run.says("parent: here", times=2)
    run.says("stubborn: here")
    everyone = set(family(run.pid))
    run.process.kill()
    run.process.wait()
    wait_until(lambda: not alive(everyone), seconds=6, what="the end of the children")


def test_a_watcher_that_is_killed_is_replaced(start: Start) -> None:
    run = start(("stubborn", STUBBORN, False))
    run.says("stubborn: here")
    watcher = next(pid for pid, command in family(run.pid).items() if "watcher.py" in command)
    os.kill(watcher, signal.SIGKILL)
    os.kill(run.child(STUBBORN) or 0, signal.SIGKILL)
    run.says("stubborn: here", times=2)
    everyone = set(family(run.pid))
    run.process.kill()
    run.process.wait()
    wait_until(lambda: not alive(everyone), seconds=6, what="the end of the children")


def test_the_lock_is_refused_while_held_and_waits_for_what_a_killed_run_left(start: Start, tmp_path: Path) -> None:
    run = start(("stubborn", STUBBORN, False))
    run.says("stubborn: here")
    with pytest.raises(AlreadyRunning, match=f"^{run.pid}$"):
        take_lock(tmp_path / "lock")
    everyone = set(family(run.pid))
    run.process.kill()
    run.process.wait()
    lock = take_lock(tmp_path / "lock")
    assert not alive(everyone)
    os.close(lock)


def test_a_stale_lock_file_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("1\n")
    os.close(take_lock(tmp_path / "lock"))


def test_long_and_unfinished_lines_are_passed_on(start: Start) -> None:
    code = f"print('x' * 200_000); import sys; sys.stdout.buffer.write(b'\\xff\\n'); {SLEEPER.replace('here', 'last')}"
    code = code.replace("flush", "end='', flush")
    run = start(("talker", code, False))
    run.says("talker: \N{REPLACEMENT CHARACTER}")
    assert run.text.count("x") == 200_000
    run.process.terminate()
    assert run.process.wait(10) == 0
    assert "talker: last" in run.text
