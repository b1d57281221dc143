"""Where the data is, what it holds, and which column is the answer."""

from __future__ import annotations

from mlops_tui.steps.data.mending import Mending, leaves_out
from mlops_tui.steps.data.step import PROFILE, SNAPSHOT, DataStep

__all__ = ["PROFILE", "SNAPSHOT", "DataStep", "Mending", "leaves_out"]
