"""Where the service lives, and how many servers that takes."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.advice.capacity import plan
from mlops_tui.advice.serving import P95_MS, PEAK_REQUESTS_PER_SECOND
from mlops_tui.answers import Answers, Launch, Need, Users
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values


class LaunchStep(Step):
    """Measures the real service under load and plans replicas from it."""

    name: ClassVar[str] = "launch"
    model: ClassVar[type[Answers]] = Launch
    commands: ClassVar[tuple[str, ...]] = ("load",)

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """What the users step said about speed."""
        users, need = so_far.answers("users", Users), so_far.answers("need", Need)
        speed = users.speed if users else "seconds"
        seldom = need is not None and need.repeated in ("sometimes", "once")
        return {
            "peak_requests_per_second": Default(
                1.0 if seldom else PEAK_REQUESTS_PER_SECOND[speed],
                "peak_seldom" if seldom else f"peak_{speed}",
            ),
            "p95_ms": Default(P95_MS[speed], f"p95_{speed}", {"p95_ms": P95_MS[speed]}),
            "availability": _availability(speed, users.when_down if users else "unknown"),
        }

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Load the service, then plan from what was measured."""
        found = await desk.run("load")
        planned = plan(
            found.measured["steps"],
            answers.peak_requests_per_second,
            answers.p95_ms,
            answers.availability == "redundant",
        )
        return Outcome(
            found.facts,
            {
                **found.measured,
                "replicas": planned.replicas,
                "one_replica_carries": planned.requests_per_second,
                "meets_latency": planned.meets_latency,
            },
        )

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """The plan as the deployment files read it."""
        replicas = so_far.measured("launch").get("replicas", 1)
        return {"launch": {**answers.model_dump(), "replicas": replicas}}


def _availability(speed: str, when_down: str) -> Default:
    """What happens while it is down, where that is known; else how fast answers are needed."""
    if when_down == "never":
        return Default("redundant", "down_never")
    if when_down in ("fallback", "wait"):
        return Default("single", f"down_{when_down}")
    return Default("redundant" if speed == "instant" else "single", f"availability_{speed}")
