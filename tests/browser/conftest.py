"""A real Chromium for the tests in this folder; all of them run after the others."""

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def pytest_collection_modifyitems(items):
    """Mark them, and move them to the end.

    Playwright keeps an event loop running in this thread until the session ends, and Django refuses the database to
    code that runs inside one: so the leave given below holds for these tests only, with nothing else behind them.
    """
    ours = [item for item in items if item.path.parent == HERE]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.parent == HERE)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_an_event_loop():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's own Chromium; without one these tests are skipped, or fail where CI must have it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = f"No browser: none of {', '.join(NAMES)} is on the PATH (Debian: apt-get install chromium)."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return {**browser_type_launch_args, "executable_path": found, "args": QUIET}


@pytest.fixture
def site(live_server, page):
    """A page with a running Claimline behind it (`live_server.url`); an error in its console fails the test.

    What the policy for content forbids (inline styles, other hosts) is such an error.
    """
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    assert errors == []
