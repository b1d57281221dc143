"""What people have to do before launch, as it follows from the answers: `docs/before-launch.md`."""

from __future__ import annotations

from mlops_tui.journey.records import open_questions
from mlops_tui.lifecycle import ORDER
from mlops_tui.project.render import render_text
from mlops_tui.session import Session
from mlops_tui.steps import STEPS


def to_do(session: Session) -> list[dict[str, str]]:
    """What no code can do, with the title of the step whose answer asks for it, in their order."""
    latest = {taken.step: taken.answers for taken in session.decisions}
    return [
        {"step": STEPS[name].screen.title, "text": words.to_do[latest[name][words.name]]}
        for name in ORDER
        if name in latest
        for words in STEPS[name].screen.fields
        if words.to_do and latest[name].get(words.name) in words.to_do
    ]


def document(session: Session) -> str:
    """The list to tick off, with the questions that are still open."""
    context = {"tasks": to_do(session), "open": open_questions(session)}
    return render_text("records", "before-launch.md", context)
