"""All words of the subject: those met so far with their meaning, and the names of those to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from mlops_tui.app.pages import Reading
from mlops_tui.app.text import bar, lines
from mlops_tui.journey.learning import by_step

if TYPE_CHECKING:
    from mlops_tui.journey.learning import Learnt

_BAR = 20


class GlossaryScreen(ModalScreen[None]):
    """How far one has come, then the words, step by step."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,g", "dismiss", "Back")]

    def __init__(self, learnt: Learnt) -> None:
        super().__init__()
        self.learnt = learnt

    def compose(self) -> ComposeResult:
        """The progress stays in sight, the words scroll."""
        with Vertical(classes="dialog full"):
            yield Static(_progress(self.learnt), classes="question")
            with Reading(classes="reading"):
                yield Static(_words(self.learnt))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The words have the focus."""
        self.query_one(Reading).focus()


def _progress(learnt: Learnt) -> Content:
    share = len(learnt.met) / learnt.total
    return Content.assemble((bar(share, _BAR), "$accent"), f" {learnt.told()}")


def _words(learnt: Learnt) -> Content:
    parts: list[Content] = []
    for title, terms in by_step(learnt.met):
        parts.append(Content.styled(f"{title}", "bold $accent"))
        parts += [Content.assemble((f"{term.name}: ", "bold"), term.meaning) for term in terms]
        parts.append(Content(""))
    if learnt.coming:
        parts.append(Content.styled("Still to come", "bold $secondary"))
    for title, terms in by_step(learnt.coming):
        names = ", ".join(term.name for term in terms)
        parts.append(Content.styled(f"{title}: {names}", "$secondary"))
    return lines(parts)
