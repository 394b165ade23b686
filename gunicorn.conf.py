"""What gunicorn does for Claimline beyond its command line; found where gunicorn is started in this folder."""

import gc
import os
from pathlib import Path
from typing import Any

from django.conf import settings

import project  # noqa: F401 - names the settings

# Its own lines like all others.
logconfig_dict = settings.LOGGING


def on_starting(_server: Any) -> None:
    """Before there are workers: forget what was counted by processes that have ended since.

    Not at any other time. What a worker has counted stays when another one takes its place, as a sum never falls.
    """
    for path in Path(settings.METRICS_DIR).glob("*_*.db"):
        pid = path.stem.rpartition("_")[2]
        if pid.isdecimal() and not _is_running(int(pid)):
            path.unlink(missing_ok=True)


def post_worker_init(_worker: Any) -> None:
    """What is loaded by now stays: looking through it for garbage held a request up for a tenth of a second."""
    gc.collect()
    gc.freeze()


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
