"""Text in a box that grows with what is typed, so that long answers are read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

if TYPE_CHECKING:
    from mlops_tui.journey import Question


class Prose(TextArea):
    """One paragraph, wrapped; enter goes on to the next question."""

    DEFAULT_CSS = "Prose { height: auto; max-height: 5; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "up", show=False),
        Binding("down", "down", show=False),
        Binding("enter", "screen.focus_next", show=False),
    ]

    def __init__(self, question: Question) -> None:
        super().__init__(
            "" if question.default is None else one_line(str(question.default)),
            id=f"answer-{question.name}",
            classes="control",
            compact=True,
            highlight_cursor_line=False,
            placeholder=question.example,
        )
        self.question = question
        self.move_cursor(self.document.end)

    @property
    def answer(self) -> Any:
        """The text; None when the question may stay open and nothing is typed."""
        return None if self.question.optional and not self.text.strip() else self.text

    @property
    def hint(self) -> str:
        """Nothing under the cursor needs a word."""
        return ""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":  # it is bound, and no answer has more than one paragraph
            event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        await super()._on_paste(events.Paste(one_line(event.text)))

    def action_up(self) -> None:
        """A line up; from the first one to the question before."""
        if self._on_line(0):
            self.screen.focus_previous()
        else:
            self.action_cursor_up()

    def action_down(self) -> None:
        """A line down; from the last one to the next question."""
        if self._on_line(self.wrapped_document.height - 1):
            self.screen.focus_next()
        else:
            self.action_cursor_down()

    def _on_line(self, line: int) -> bool:
        return self.wrapped_document.location_to_offset(self.cursor_location).y == line


def one_line(text: str) -> str:
    """`text` with every run of line breaks made one blank."""
    return " ".join(part.strip() for part in text.splitlines() if part.strip()) or ""
