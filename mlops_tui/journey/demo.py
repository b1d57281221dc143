"""The bundled demo: real data, and the answers that a thoughtful team gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlops_tui import session as sessions
from mlops_tui.places import PACKAGE

FOLDER = PACKAGE / "demo"


def demo_session() -> Path:
    """The recorded session of the demo."""
    return FOLDER / sessions.FILE_NAME


def demo_suggestions() -> dict[str, dict[str, Any]]:
    """The demo's answers, to be suggested in place of the recommended ones."""
    session = sessions.load(demo_session())
    found = {decision.step: dict(decision.answers) for decision in session.decisions}
    found["data"]["source"] = str(FOLDER / found["data"]["source"])
    return found
