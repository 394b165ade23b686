"""People at their desks."""

import pytest
import time_machine
from django.utils import timezone

from tests.factories import PersonFactory

NOON = timezone.now().replace(hour=12, minute=0)


@pytest.fixture(autouse=True)
def _one_day():
    """The day on which the tests were loaded, so that none of them is taken by midnight."""
    with time_machine.travel(NOON, tick=True):
        yield


def _desk_of(client, role):
    client.person = PersonFactory(role=role, is_superuser=role == "admin")
    client.force_login(client.person)
    return client


@pytest.fixture
def editor(client, db):
    """An editor who has logged in; `editor.person` is who."""
    return _desk_of(client, "editor")


@pytest.fixture
def reporter(client, db):
    return _desk_of(client, "reporter")


@pytest.fixture
def admin(client, db):
    return _desk_of(client, "admin")
