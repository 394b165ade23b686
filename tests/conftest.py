"""What every test stands on."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Templates name static files that only `collectstatic` would have hashed."""
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
