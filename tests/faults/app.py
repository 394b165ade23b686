"""Celery's application for `celery --app tests.faults.app`: ours, under a clock or with chunks that a test chooses.

`CHUNK` is how many claims the sweep takes at a time, `PAUSE` for how many seconds it rests before each. `CLOCK` is a
folder: the file `ahead` in it says by how many seconds the clock of this process is ahead, at any moment anew; who has
set its clock says so in a file of its number.
"""

import os
import threading
import time
from pathlib import Path
from typing import Any

import django
import time_machine

from project.celery import app as app  # noqa: PLC0414 - what Celery looks for

django.setup()

from claims import sweep  # noqa: E402 - once Django is set up

if size := os.environ.get("CHUNK"):
    sweep.CHUNKS = dict.fromkeys(sweep.CHUNKS, int(size))
if pause := os.environ.get("PAUSE"):
    flag_at_once = sweep.flag_some

    def flag_slowly(*claims: Any, **options: Any) -> int:
        time.sleep(float(pause))
        return flag_at_once(*claims, **options)

    sweep.flag_some = flag_slowly


def follow(folder: Path) -> None:
    """Sets the clock of this process, and again whenever the test moves it."""
    ahead = float((folder / "ahead").read_text())
    clock = time_machine.travel(time.time() + ahead, tick=True).start()

    def go_on(ahead: float) -> None:
        while True:
            wanted = float((folder / "ahead").read_text())
            clock.shift(wanted - ahead)
            ahead = wanted
            (folder / str(os.getpid())).write_text(str(ahead))
            threading.Event().wait(0.05)

    threading.Thread(target=go_on, args=[ahead], daemon=True).start()


if folder := os.environ.get("CLOCK"):
    follow(Path(folder))
