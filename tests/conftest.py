"""What every test stands on."""

from pathlib import Path

import pytest

from tests.sinks import http_receiver, smtp_sink  # noqa: F401 - fixtures for everybody


@pytest.fixture(autouse=True)
def _quick_settings(settings):
    """Passwords hashed at once; static files by the names that templates give them, as nothing was collected.

    Nobody asks too often: what one test asks would be counted in the next one.
    """
    settings.API_RATE_READS = settings.API_RATE_WRITES = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
