"""One project on its way through the lifecycle: the engine behind all three front ends."""

from __future__ import annotations

from mlops_tui.journey.core import Journey
from mlops_tui.journey.demo import demo_suggestions
from mlops_tui.journey.kinds import Confirmed, Form, OnEvent, Past, Place, Question
from mlops_tui.journey.recording import Recording
from mlops_tui.project.plan import Conflicts

__all__ = [
    "Confirmed", "Conflicts", "Form", "Journey", "OnEvent", "Past", "Place", "Question",
    "Recording",
    "demo_suggestions",
]  # fmt: skip
