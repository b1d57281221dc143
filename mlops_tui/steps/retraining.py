"""When the model is trained again, and what a challenger must show to replace it."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Data, Need, Problem, Retraining
from mlops_tui.steps.base import Default, SoFar, Step, Values


class RetrainingStep(Step):
    """Rehearses one retrain: champion against challenger."""

    name: ClassVar[str] = "retraining"
    model: ClassVar[type[Answers]] = Retraining
    commands: ClassVar[tuple[str, ...]] = ("retrain --rehearse",)
    makes: ClassVar[tuple[str, ...]] = ("reports/retrain.json",)

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """Drift is the honest trigger; a person approves as long as nobody trusts the gate yet."""
        problem = so_far.answers("problem", Problem)
        automatic = problem is not None and problem.action == "automatic"
        return {
            "trigger": _trigger(so_far),
            "minimum_gain": Default(0.0, "gain_any"),
            "approval": Default("person", "approval_stakes" if automatic else "approval_usual"),
        }

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """What the retrain job reads."""
        return {"retraining": answers.model_dump()}


def _trigger(so_far: SoFar) -> Default:
    """There is nothing to learn from new rows before their outcome is known.

    And nothing without thought from rows whose outcome the predictions themselves have changed.
    """
    data, need = so_far.answers("data", Data), so_far.answers("need", Need)
    known = need.outcome_known if need else "unknown"
    if need and need.feedback == "yes":
        return Default("person", "trigger_feedback")
    if known == "at_once":
        return Default("schedule", "trigger_at_once")
    if known in ("months", "never"):
        return Default("person", f"trigger_{known}")
    if need and need.future in ("same", "seasons", "changes"):
        starts = {"same": "person", "seasons": "schedule", "changes": "drift"}[need.future]
        return Default(starts, f"future_{need.future}")
    if data and data.time_column:
        return Default("drift", "trigger_true")
    return Default("person", "trigger_false")
