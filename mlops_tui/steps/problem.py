"""What should get better, which decision it changes, and what mistakes cost."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.advice.naming import package_name
from mlops_tui.answers import Answers, Problem
from mlops_tui.steps.base import Default, SoFar, Step, Values


class ProblemStep(Step):
    """Discovery begins with the problem, not with the data."""

    name: ClassVar[str] = "problem"
    model: ClassVar[type[Answers]] = Problem
    words_only: ClassVar[frozenset[str]] = frozenset({"goal", "why", "success", "action"})

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The folder names the project; costs start equal, since nobody has said otherwise."""
        return {
            "name": Default(so_far.folder.name, "name_from_folder"),
            "goal": Default("Know in advance which cases need attention", "goal_general"),
            "why": Default("Today we notice too late to act", "why_general"),
            "action": Default("rank", "action_safe_start"),
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
            "costs": {"false_alarm": answers.cost_false_alarm, "miss": answers.cost_miss},
        }
