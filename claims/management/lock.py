"""One `up` per data folder: a lock that no crash can leave behind."""

import fcntl
import os
import time
from pathlib import Path

from claims.management import watcher


class AlreadyRunning(Exception):
    """Another supervisor holds the lock; `pid` says which process it is, as far as it is known."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


def take_lock(path: Path) -> int:
    """The open file that holds the lock, for as long as this process or a watcher of its children lives.

    The kernel frees it however the process ends. Where only the watcher of a killed supervisor still holds it, it is
    waited for: until then the old children live.
    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + 2 * watcher.GRACE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.pread(lock, 32, 0).decode("ascii", "replace").strip()
            if time.monotonic() > deadline or _is_alive(pid):
                os.close(lock)
                raise AlreadyRunning(pid) from None
            time.sleep(0.1)
        else:
            os.ftruncate(lock, 0)
            os.pwrite(lock, f"{os.getpid()}\n".encode("ascii"), 0)
            return lock


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        pass
    return True
