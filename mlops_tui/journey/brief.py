"""One page for people who were not there: `docs/brief.md` and `docs/brief.html`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlops_tui.journey import before_launch, records
from mlops_tui.journey.entries import entries
from mlops_tui.lifecycle import ORDER, number
from mlops_tui.project.render import render_text
from mlops_tui.session import Session
from mlops_tui.steps import STEPS

IN_SHORT: Mapping[str, tuple[str, ...]] = {
    "problem": ("why", "action", "success"),
    "users": ("who", "not_for", "maintainer"),
    "launch": ("availability",),
    "monitoring": ("notify",),
    "retraining": ("trigger", "approval"),
}
"""The answers that a person asks for who decides on money or answers for the service."""
_MOST_OF_VERDICT = 4


def brief(session: Session, decided: Mapping[str, Any], name: str = "brief.md") -> str:
    """The page; `decided` is the content of `params.yaml`, `name` tells Markdown from HTML."""
    project = decided["project"]
    context = {
        "project": project["name"],
        "question": project["question"],
        "verdict": _verdict(session),
        "short": _short(session),
        "steps": _steps(session, project["question"]),
        "open": records.open_questions(session),
        "tasks": before_launch.to_do(session),
    }
    return render_text("records", name, context)


def _verdict(session: Session) -> list[str]:
    """What the rehearsal found; before it, the advice from the answers."""
    latest = {taken.step: taken for taken in session.decisions}
    last = latest.get("evaluation") or latest.get("need")
    told = records.sentences(records.found_text(last)) if last else []
    return told[: _MOST_OF_VERDICT if "evaluation" in latest else 1]


def _short(session: Session) -> list[dict[str, str]]:
    latest = {taken.step: taken for taken in session.decisions}
    return [
        {"label": entry["label"], "answer": entry["answer"]}
        for step, names in IN_SHORT.items()
        if step in latest
        for entry in entries(latest[step])
        if entry["name"] in names and not entry["unknown"]
    ]


def _steps(session: Session, question: str) -> list[dict[str, Any]]:
    """What came of each step in a sentence; the question heads the page already."""
    latest = {taken.step: taken for taken in session.decisions}
    return [
        {
            "number": number(step),
            "title": STEPS[step].screen.title,
            "record": records.path(step).removeprefix("docs/"),
            "found": next((text for text in told if text != question), ""),
        }
        for step in ORDER
        if step in latest
        for told in [records.sentences(records.found_text(latest[step]))]
    ]
