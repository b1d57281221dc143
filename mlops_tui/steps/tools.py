"""Which tools the project is set up for: few, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from mlops_tui import catalogue
from mlops_tui.advice.tools import clashes, suited
from mlops_tui.answers import Answers, Tools, Users
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values

NOTHING = "nothing"


class ToolsStep(Step):
    """Each choice is a folder under `templates/tools/` that becomes part of the project."""

    name: ClassVar[str] = "tools"
    model: ClassVar[type[Answers]] = Tools
    words_only: ClassVar[frozenset[str]] = frozenset({"team_uses", "tools"})

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """What the team has already, else the least that a first project needs."""
        if stage == 1:
            return {"team_uses": Default([], "uses_ask")}
        users = so_far.answers("users", Users)
        as_files = users is not None and users.reach == "file"
        has = given.get("team_uses") or []
        return {
            "ci": self._of_team("ci", has)
            or Default(
                catalogue.NONE if has else "github-actions", "ci_not_named" if has else "ci_usual"
            ),
            "platform": self._of_team("platform", has)
            or Default(
                "systemd" if as_files else "docker-compose",
                "platform_files" if as_files else "platform_simple",
            ),
            "monitoring": self._of_team("monitoring", has)
            or Default(
                catalogue.NONE if has else "prometheus",
                "monitoring_not_named" if has else "monitoring_usual",
            ),
        }

    def _of_team(self, category: str, has: list[str]) -> Default | None:
        found = suited(category, has)
        if found is None:
            return None
        words = next(words for words in self.screen.fields if words.name == "team_uses")
        labels = {option.value: option.label for option in words.options}
        return Default(found[0].name, "team_has", {"has": labels[found[1]]})

    def problems(self, stage: int, given: Values, so_far: SoFar) -> dict[str, str]:
        """Tools must go together; nothing is nothing."""
        has = given.get("team_uses") or []
        if NOTHING in has and len(has) > 1:
            return {"team_uses": "Take out 'None of these', or everything else."}
        return clashes(catalogue.chosen(dict(given))) if stage > 1 else {}

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """What can be chosen, and when each is the right choice."""
        return Outcome(
            {"catalogue": [_told(tool) for name in catalogue.categories()
                           for tool in catalogue.tools(name)]}
        )  # fmt: skip

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Keep what was known of each chosen tool on the day it was chosen."""
        picked = catalogue.chosen(answers.model_dump())
        found = [catalogue.find(category, name) for category, name in picked.items()]
        return Outcome({"tools": [_told(tool) for tool in found if tool]})

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """The platform is what the launch step plans for."""
        return {"launch": {"platform": answers.platform}}


def _told(tool: catalogue.Tool) -> Mapping[str, str]:
    ended = tool.state if tool.state != "alive" else ""
    return {
        "category": tool.category,
        "title": tool.title,
        "what": tool.what,
        "when": tool.choose_when,
        "when_not": tool.choose_when_not,
        "needs": tool.needs,
        "ended": f"{ended}; use {tool.succeeded_by}" if ended and tool.succeeded_by else ended,
    }
