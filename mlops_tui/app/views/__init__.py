"""What single steps show beyond their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget

    from mlops_tui.journey import Confirmed, Journey


def look_view(journey: Journey, step: str, stage: int) -> Widget | None:
    """What a look found, where a picture says more than words."""
    return None


def result_view(journey: Journey, found: Confirmed) -> Widget | None:
    """What a step's work found, where a picture says more than words."""
    return None
