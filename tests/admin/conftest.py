"""People at their desks."""

import pytest

from tests.factories import PersonFactory


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
