from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

# Beside the checkout, or beside the folder that holds several.
_PLACES = [folder / "shared" / "cases" for folder in Path(__file__).resolve().parents[3:5]]
CASES = next((place for place in _PLACES if place.is_dir()), _PLACES[0])


@pytest.fixture
def cases() -> Path:
    """The shared cases, where the checkout has them beside it."""
    if not CASES.is_dir():
        pytest.skip("the shared cases are not here")
    return CASES


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str | bytes, str], Path]:
    """Write a file and return its path."""

    def write(content: str | bytes, name: str = "data.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
