"""A clock that a test moves under running processes; tests/faults/app.py is what follows it."""

from datetime import timedelta
from pathlib import Path

from tests.faults.newsroom import PATIENCE, Process
from tests.management.processes import wait_until


class Clock:
    """The clock of the processes that are started with its `environ`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.set(timedelta(0))

    @property
    def environ(self) -> dict[str, str]:
        return {"APP": "tests.faults.app", "CLOCK": str(self.folder)}

    def set(self, ahead: timedelta, *processes: Process) -> None:
        """So far ahead of the real time; the processes have it when this returns."""
        new, seconds = self.folder / "new", str(ahead.total_seconds())
        new.write_text(seconds)
        new.rename(self.folder / "ahead")
        told = [self.folder / str(process.pid) for process in processes]
        wait_until(lambda: all(one.exists() and one.read_text() == seconds for one in told), seconds=PATIENCE)
