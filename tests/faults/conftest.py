"""What the tests of faults share: a broker of their own, and the settings that lead other processes here."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.clock import Clock
from tests.faults.newsroom import OwnBroker, database_url


@pytest.fixture
def idle_broker(tmp_path: Path) -> Iterator[OwnBroker]:
    """A broker that is not started yet."""
    ours = OwnBroker(tmp_path / "broker")
    yield ours
    ours.stop()


@pytest.fixture
def broker(idle_broker: OwnBroker) -> OwnBroker:
    """A broker that runs."""
    idle_broker.start()
    return idle_broker


@pytest.fixture
def environ_before_broker(idle_broker: OwnBroker, tmp_path: Path) -> dict[str, str]:
    """The settings of worker and beat: this test's database, and a broker that is not there yet."""
    ours = {"DATABASE_URL": database_url(), "REDIS_URL": idle_broker.url, "VAR_DIR": str(tmp_path)}
    return {**os.environ, "SWEEP_SECONDS": "1", **ours}


@pytest.fixture
def environ(environ_before_broker: dict[str, str], broker: OwnBroker) -> dict[str, str]:
    """The settings of worker and beat: this test's database, and a broker that nobody else uses."""
    return environ_before_broker


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """A clock that stands at the real time."""
    return Clock(tmp_path / "clock")
