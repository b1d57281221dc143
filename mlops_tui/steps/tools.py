"""Which tools the project is set up for: few, each with a reason."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Tools, Users
from mlops_tui.steps.base import Default, SoFar, Step, Values


class ToolsStep(Step):
    """Each choice is a folder under `templates/tools/` that becomes part of the project."""

    name: ClassVar[str] = "tools"
    model: ClassVar[type[Answers]] = Tools

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The least that a first project needs."""
        users = so_far.answers("users", Users)
        as_files = users is not None and users.reach == "file"
        return {
            "ci": Default("github-actions", "ci_usual"),
            "platform": Default(
                "systemd" if as_files else "docker-compose",
                "platform_files" if as_files else "platform_simple",
            ),
            "monitoring": Default("prometheus", "monitoring_usual"),
        }

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """The platform is what the launch step plans for."""
        return {"launch": {"platform": answers.platform}}
