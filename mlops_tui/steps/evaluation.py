"""The dress rehearsal on rows that no training saw, and the decision to accept or go back."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Evaluation, Need
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values


class EvaluationStep(Step):
    """Looks before it asks: the figures come first, then the decision."""

    name: ClassVar[str] = "evaluation"
    model: ClassVar[type[Answers]] = Evaluation
    commands: ClassVar[tuple[str, ...]] = ("evaluate",)
    makes: ClassVar[tuple[str, ...]] = ("reports/evaluate.json", "reports/model-card.md")

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The gate follows the judgement of need, the decision follows the verdict."""
        if stage == 2:
            verdict = given["look"]["verdict"]
            keep_rule = verdict in ("rule", "no_signal")
            return {
                "decision": Default("accept_rule" if keep_rule else "accept", f"decision_{verdict}")
            }
        need = so_far.answers("need", Need)
        advised = so_far.facts("need").get("verdict")
        wary = advised == "rule" and need is not None and need.proceed == "follow"
        return {
            "minimum_improvement": Default(
                0.05 if wary else 0.02, "improvement_wary" if wary else "improvement_usual"
            ),
            "confidence": Default(0.95, "confidence_usual"),
        }

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """Rehearse on the untouched rows before asking what to do."""
        return await desk.run("evaluate")

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """The gate, and whether the model or the rule is served."""
        ships_rule = getattr(answers, "decision", "accept") == "accept_rule"
        return {
            "evaluation": {
                "confidence": answers.confidence,
                "minimum_improvement": answers.minimum_improvement,
            },
            "serving": {"model": "rule" if ships_rule else "champion"},
        }
