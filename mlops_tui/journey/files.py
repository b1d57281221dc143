"""All files of the project as they follow from the session: pure, given what work made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mlops_tui import catalogue
from mlops_tui import session as sessions
from mlops_tui.journey import before_launch, brief, learning, records
from mlops_tui.journey import params as parameters
from mlops_tui.journey.view import View
from mlops_tui.lifecycle import ORDER
from mlops_tui.places import shipped
from mlops_tui.project.objects import File
from mlops_tui.project.render import render_folder
from mlops_tui.session import Session
from mlops_tui.steps import STEPS

PINS = "requirements.txt"


def project_files(
    session: Session,
    view: View,
    carried: Callable[[str], bytes],
    fresh: Mapping[str, bytes],
) -> dict[str, File]:
    """Path -> file. `fresh` holds what the step's work just made; `carried` reads what earlier
    work made, by path, and raises KeyError where that is lost."""
    found = rendered_files(session, view)
    for decision in _in_force(session):
        for path in decision.files:
            content = fresh.get(path)
            found[path] = File(carried(path) if content is None else content)
    found[PINS] = File(fresh[PINS] if PINS in fresh else carried(PINS))
    return found


def rendered_files(session: Session, view: View) -> dict[str, File]:
    """What follows from the answers and facts alone."""
    decided = view.params()
    context = _context(session, decided)
    found = render_folder(shipped("templates") / "project", context)
    for category, tool in context["tools"].items():
        if tool != "none":
            folder = shipped("templates") / "tools" / category / tool / "files"
            found.update(render_folder(folder, context))
    for decision in _in_force(session):
        step = STEPS[decision.step]
        answers = view.answers(decision.step, step.model)
        for path, text in step.rendered(answers, decision.facts).items():
            found[path] = File(text.encode())
        found[records.path(decision.step)] = File(records.decision(session, decision).encode())
    for name in ("brief.md", "brief.html"):
        found[f"docs/{name}"] = File(brief.brief(session, decided, name).encode())
    found["docs/before-launch.md"] = File(before_launch.document(session).encode())
    found["docs/glossary.md"] = File(learning.document().encode())
    found["params.yaml"] = File(parameters.dump(decided).encode())
    found[sessions.FILE_NAME] = File(sessions.dump(session).encode())
    return found


def _context(session: Session, decided: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "project": decided["project"]["name"],
        "package": decided["project"]["package"],
        "question": decided["project"]["question"],
        "python": session.versions.get("python", "3.11"),
        "tools": catalogue.chosen(session.answers("tools") or {}),
        "params": decided,
    }


def _in_force(session: Session) -> list[sessions.Decision]:
    latest = {decision.step: decision for decision in session.decisions}
    return [latest[name] for name in ORDER if name in latest]
