"""Keeps a few programs running side by side and ends them together; plain stdlib, knows nothing of Django.

One thread, one loop: it forwards the programs' output, notices which of them died, and starts those again. Each is the
leader of a process group of its own, so that what it forked goes with it. The supervisor itself may be killed at any
moment: on Linux the kernel then tells the programs to end, and everywhere a small watcher ends what is left of them.
"""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from claims.management import watcher

TICK = 0.1
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
STABLE_AFTER = 30.0
FAILURES_BEFORE_MENDING, FAILURES_BEFORE_GIVING_UP = 3, 5
LONGEST_LINE = 64 * 1024
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

Say = Callable[[str, str], None]


@dataclass
class Child:
    """A program to keep running.

    `is_ready` is asked until it says yes once; the next child waits for it. `patience` is how many seconds the program
    gets to end by itself. `mend` is called once when it keeps dying, before the next try, and gives what it did.
    """

    name: str
    argv: Sequence[str]
    environ: Mapping[str, str]
    is_ready: Callable[[], bool] = lambda: True
    patience: float = 2.0
    pass_fds: Sequence[int] = ()
    mend: Callable[[], str] | None = None
    process: "subprocess.Popen[bytes] | None" = None
    has_been_ready: bool = False
    failures: int = 0
    started_at: float = 0.0
    start_at: float = 0.0
    pending: bytes = field(default=b"", repr=False)


class Supervisor:
    """Runs the children in their order until it is told to stop; ends them in reverse order."""

    def __init__(self, children: Sequence[Child], *, lock: int, say: Say, on_ready: Callable[[], None]) -> None:
        self.children = children
        self.lock = lock
        self.say = say
        self.on_ready = on_ready
        self.exit_code: int | None = None
        self._is_hurried = False
        self._pipes = selectors.DefaultSelector()
        self._watcher: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Until SIGINT, SIGTERM or SIGHUP: 0, or 1 where a child never came up, or 130 when hurried by a second."""
        # SIGINT too, which a shell lets its background programs ignore; not SIGHUP where nohup lets us ignore it.
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._on_signal)
        is_announced = False
        try:
            while self.exit_code is None:
                is_ready = self._start_what_is_due()
                if is_ready and not is_announced:
                    is_announced = True
                    self.on_ready()
                self._forward_output(TICK if is_announced else TICK / 5)
                for child in self.children:
                    self._notice_end(child)
        finally:
            self._stop()
        return 130 if self._is_hurried else self.exit_code

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_hurried = self.exit_code is not None
        self.exit_code = 0

    # --- Starting -----------------------------------------------------------------------------------------------------
    def _start_what_is_due(self) -> bool:
        """Start each child whose time has come, up to the first that is not ready; whether all are."""
        for child in self.children:
            if child.process is None and time.monotonic() >= child.start_at:
                self._start(child)
            if not child.has_been_ready:
                child.has_been_ready = child.process is not None and child.is_ready()
            if not child.has_been_ready:
                return False
        return True

    def _start(self, child: Child) -> None:
        parent = os.getpid()

        def die_with_parent() -> None:
            # Runs between fork and exec; safe, as this process has one thread only.
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # type: ignore[union-attr]
            if os.getppid() != parent:
                os._exit(1)

        child.started_at = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 - our own programs
            child.argv,
            env=child.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=child.pass_fds,
            preexec_fn=die_with_parent if LIBC else None,  # noqa: PLW1509
        )
        self._pipes.register(_pipe(child.process), selectors.EVENT_READ, child)
        self._tell_watcher()

    def _tell_watcher(self) -> None:
        """Hand the watcher the groups that now live; start it, or start it again, where it does not."""
        if self._watcher is None or self._watcher.poll() is not None:
            self._watcher = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-S", watcher.__file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[self.lock],
            )
        groups = " ".join(str(child.process.pid) for child in self.children if child.process)
        with contextlib.suppress(BrokenPipeError):
            os.write(self._watcher.stdin.fileno(), f"{groups}\n".encode())  # type: ignore[union-attr]

    # --- Watching -----------------------------------------------------------------------------------------------------
    def _forward_output(self, seconds: float) -> None:
        for key, _events in self._pipes.select(seconds):
            child: Child = key.data
            chunk = os.read(key.fd, LONGEST_LINE)
            *lines, child.pending = (child.pending + chunk).split(b"\n")
            if child.pending and (not chunk or len(child.pending) > LONGEST_LINE):
                lines.append(child.pending)
                child.pending = b""
            if not chunk:
                self._pipes.unregister(key.fileobj)
            for line in lines:
                if text := line.decode(errors="replace").rstrip():
                    self.say(child.name, text)

    def _notice_end(self, child: Child) -> None:
        """If the child died: end what it forked, and set the time of its next start."""
        if child.process is None or child.process.poll() is None:
            return
        ending = _ending(child.process.returncode)
        self._bury(child)
        now = time.monotonic()
        child.failures = 0 if now - child.started_at > STABLE_AFTER else child.failures
        pause = min(FIRST_PAUSE * 2**child.failures, LONGEST_PAUSE)
        child.failures += 1
        child.start_at = now + pause
        if child.failures == FAILURES_BEFORE_MENDING and child.mend is not None:
            self.say(child.name, child.mend())
        if child.failures >= FAILURES_BEFORE_GIVING_UP and not child.has_been_ready:
            self.say(child.name, f"{ending}; it does not start")
            self.exit_code = 1
        else:
            self.say(child.name, f"{ending}; started again in {pause:.1f} s")

    # --- Ending -------------------------------------------------------------------------------------------------------
    def _stop(self) -> None:
        """End the children, the last first, each within its patience; kill what is left."""
        for child in reversed(self.children):
            if child.process is None:
                continue
            child.process.terminate()
            deadline = time.monotonic() + child.patience
            while child.process.poll() is None and time.monotonic() < deadline and not self._is_hurried:
                self._forward_output(TICK / 5)
            if child.process.poll() is None and not self._is_hurried:
                self.say(child.name, f"did not end within {child.patience:.0f} s: killed")
            self._bury(child)
        if self._watcher is not None:
            self._watcher.communicate()

    def _bury(self, child: Child) -> None:
        """Kill what is left of the child's group, and say its last lines."""
        if child.process is None:
            return
        watcher.signal_group(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self._forward_output(0)
        with contextlib.suppress(KeyError):
            self._pipes.unregister(_pipe(child.process))
        _pipe(child.process).close()
        child.process = None
        self._tell_watcher()


def _pipe(process: "subprocess.Popen[bytes]") -> IO[bytes]:
    assert process.stdout is not None  # noqa: S101 - made with stdout=PIPE
    return process.stdout


def _ending(returncode: int) -> str:
    """How a process ended, in words."""
    return f"ended with code {returncode}" if returncode >= 0 else f"ended by {signal.Signals(-returncode).name}"
