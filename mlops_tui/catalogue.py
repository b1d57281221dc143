"""The tools a project can be set up for: a folder each under `templates/tools/<category>/`.

A new folder with a `tool.toml` is a new choice; no code names a tool.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mlops_tui.places import shipped

NONE = "none"


@dataclass(frozen=True, slots=True)
class Tool:
    """What is told about a tool; `suits` names what a team has that speaks for it.

    `conflicts` and `requires` name other tools as `category/name`. `state` is "alive" or "ended";
    `succeeded_by` says what came after a tool that ended.
    """

    category: str
    name: str
    title: str
    hint: str
    what: str
    choose_when: str
    choose_when_not: str
    needs: str
    state: str = "alive"
    succeeded_by: str = ""
    suits: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    order: int = 99

    @property
    def place(self) -> str:
        """The tool as others name it in `conflicts` and `requires`."""
        return f"{self.category}/{self.name}"


@cache
def categories() -> tuple[str, ...]:
    """The categories that hold a tool."""
    folder = shipped("templates") / "tools"
    return tuple(sorted({path.parent.parent.name for path in folder.glob("*/*/tool.toml")}))


@cache
def tools(category: str) -> tuple[Tool, ...]:
    """The tools of a category, the ones to look at first in front."""
    folder = shipped("templates") / "tools" / category
    found = [_tool(category, path) for path in folder.glob("*/tool.toml")]
    return tuple(sorted(found, key=lambda tool: (tool.order, tool.name)))


def find(category: str, name: str) -> Tool | None:
    """A tool by its names; None where the catalogue holds none."""
    return next((tool for tool in tools(category) if tool.name == name), None)


def chosen(answers: dict[str, Any]) -> dict[str, str]:
    """The part of the answers that names a tool, by category."""
    return {name: str(answers[name]) for name in categories() if name in answers}


def _tool(category: str, path: Path) -> Tool:
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    told.pop("check", None)
    lists: dict[str, Any] = {
        name: tuple(told.pop(name, ())) for name in ("suits", "conflicts", "requires")
    }
    return Tool(category=category, name=path.parent.name, **told, **lists)
