"""A table that gives each column one of the options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from mlops_tui.app.fields.base import Edited
from mlops_tui.app.fields.picker import Filtered
from mlops_tui.app.text import pad

if TYPE_CHECKING:
    from mlops_tui.journey import Question


class Treatments(Filtered):
    """Column by column: space or the arrows give the next option."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "cycle(1)", "Next option", key_display="←→"),
        Binding("left", "cycle(-1)", show=False),
    ]
    most_rows: ClassVar[int] = 9

    def __init__(self, question: Question) -> None:
        super().__init__(id=f"answer-{question.name}", classes="control")
        self.question = question
        self.given: dict[str, str] = dict(question.default or {})
        self.columns = list(question.columns or self.given)
        self.seen = list(range(len(self.columns)))

    def names(self) -> list[str]:
        """The columns."""
        return self.columns

    @property
    def answer(self) -> Any:
        """The option of each column."""
        return dict(self.given)

    @property
    def hint(self) -> str:
        """What the option of the column under the cursor does."""
        if not self.seen:
            return ""
        value = self.given.get(self.columns[self.seen[self.cursor]], "")
        return next((o.hint for o in self.question.options if o.value == value), "")

    def row(self, index: int, width: int) -> Content:
        """Column, then its option between arrows."""
        column = self.columns[self.seen[index]]
        value = self.given.get(column, "")
        label = next((o.label for o in self.question.options if o.value == value), value or "?")
        name = min(max((len(c) for c in self.columns[:200]), default=8), max(width - 30, 12))
        left, right = ("‹ ", " ›") if index == self.cursor and self.has_focus else ("  ", "  ")
        style = self.paint(index) or ("$secondary" if value == "drop" else "")
        told = f"{self.pointer(index)}{pad(column, name)}  {left}{label}{right}"
        return Content.styled(pad(told, width).rstrip(), style)

    def moved(self) -> None:
        """Another row, another hint."""
        self.post_message(Edited(self.question.name, pointed=True))

    def action_use(self) -> None:
        """Give the next option."""
        self.action_cycle(1)

    def action_cycle(self, by: int) -> None:
        """Give the column under the cursor the next or the previous option."""
        if not self.seen or not self.question.options:
            return
        values = [o.value for o in self.question.options]
        column = self.columns[self.seen[self.cursor]]
        now = values.index(self.given[column]) if self.given.get(column) in values else -by
        self.given[column] = values[(now + by) % len(values)]
        self.refresh()
        self.post_message(Edited(self.question.name))
