"""What is watched, who is told, and whether the alarm really rings."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Data, Monitoring
from mlops_tui.steps.base import Default, SoFar, Step, Values


class MonitoringStep(Step):
    """Rehearses drift: the alarm must ring when data breaks and stay silent when it does not."""

    name: ClassVar[str] = "monitoring"
    model: ClassVar[type[Answers]] = Monitoring
    commands: ClassVar[tuple[str, ...]] = ("drift --rehearse",)
    makes: ClassVar[tuple[str, ...]] = ("monitoring/reference.json", "reports/drift.json")

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The usual scale of the population stability index; daily unless rows come slowly."""
        data = so_far.answers("data", Data)
        timed = data is not None and data.time_column is not None
        return {
            "psi_alarm": Default(0.2, "psi_scale"),
            "share_alarm": Default(0.3, "share_usual"),
            "check_every": Default(
                "daily" if timed else "weekly", "check_timed" if timed else "check_untimed"
            ),
            "notify": Default("log", "notify_first"),
        }

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """What the drift job reads."""
        return {"monitoring": answers.model_dump()}
