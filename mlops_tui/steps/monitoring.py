"""What is watched, who is told, and whether the alarm really rings."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Data, Monitoring, Need, Users
from mlops_tui.steps.base import Default, SoFar, Step, Values


class MonitoringStep(Step):
    """Rehearses drift: the alarm must ring when data breaks and stay silent when it does not."""

    name: ClassVar[str] = "monitoring"
    model: ClassVar[type[Answers]] = Monitoring
    commands: ClassVar[tuple[str, ...]] = ("drift --rehearse",)
    makes: ClassVar[tuple[str, ...]] = ("monitoring/reference.json", "reports/drift.json")

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The usual scale of the population stability index; daily unless rows come slowly."""
        return {
            "psi_alarm": Default(0.2, "psi_scale"),
            "share_alarm": _share(so_far),
            "check_every": _rhythm(so_far),
            "notify": Default("log", "notify_first"),
        }

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """What the drift job reads."""
        return {"monitoring": answers.model_dump()}


def _share(so_far: SoFar) -> Default:
    """Earlier where nothing and nobody else would tell of a mistake."""
    users, need = so_far.answers("users", Users), so_far.answers("need", Need)
    if need and need.outcome_known in ("months", "never"):
        return Default(0.2, "share_late_outcomes")
    if users and users.skill == "public":
        return Default(0.2, "share_public")
    if users and users.skill == "expert":
        return Default(0.5, "share_experts")
    return Default(0.3, "share_usual")


def _rhythm(so_far: SoFar) -> Default:
    data, need = so_far.answers("data", Data), so_far.answers("need", Need)
    users = so_far.answers("users", Users)
    if need and need.repeated in ("sometimes", "once"):
        return Default("weekly", "check_seldom")
    if users and users.maintainer == "person":
        return Default("weekly", "check_one_person")
    if need and need.future == "changes":
        return Default("daily", "check_changes")
    if need and need.future == "same":
        return Default("weekly", "check_same")
    if data and data.time_column:
        return Default("daily", "check_timed")
    return Default("weekly", "check_untimed")
