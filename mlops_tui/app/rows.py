"""A list that draws only the rows in sight, so that thousands cost nothing."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from mlops_tui.app.text import lines


class RowList(Widget, can_focus=True):
    """Rows under a cursor. A subclass says how many there are and what a row looks like."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-7)", show=False),
        Binding("pagedown", "move(7)", show=False),
        Binding("home", "move(-1000000000)", show=False),
        Binding("end", "move(1000000000)", show=False),
        Binding("space", "use", show=False),
        Binding("enter", "enter", show=False),
    ]
    most_rows: ClassVar[int] = 100
    cursor = reactive(0)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._top = 0

    def count(self) -> int:
        """How many rows there are now."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> Content:
        """A row, drawn."""
        raise NotImplementedError

    def heading(self, width: int) -> list[Content]:
        """Lines that stay above the rows."""
        return []

    def on_mount(self) -> None:
        """Take the height that the rows need."""
        self.fit_height()

    def fit_height(self) -> None:
        """Ask for as many lines as there are rows, up to the most that fit."""
        self.styles.height = max(1, min(self.count(), self.most_rows)) + len(self.heading(80))

    def render(self) -> Content:
        """The heading and the rows in sight."""
        width = self.content_size.width
        heading = self.heading(width)
        room = max(self.content_size.height - len(heading), 1)
        self._top = min(max(self._top, self.cursor - room + 1), self.cursor)
        self._top = max(min(self._top, self.count() - room), 0)
        seen = range(self._top, min(self._top + room, self.count()))
        return lines(heading + [self.row(index, width) for index in seen])

    def pointer(self, index: int) -> str:
        """The mark of the row under the cursor: a glyph, so that it shows without colour."""
        return "▸ " if index == self.cursor and self.has_focus else "  "

    def paint(self, index: int) -> str:
        """The style of a row."""
        return "$accent bold" if index == self.cursor and self.has_focus else ""

    def moved(self) -> None:
        """Called when the cursor came to another row."""

    def action_move(self, by: int) -> None:
        """Move the cursor and stay inside."""
        to = min(max(self.cursor + by, 0), max(self.count() - 1, 0))
        if to != self.cursor:
            self.cursor = to
            self.moved()

    def action_use(self) -> None:
        """Use the row under the cursor."""

    def action_enter(self) -> None:
        """Use the row, then go on to the next question."""
        self.screen.focus_next()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is, and use that row."""
        index = event.y - len(self.heading(80)) + self._top
        if 0 <= index < self.count():
            self.cursor = index
            self.moved()
            self.action_use()

    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _wheel(self, event: events.MouseEvent) -> None:
        by = 1 if isinstance(event, events.MouseScrollDown) else -1
        if self.count() > self.content_size.height and self.has_focus:
            self.action_move(by)
            event.stop()
