"""What journeys share."""

from __future__ import annotations

from pathlib import Path

import pytest
from front_doors import Ended, tell


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """The demo, done once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("demo journey")
    return folder / "flights", tell("demo", "--headless", "--into", "flights", cwd=folder)
