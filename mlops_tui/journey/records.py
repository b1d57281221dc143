"""The words that go into the project: decision records and commit messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlops_tui import lifecycle
from mlops_tui.journey.entries import changes_shown, entries, tidy
from mlops_tui.journey.view import OnPaper
from mlops_tui.lifecycle import ORDER, number, stale_after
from mlops_tui.project.render import render_text, render_words
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS


def path(step: str) -> str:
    """Where a step's decision record lives in the project."""
    return f"docs/decisions/{number(step):02d}-{step}.md"


def found_text(decision: Decision) -> str:
    """What the work of a step found, as markdown."""
    return render_words(STEPS[decision.step].screen.result, _context(decision), tidy)


def look_text(step: str, stage: int, values: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """What a look found, to be read before the questions of `stage`, as markdown."""
    template = STEPS[step].screen.looks.get(stage, "")
    return render_words(template, {"answers": values, "facts": facts, "measured": {}}, tidy)


def sentences(found: str) -> list[str]:
    """The paragraphs of a text about findings before its first list or table, without marks."""
    told: list[str] = []
    for part in found.split("\n\n"):
        if not part or part.startswith(("- ", "|")):
            break
        told.append(re.sub(r"\*\*|`|\\(?=\|)", "", part.replace("\n", " ")))
    return told


def decision(session: Session, taken: Decision) -> str:
    """The decision record a person reads."""
    screen = STEPS[taken.step].screen
    told = entries(taken, OnPaper(session.decisions))
    context = {
        "number": number(taken.step),
        "step": taken.step,
        "title": screen.title,
        "question": screen.question,
        "why": screen.why,
        "date": taken.at.date().isoformat(),
        "author": tidy(session.author.name),
        "known": _known(session, taken.step),
        "entries": told,
        "changed": changes_shown(session, taken),
        "found": found_text(taken),
        "stale_after": [STEPS[name].screen.title for name in stale_after(taken.step)],
        "open": [entry["unknown"] for entry in told if entry["unknown"]],
        "limits": [entry["limit"] for entry in told if entry["limit"]],
        "to_do": [entry["to_do"] for entry in told if entry["to_do"]],
        "amended": sum(d.step == taken.step for d in session.decisions) - 1,
    }
    return render_text("records", "decision.md", context)


def message(taken: Decision, order: int, again: bool) -> str:
    """The commit message of a decision: a subject of one line, then a short record."""
    screen = STEPS[taken.step].screen
    subject = f"decision {order}: {taken.step}{' (again)' if again else ''}"
    body = render_text(
        "records",
        "message.txt",
        {
            "title": screen.title,
            "question": screen.question,
            "entries": [e for e in entries(taken) if taken.answers[e["name"]] not in ({}, [])],
            "found": found_text(taken),
        },
    )
    return f"{subject}\n\n{body}"


def open_questions(session: Session) -> list[dict[str, str]]:
    """What was answered with "I don't know yet", in the order of the steps."""
    latest = {taken.step: taken for taken in session.decisions}
    return [
        {"step": STEPS[name].screen.title, "field": entry["name"], "text": entry["unknown"]}
        for name in ORDER
        if name in latest
        for entry in entries(latest[name])
        if entry["unknown"]
    ]


def _known(session: Session, step: str) -> list[dict[str, str]]:
    """What was known already: the first sentence of each step that this one stands on.

    Discovery stands on nothing but what was said before.
    """
    before = lifecycle.stop(step).needs or ORDER[: ORDER.index(step)]
    latest = {taken.step: taken for taken in session.decisions}
    told = [(name, sentences(found_text(latest[name]))) for name in before if name in latest]
    return [{"step": STEPS[name].screen.title, "text": text[0]} for name, text in told if text]


def _context(taken: Decision) -> dict[str, Any]:
    return {"answers": taken.answers, "facts": taken.facts, "measured": taken.measured}
