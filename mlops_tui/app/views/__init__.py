"""What single steps show beyond their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.containers import Vertical

if TYPE_CHECKING:
    from textual.widget import Widget

    from mlops_tui.journey import Confirmed, Journey
    from mlops_tui.steps.data import Mending


def look_view(
    journey: Journey,
    step: str,
    facts: Mapping[str, Any],
    given: Mapping[str, Any],
    keep: Callable[[dict[str, Any]], None],
) -> Widget | None:
    """What a look found, where a picture says more than words.

    `given` are the answers of the step so far; `keep` takes those that are changed in the view.
    """
    if step == "data":
        from mlops_tui.journey.mending import mending

        return _columns(journey, mending(journey, given), keep)
    return _pictures(step, facts)


def result_view(journey: Journey, found: Confirmed) -> Widget | None:
    """What a step's work found, where a picture says more than words."""
    if found.step == "data":
        return _columns(journey)
    if found.step == "evaluation":
        from mlops_tui.app.views.intervals import confusion

        return confusion(found.facts)
    return _pictures(found.step, found.facts)


def _columns(
    journey: Journey,
    mending: Mending | None = None,
    keep: Callable[[dict[str, Any]], None] | None = None,
) -> Widget | None:
    from mlops_tui.app.views.data import DataView

    profile = journey.profile()
    return DataView(profile, mending, keep) if profile else None


def _pictures(step: str, facts: Mapping[str, Any]) -> Widget | None:
    from mlops_tui.app.views import intervals

    if step == "training":
        drawn: list[Widget | None] = [intervals.ranking(facts)]
    elif step == "evaluation":
        drawn = [intervals.scores(facts), intervals.leans_on(facts)]
    else:
        return None
    found = [picture for picture in drawn if picture is not None]
    return Vertical(*found, classes="view") if found else None
