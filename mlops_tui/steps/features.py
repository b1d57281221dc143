"""How each column is turned into numbers a model can use."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Data, Features
from mlops_tui.steps.base import Default, SoFar, Step, Values


class FeaturesStep(Step):
    """Shows the same real rows before and after."""

    name: ClassVar[str] = "features"
    model: ClassVar[type[Answers]] = Features
    commands: ClassVar[tuple[str, ...]] = ("features",)
    makes: ClassVar[tuple[str, ...]] = ("reports/features.json",)

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """Treatments recommended from the profile, for every input column."""
        rows = int(so_far.facts("data").get("rows", 0))
        rare = max(1, min(20, rows // 300))
        return {
            "treatments": Default(_treatments(so_far), "treatments_profile"),
            "flag_missing": Default(True, "flag_missing_usual"),
            "rare_below": Default(rare, "rare_share", {"rows": rows, "rare": rare}),
        }

    def problems(self, stage: int, given: Values, so_far: SoFar) -> dict[str, str]:
        """Every input column needs a treatment, and at least one must stay."""
        expected = set(_treatments(so_far))
        told = given.get("treatments") or {}
        if unknown := sorted(set(told) - expected):
            return {"treatments": f"Not an input column of the data: {', '.join(unknown[:5])}."}
        if missing := sorted(expected - set(told)):
            return {"treatments": f"Say what to do with: {', '.join(missing[:5])}."}
        if expected and set(told.values()) == {"drop"}:
            return {"treatments": "Keep at least one column: a model needs something to look at."}
        return {}

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """The treatments as the project's pipeline reads them."""
        return {
            "features": {
                "treatments": dict(sorted(answers.treatments.items())),
                "flag_missing": answers.flag_missing,
                "rare_below": answers.rare_below,
            }
        }


def _treatments(so_far: SoFar) -> dict[str, str]:
    from mlops_tui.profile import roles

    profile, data = so_far.profile(), so_far.answers("data", Data)
    if profile is None or data is None:
        return {}
    late = frozenset(data.unusable)
    guessed = roles.guess_treatments(profile, data.target, data.group_column, late)
    return {name: treatment for name, (treatment, _) in guessed.items()}
