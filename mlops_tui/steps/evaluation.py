"""The dress rehearsal on rows that no training saw, and the decision to accept or go back."""

from __future__ import annotations

import shutil
from typing import Any, ClassVar

from mlops_tui.advice.gate import smallest_improvement
from mlops_tui.answers import Answers, Evaluation, Need, Problem
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values


class EvaluationStep(Step):
    """Looks before it asks: the figures come first, then the decision."""

    name: ClassVar[str] = "evaluation"
    model: ClassVar[type[Answers]] = Evaluation
    commands: ClassVar[tuple[str, ...]] = ("evaluate",)
    makes: ClassVar[tuple[str, ...]] = ("reports/evaluate.json", "reports/model-card.md")

    def commands_at(self, stage: int) -> tuple[str, ...]:
        """The rehearsal comes between the two stages; the decision runs nothing more."""
        return self.commands if stage == 1 else ()

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The gate follows the judgement of need, the decision follows the verdict."""
        if stage == 2:
            verdict = given["look"]["verdict"]
            keep_rule = verdict in ("rule", "no_signal")
            return {
                "decision": Default("accept_rule" if keep_rule else "accept", f"decision_{verdict}")
            }
        return {
            "minimum_improvement": _gate(so_far),
            "confidence": Default(0.95, "confidence_usual"),
        }

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """Rehearse on the untouched rows before asking what to do."""
        found = await desk.run("evaluate")
        for path, file in desk.made(*self.makes).items():
            kept = desk.keep / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, kept)
        return found

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Take over the rehearsal that was looked at; without one, rehearse now."""
        looked = given.get("look")
        kept = {path: desk.keep / path for path in self.makes if (desk.keep / path).is_file()}
        if looked and kept:
            return Outcome(looked, files=kept)
        return await super().work(answers, given, so_far, desk)

    def goes_back_to(self, answers: Values) -> str | None:
        """The step named in `back_to_...`."""
        decision = str(answers.get("decision", ""))
        return decision.removeprefix("back_to_") if decision.startswith("back_to_") else None

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


def _gate(so_far: SoFar) -> Default:
    problem, need = so_far.answers("problem", Problem), so_far.answers("need", Need)
    advised = so_far.facts("need").get("verdict")
    value, why = smallest_improvement(
        problem.smallest_gain if problem else None,
        advised == "rule" and need is not None and need.proceed == "follow",
        problem.today if problem else "unknown",
        need.rule if need else "unknown",
        need.truth if need else "unknown",
    )
    return Default(value, f"improvement_{why}", {"percent": f"{value * 100:.3g}%"})
