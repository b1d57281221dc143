"""Is machine learning needed at all, or is a simpler thing better?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from mlops_tui.advice.kinds import FEEDBACK, FUTURE, OUTCOME_KNOWN
from mlops_tui.advice.need import judge
from mlops_tui.answers import Answers, Need, Problem, Users
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values

_RULE = {
    "nothing": "none", "by_hand": "poor", "rule": "works", "vendor": "unknown",
    "unknown": "unknown",
}  # fmt: skip


class NeedStep(Step):
    """The question most tools skip; the answer may be no."""

    name: ClassVar[str] = "need"
    model: ClassVar[type[Answers]] = Need
    words_only: ClassVar[frozenset[str]] = frozenset(Need.model_fields)

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """What holds for most problems that people bring; the verdict decides the last one."""
        if stage == 2:
            return {"proceed": Default("follow", "proceed_measure")}
        problem = so_far.answers("problem", Problem)
        today = problem.today if problem else "by_hand"
        kind = problem.kind if problem else "other"
        return {
            "repeated": Default("often", "repeated_usual"),
            "rule": Default(_RULE[today], f"rule_{today}"),
            "examples": Default("thousands", "examples_usual"),
            "outcome_known": _of_kind(OUTCOME_KNOWN, kind, "outcome"),
            "truth": Default("unknown", "ask_truth"),
            "future": _of_kind(FUTURE, kind, "future"),
            "feedback": _of_kind(FEEDBACK, kind, "feedback"),
            "tolerance": Default("yes", "tolerance_usual"),
        }

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """Score the answers before asking whether to follow the advice."""
        return _judged(given, so_far)

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Keep the score with the decision."""
        return _judged(answers.model_dump(), so_far)


def _of_kind(usual: Mapping[str, str], kind: str, what: str) -> Default:
    """What is usual for the kind of problem; where nothing is, somebody has to be asked."""
    if kind in usual:
        return Default(usual[kind], f"kind_{what}", {"kind": kind})
    return Default("unknown", f"ask_{what}")


def _judged(given: Values, so_far: SoFar) -> Outcome:
    problem, users = so_far.answers("problem", Problem), so_far.answers("users", Users)
    found = judge(
        given["repeated"], given["rule"], given["examples"], given["tolerance"],
        outcome=given["outcome_known"],
        action=problem.action if problem else "unknown",
        maintainer=users.maintainer if users else "unknown",
    )  # fmt: skip
    return Outcome(
        facts={"verdict": found.verdict, "score": found.score, "reasons": list(found.reasons)}
    )
