"""The words that go into the project: decision records, commit messages, the brief."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlops_tui.lifecycle import ORDER, number, stale_after
from mlops_tui.profile.words import printable
from mlops_tui.project.render import render_text, render_words
from mlops_tui.screens import UNKNOWN, Words
from mlops_tui.session import Decision, Session
from mlops_tui.steps import STEPS

_LONGEST_TEXT = 2000


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


def decision(session: Session, taken: Decision) -> str:
    """The decision record a person reads."""
    screen = STEPS[taken.step].screen
    context = {
        "number": number(taken.step),
        "step": taken.step,
        "title": screen.title,
        "question": screen.question,
        "why": screen.why,
        "date": taken.at.date().isoformat(),
        "entries": _entries(taken),
        "found": found_text(taken),
        "stale_after": [STEPS[name].screen.title for name in stale_after(taken.step)],
        "open": [entry["unknown"] for entry in _entries(taken) if entry["unknown"]],
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
            "entries": _entries(taken),
            "found": found_text(taken),
        },
    )
    return f"{subject}\n\n{body}"


def brief(session: Session, decided: Mapping[str, Any], name: str = "brief.md") -> str:
    """One page over all steps for people who were not there: `brief.md` or `brief.html`."""
    latest = {taken.step: taken for taken in session.decisions}
    steps = [
        {
            "number": number(step),
            "title": STEPS[step].screen.title,
            "entries": _entries(latest[step]),
            "found": found_text(latest[step]),
            "first": _first_sentence(found_text(latest[step])),
        }
        for step in ORDER
        if step in latest
    ]
    context = {
        "project": decided["project"]["name"],
        "question": decided["project"]["question"],
        "steps": steps,
        "open": open_questions(session),
    }
    return render_text("records", name, context)


def _first_sentence(found: str) -> str:
    """What begins a text about findings, without marks; empty where that is a list or a table."""
    first = found.split("\n\n")[0]
    return "" if first.startswith(("- ", "|")) else re.sub(r"\*\*|`|\\(?=\|)", "", first)


def open_questions(session: Session) -> list[dict[str, str]]:
    """What was answered with "I don't know yet", in the order of the steps."""
    latest = {taken.step: taken for taken in session.decisions}
    return [
        {"step": STEPS[name].screen.title, "field": entry["name"], "text": entry["unknown"]}
        for name in ORDER
        if name in latest
        for entry in _entries(latest[name])
        if entry["unknown"]
    ]


def shown(words: Words, value: Any) -> str:
    """An answer as a person reads it."""
    labels = {option.value: option.label for option in words.options}
    if words.is_unknown(value):
        return "not known yet"
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {labels.get(item, item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(labels.get(item, str(item)) for item in value) or "none"
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)


def _entries(taken: Decision) -> list[dict[str, Any]]:
    fields = STEPS[taken.step].screen.fields
    return [_entry(taken, words) for words in fields if words.name in taken.answers]


def _entry(taken: Decision, words: Words) -> dict[str, Any]:
    answer = taken.answers[words.name]
    reason = taken.reasons.get(words.name)
    chosen = answer if isinstance(answer, list) else [answer]
    return {
        "name": words.name,
        "label": words.label,
        "answer": shown(words, answer),
        "unknown": words.unknown if words.is_unknown(answer) else "",
        "recommended": reason is not None,
        "reason": reason or "",
        "changes": words.changes,
        "alternatives": [
            option.label
            for option in words.options
            if option.value not in chosen and option.value != UNKNOWN
        ],
    }


def _context(taken: Decision) -> dict[str, Any]:
    return {"answers": taken.answers, "facts": taken.facts, "measured": taken.measured}


def tidy(text: str) -> str:
    """Text from data or answers on one line, without control characters."""
    return printable(text, _LONGEST_TEXT)
