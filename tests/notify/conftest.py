"""What tests of what is sent stand on."""

import pytest

from tests.notify.calling import Clock


@pytest.fixture
def clock():
    """At NOW until it is set."""
    return Clock()


@pytest.fixture
def even_waits(monkeypatch):
    """Waits between attempts without their spread."""
    monkeypatch.setattr("claims.models.parcel.JITTER", 0)
