"""Those who want something while the sweep runs: `python -m tests.bench.bystanders reader|writer`.

Takes its turns until its standard input is closed, then prints the seconds of each as JSON.
"""

import gc
import json
import os
import random
import select
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from subprocess import PIPE, Popen

import django

# As somebody at a keyboard, not as a load test: the pause between two turns.
PAUSES = {"reader": 0.0, "writer": 0.01}


def reads() -> Iterator[None]:
    """A page of the API's list of claims, as anonymous readers get it."""
    from django.conf import settings  # noqa: PLC0415 - once Django is set up
    from django.test import Client  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    client = Client()
    while True:
        assert client.get("/api/v1/claims/", {"page_size": "50"}).status_code == 200
        yield


def writes() -> Iterator[None]:
    """Edits of open claims, each with its event, anywhere in the table."""
    from claims import logbook  # noqa: PLC0415 - once Django is set up
    from claims.models import Claim, StaleClaim  # noqa: PLC0415

    last = Claim.objects.order_by("-pk").values_list("pk", flat=True)[0]
    rng = random.Random(20261122)
    while True:
        claim = Claim.objects.filter(pk__gte=rng.randint(1, last)).order_by("pk")[0]
        try:
            with logbook.amending(claim, by="bench", at=datetime.now(UTC)) as held:
                held.criteria = f"Settled by the annual report, {rng.random()}."
        except StaleClaim:
            pass
        yield


@contextmanager
def standing_by(what: str, url: str) -> Iterator[Callable[[], list[float]]]:
    """One that is at it from now on; call it to end it and to get the seconds of its turns."""
    process = Popen(
        [sys.executable, "-m", __spec__.name, what],
        env=os.environ | {"DATABASE_URL": url, "LOG_REQUESTS": "false"},
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"

    def end() -> list[float]:
        said, _ = process.communicate()
        seconds: list[float] = json.loads(said)
        return seconds

    try:
        yield end
    finally:
        process.kill()
        process.wait()


def main() -> None:
    what = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    django.setup()
    turns = {"reader": reads, "writer": writes}[what]()
    for _ in range(20):
        next(turns)
    # As in a worker of the web server (gunicorn.conf.py).
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    seconds = []
    while not select.select([sys.stdin], [], [], PAUSES[what])[0]:
        began = time.perf_counter()
        next(turns)
        seconds.append(time.perf_counter() - began)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
