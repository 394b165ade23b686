"""Looking at running processes from a test, and waiting without sleeping for long."""

import socket
import subprocess
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def running() -> dict[int, tuple[int, int, str]]:
    """Parent, process group and command line of every process that is not a zombie."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,pgid=,stat=,args="], capture_output=True, check=True, text=True
    ).stdout
    found = {}
    for line in listed.splitlines():
        pid, parent, group, state, *command = line.split(None, 4)
        if not state.startswith("Z"):
            found[int(pid)] = (int(parent), int(group), command[0] if command else "")
    return found


def family(pid: int) -> dict[int, str]:
    """Command lines of all that descend from the process."""
    everyone = running()
    found: dict[int, str] = {}
    parents = {pid}
    while parents:
        children = {child for child, (parent, _group, _command) in everyone.items() if parent in parents}
        found.update({child: everyone[child][2] for child in children})
        parents = children
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that still run."""
    return pids & running().keys()


def wait_until(condition: Callable[[], T], *, seconds: float = 20, what: str = "it", pause: float = 0.05) -> T:
    """What the condition gives as soon as it is true."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"{what} did not come within {seconds} s"
        time.sleep(pause)
    return found


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
