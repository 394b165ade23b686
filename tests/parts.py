"""Which database and broker the tests run on: TEST_DATABASE_URL and TEST_REDIS_URL where given, else the embedded ones.

Loaded by pytest's `-p` (pyproject.toml), because settings are read before any conftest is.
"""

import os

for name in ("DATABASE_URL", "REDIS_URL"):
    os.environ.pop(name, None)
    if given := os.environ.get(f"TEST_{name}"):
        os.environ[name] = given


def pytest_report_header():
    """So that nobody takes a run on one database for a run on another."""
    database = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]
    broker = "TEST_REDIS_URL" if "REDIS_URL" in os.environ else "embedded"
    return f"claimline: database {database}, broker {broker}"
