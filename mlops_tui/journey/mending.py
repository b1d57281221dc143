"""The remedies of what a look at the data found, to be taken or taken back at a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlops_tui.journey.core import Journey
from mlops_tui.steps import STEPS
from mlops_tui.steps.data import Mending

_ASKED = ("remedies", "known_later", "group_column", "time_column")


def mending(journey: Journey, given: Mapping[str, Any]) -> Mending | None:
    """The remedies as the answers filled in so far have them; None without a profile."""
    profile = journey.profile()
    if profile is None or profile.target is None:
        return None
    room, values = STEPS["data"], dict(given)
    for stage in range(1, room.screen.stages + 1):
        asked = journey.form("data", stage, values).questions
        values = {question.name: question.default for question in asked} | values
    return Mending(room.words("remedies"), profile, {name: values.get(name) for name in _ASKED})
