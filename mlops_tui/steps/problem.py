"""What should get better, which decision it changes, and what mistakes cost."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.advice import kinds
from mlops_tui.advice.naming import package_name
from mlops_tui.answers import Answers, Problem
from mlops_tui.steps.base import Default, SoFar, Step, Values


class ProblemStep(Step):
    """Discovery begins with the problem, not with the data."""

    name: ClassVar[str] = "problem"
    model: ClassVar[type[Answers]] = Problem
    words_only: ClassVar[frozenset[str]] = frozenset(
        {"goal", "why", "success", "action", "kind", "today", "smallest_gain"}
    )

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The folder names the project; costs start equal, since nobody has said otherwise."""
        kind = kinds.guess(so_far.folder.name)
        return {
            "name": Default(so_far.folder.name, "name_from_folder"),
            "kind": Default(kind or "other", "kind_from_name" if kind else "kind_any"),
            "goal": Default("Know in advance which cases need attention", "goal_general"),
            "why": Default("Today we notice too late to act", "why_general"),
            "action": Default("rank", "action_safe_start"),
            "today": Default("by_hand", "today_usual"),
            "smallest_gain": Default(None, "gain_ask"),
            "success": Default(
                "Fewer surprises than today, counted every month", "success_countable"
            ),
            "cost_false_alarm": Default(1.0, "cost_equal"),
            "cost_miss": Default(1.0, "cost_equal"),
        }

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """The project's name and question, and the costs that choose the threshold."""
        return {
            "project": {
                "name": package_name(answers.name).replace("_", "-"),
                "package": package_name(answers.name),
                "question": answers.goal,
            },
            "costs": _costs(answers.cost_false_alarm, answers.cost_miss),
        }


def _costs(false_alarm: float | None, miss: float | None) -> dict[str, float]:
    """A ratio needs both costs: as long as one is unknown, mistakes count the same."""
    if false_alarm is None or miss is None:
        return {"false_alarm": 1.0, "miss": 1.0}
    return {"false_alarm": false_alarm, "miss": miss}
