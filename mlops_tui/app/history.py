"""The decisions that landed, each a commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Markdown, Static

from mlops_tui.app.pages import Reading
from mlops_tui.app.rows import RowList
from mlops_tui.app.text import fit

if TYPE_CHECKING:
    from mlops_tui.journey import Past


class PastList(RowList):
    """Decisions, newest first."""

    class Moved(Message):
        """Another decision is under the cursor."""

    def __init__(self, past: Sequence[Past]) -> None:
        super().__init__(id="past")
        self.past = past

    def count(self) -> int:
        """As many rows as decisions."""
        return len(self.past)

    def fit_height(self) -> None:
        """The style sheet decides."""

    def row(self, index: int, width: int) -> Content:
        """When, commit, what."""
        entry = self.past[index]
        when = f"{entry.at.astimezone():%Y-%m-%d %H:%M}"
        told = f"{self.pointer(index)}{when}  {entry.commit[:7]}  {entry.subject}"
        return Content.styled(fit(told, width), self.paint(index))

    def moved(self) -> None:
        """Show the record of the row."""
        self.post_message(self.Moved())


class HistoryScreen(ModalScreen[None]):
    """The list above, the record of the chosen decision below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "dismiss", "Back"),
        Binding("tab", "app.focus_next", "Read the record"),
    ]

    def __init__(self, past: Sequence[Past], learnt: str) -> None:
        super().__init__()
        self.past = past
        self.learnt = learnt

    def compose(self) -> ComposeResult:
        """What was learnt, list, record."""
        with Vertical(classes="dialog full"):
            yield Static(Content(_counted(len(self.past))), classes="question")
            yield Static(Content(self.learnt), classes="quiet")
            yield PastList(self.past)
            with Reading(id="record", classes="reading"):
                yield Markdown(open_links=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The newest first."""
        self.query_one(PastList).focus()
        self._show()

    @on(PastList.Moved)
    def _show(self) -> None:
        if not self.past:
            return
        self.query_one(Markdown).update(self.past[self.query_one(PastList).cursor].record)


def _counted(count: int) -> str:
    if not count:
        return "No decision has landed yet. Each step you finish becomes a commit here."
    return f"{count} commit{'s' * (count != 1)}, newest first"
