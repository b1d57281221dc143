"""When the model is trained again, and what a challenger must show to replace it."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Data, Problem, Retraining
from mlops_tui.steps.base import Default, SoFar, Step, Values


class RetrainingStep(Step):
    """Rehearses one retrain: champion against challenger."""

    name: ClassVar[str] = "retraining"
    model: ClassVar[type[Answers]] = Retraining
    commands: ClassVar[tuple[str, ...]] = ("retrain --rehearse",)
    makes: ClassVar[tuple[str, ...]] = ("reports/retrain.json",)

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """Drift is the honest trigger; a person approves as long as nobody trusts the gate yet."""
        data, problem = so_far.answers("data", Data), so_far.answers("problem", Problem)
        timed = data is not None and data.time_column is not None
        automatic = problem is not None and problem.action == "automatic"
        return {
            "trigger": Default("drift" if timed else "person", f"trigger_{timed}".lower()),
            "minimum_gain": Default(0.0, "gain_any"),
            "approval": Default("person", "approval_stakes" if automatic else "approval_usual"),
        }

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """What the retrain job reads."""
        return {"retraining": answers.model_dump()}
