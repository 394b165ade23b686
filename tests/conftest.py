"""What every test stands on: the databases and brokers at hand, and a clear word where one is missing."""

import os

import pytest

# Read by project/settings.py, so it must be known before Django is set up.
for name in ("DATABASE_URL", "REDIS_URL"):
    os.environ.pop(name, None)
    if given := os.environ.get(f"TEST_{name}"):
        os.environ[name] = given


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Templates name static files that only `collectstatic` would have hashed."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
