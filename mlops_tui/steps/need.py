"""Is machine learning needed at all, or is a simpler thing better?"""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.advice.need import judge
from mlops_tui.answers import Answers, Need
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values


class NeedStep(Step):
    """The question most tools skip; the answer may be no."""

    name: ClassVar[str] = "need"
    model: ClassVar[type[Answers]] = Need
    words_only: ClassVar[frozenset[str]] = frozenset(Need.model_fields)

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """What holds for most problems that people bring; the verdict decides the last one."""
        if stage == 2:
            return {"proceed": Default("follow", "proceed_measure")}
        return {
            "repeated": Default("often", "repeated_usual"),
            "rule": Default("poor", "rule_usual"),
            "examples": Default("thousands", "examples_usual"),
            "tolerance": Default("yes", "tolerance_usual"),
        }

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """Score the answers before asking whether to follow the advice."""
        return _judged(given)

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Keep the score with the decision."""
        return _judged(answers.model_dump())


def _judged(given: Values) -> Outcome:
    found = judge(given["repeated"], given["rule"], given["examples"], given["tolerance"])
    return Outcome(
        facts={"verdict": found.verdict, "score": found.score, "reasons": list(found.reasons)}
    )
