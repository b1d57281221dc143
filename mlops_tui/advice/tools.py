"""Which tools go together, and which ones suit what a team already has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mlops_tui.catalogue import NONE, Tool, find, tools


def suited(category: str, has: Iterable[str]) -> tuple[Tool, str] | None:
    """The first tool of a category that something the team has speaks for, and what that is."""
    owned = set(has)
    for tool in tools(category):
        if found := [thing for thing in tool.suits if thing in owned]:
            return tool, found[0]
    return None


def clashes(chosen: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a choice of tools, by category."""
    picked = {
        category: tool
        for category, name in chosen.items()
        if name != NONE and (tool := find(category, name))
    }
    places = {tool.place: tool for tool in picked.values()}
    found: dict[str, str] = {}
    for category, tool in picked.items():
        if against := [places[place] for place in tool.conflicts if place in places]:
            found[category] = f"{tool.title} does not go with {against[0].title}. Choose one."
        elif missing := [place for place in tool.requires if place not in places]:
            found[category] = (
                f"{tool.title} needs {_title(missing[0])}. Choose that too, or another."
            )
    return found


def _title(place: str) -> str:
    category, _, name = place.partition("/")
    tool = find(category, name)
    return f"{tool.title} ({category})" if tool else place
