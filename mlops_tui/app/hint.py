"""The help beside (or under) the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mlops_tui.app.fields import shown
from mlops_tui.app.text import lines

if TYPE_CHECKING:
    from mlops_tui.journey import Form, Question


class HintPanel(VerticalScroll, can_focus=False):
    """Help for the question with the focus; on wide screens also why the step matters."""

    def __init__(self) -> None:
        super().__init__(id="hint")
        self.question = Static("", id="hint-question")
        self.step = Static("", id="hint-step")

    def compose(self) -> ComposeResult:
        """One text for the question, one for the step."""
        yield self.question
        yield self.step

    def about_step(self, form: Form | None) -> None:
        """Say why the step matters and what its words mean."""
        self.step.update(about(form) if form else Content(""))
        if form is None:
            self.question.update("")

    def about_question(self, question: Question | None, hint: str) -> None:
        """Help for one question."""
        told = question_help(question, hint) if question else Content("")
        self.question.update(told)
        self.scroll_home(animate=False)


def question_help(question: Question, hint: str) -> Content:
    """Recommended answer with its reason, help, consequences, example."""
    parts = []
    if hint:
        parts.append(Content.assemble(("▸ ", "$accent"), hint))
    if question.reason:
        advised = shown(question, getattr(question, "recommended", question.default))
        parts.append(
            Content.assemble(("Recommended: ", "$success bold"), advised, f" – {question.reason}")
        )
    parts.append(Content(question.help))
    if question.changes:
        parts.append(Content.assemble(("Changes later: ", "bold"), question.changes))
    if question.example:
        parts.append(Content.assemble(("Example: ", "bold"), question.example))
    return lines(parts)


def about(form: Form) -> Content:
    """Why the step matters, then its terms."""
    parts = [Content.styled("Why this matters", "$accent bold"), Content(form.why)]
    if form.terms:
        parts += [Content(""), Content.styled("Words", "$accent bold")]
        parts += [
            Content.assemble((f"{term}: ", "bold"), meaning) for term, meaning in form.terms.items()
        ]
    return lines(parts)
