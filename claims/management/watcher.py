"""Ends the children of a supervisor that was killed; runs as a process of its own, by its path, on the stdlib alone."""

import contextlib
import os
import signal
import sys
import time
from typing import IO

GRACE = 3.0
TICK = 0.1


def signal_group(group: int, number: int) -> bool:
    """Whether there was anybody to receive it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS: EPERM for a group of zombies
        return False
    return True


def watch(lines: IO[str]) -> None:
    """Read the living groups, a line each time they change; when the lines stop, the supervisor is gone: end them."""
    groups: list[int] = []
    for line in lines:
        groups = [int(word) for word in line.split()]
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while groups and time.monotonic() < deadline:
        time.sleep(TICK)
        groups = [group for group in groups if signal_group(group, 0)]
    for group in groups:
        signal_group(group, signal.SIGKILL)


if __name__ == "__main__":
    watch(sys.stdin)
