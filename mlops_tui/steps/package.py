"""A service around the model, called for real."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.advice.naming import package_name
from mlops_tui.answers import Answers, Package, Problem
from mlops_tui.steps.base import Default, SoFar, Step, Values


class PackageStep(Step):
    """Builds the bento, starts the service, asks it, and tries bad input."""

    name: ClassVar[str] = "package"
    model: ClassVar[type[Answers]] = Package
    commands: ClassVar[tuple[str, ...]] = ("package", "smoke")
    makes: ClassVar[tuple[str, ...]] = (
        "reports/package.json", "reports/smoke.json", "reports/model-card.md",
        "deploy/Containerfile",
    )  # fmt: skip

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The project's name, BentoML's usual port."""
        problem = so_far.answers("problem", Problem)
        return {
            "service": Default(
                package_name(problem.name if problem else "model"), "service_from_name"
            ),
            "port": Default(3000, "port_usual"),
            "max_rows": Default(1000, "max_rows_usual"),
        }

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """What the service reads."""
        return {"serving": answers.model_dump()}
