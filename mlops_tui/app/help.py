"""All help on a step, on a screen of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from mlops_tui.app.hint import about, question_help
from mlops_tui.app.pages import Reading
from mlops_tui.app.rail import LEGEND
from mlops_tui.app.text import lines

if TYPE_CHECKING:
    from mlops_tui.journey import Form
    from mlops_tui.session import Decision

KEYS = (
    ("ctrl+n", "continue with what is filled in"),
    ("esc", "back: to the part or the step before; while work runs: stop it"),
    ("tab, ↑ ↓", "from question to question, from option to option"),
    ("space, enter", "choose; enter also goes on to the next question"),
    ("ctrl+r, space", "in the view of the data: mend a column, a finding; again: take it back"),
    ("ctrl+g", "the steps at the side: open one again and answer differently"),
    ("g", "here: all words of the subject, and how many of them you have met"),
    ("F2", "the history of decisions, each of which is a commit"),
    ("ctrl+t", "another look: dark, light, high contrast"),
    ("ctrl+q", "leave; everything you typed is kept"),
)


class HelpScreen(ModalScreen[None]):
    """Why the step matters, its questions, its words, and the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss", "Back"),
        Binding("g", "glossary", "All words"),
    ]

    def __init__(self, form: Form | None, decisions: Sequence[Decision] = ()) -> None:
        super().__init__()
        self.form = form
        self.decisions = decisions

    def compose(self) -> ComposeResult:
        """One long text that scrolls."""
        with Reading(classes="dialog full"):
            yield Static(self._text())
        yield Footer(show_command_palette=False)

    def action_glossary(self) -> None:
        """All words: those of the decided steps and of this one are explained by now."""
        from mlops_tui.app.glossary import GlossaryScreen
        from mlops_tui.journey.learning import learnt

        here = self.form.step if self.form else None
        self.app.push_screen(GlossaryScreen(learnt(self.decisions, here)))

    def _text(self) -> Content:
        parts: list[Content] = []
        if self.form:
            parts += [Content.styled(self.form.title, "bold $accent"), about(self.form)]
            for question in self.form.questions:
                parts += [Content.styled(f"\n{question.label}", "bold $accent")]
                parts += [question_help(question, "")]
                parts += [
                    Content.assemble(("  · ", "$secondary"), (f"{o.label}  ", "bold"), o.hint)
                    for o in question.options
                    if o.hint and question.kind in ("choice", "choices", "table")
                ]
        parts += [Content.styled("\nKeys", "bold $accent")]
        parts += [Content.assemble((f"{key:<13}", "bold"), told) for key, told in KEYS]
        parts += [Content.styled("\nThe marks at the side", "bold $accent"), Content(LEGEND)]
        return lines(parts)
