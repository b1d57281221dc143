"""Who acts on a prediction, how fast they need it, and what must be explained."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.advice.serving import P95_MS, candidates_allowed
from mlops_tui.answers import Answers, Problem, Users
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values

_SPEED = {"automatic": "instant", "rank": "seconds", "inform": "batch"}


class UsersStep(Step):
    """A prediction that nobody can use in time is worth nothing."""

    name: ClassVar[str] = "users"
    model: ClassVar[type[Answers]] = Users
    words_only: ClassVar[frozenset[str]] = frozenset(
        {"who", "skill", "speed", "reach", "when_down", "maintainer", "not_for", "p95_ms"}
    )

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """What the chosen action asks of the answer."""
        problem = so_far.answers("problem", Problem)
        action = problem.action if problem else "rank"
        speed = _SPEED.get(action, "unknown")
        return {
            "who": Default("The team that handles these cases", "who_general"),
            "skill": Default("practitioner", "skill_usual"),
            "speed": Default(speed, f"speed_{action}" if action in _SPEED else "speed_open"),
            "reach": Default("service", "reach_service"),
            "explain": Default("overall", "explain_overall"),
            "when_down": _when_down(action),
            "maintainer": Default("unknown", "maintainer_ask"),
            "not_for": Default(None, "not_for_ask"),
        }

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Derive what the answers ask of the model and of the service."""
        return Outcome(
            facts={
                "p95_ms": P95_MS[answers.speed],
                "candidates": list(candidates_allowed(answers.explain)),
            }
        )

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """Whom the model card names."""
        return {"card": {"made_for": answers.who, "not_for": answers.not_for}}


def _when_down(action: str) -> Default:
    if action == "automatic":
        return Default("never", "down_automatic")
    if action == "inform":
        return Default("wait", "down_inform")
    return Default("fallback", "down_rank" if action == "rank" else "down_open")
