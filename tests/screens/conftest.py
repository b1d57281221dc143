"""What the demo's steps really found once, to fill the texts with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mlops_tui import demo, session
from mlops_tui.session import Session


@pytest.fixture(scope="session")
def found() -> dict[str, dict[str, Any]]:
    return json.loads(Path(__file__).with_name("found.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def decided(found: dict[str, dict[str, Any]]) -> Session:
    """The demo's session with what its steps found."""
    told = session.load(demo.SESSION)
    decisions = [one.model_copy(update=found.get(one.step, {})) for one in told.decisions]
    return told.model_copy(update={"decisions": decisions})
