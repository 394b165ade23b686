"""Seeds to spoil."""

import shutil

import pytest

from tests.exchange.copying import ROOT


@pytest.fixture
def seeds(tmp_path):
    """A copy of the project's seeds."""
    return shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
