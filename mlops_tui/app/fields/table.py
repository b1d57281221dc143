"""A table that gives each of its rows one of the options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from mlops_tui.app.fields.base import Edited
from mlops_tui.app.fields.picker import Filtered
from mlops_tui.app.text import pad

if TYPE_CHECKING:
    from mlops_tui.journey import Question
    from mlops_tui.screens import Option, Row

MIXED = "as set one by one"


class Table(Filtered):
    """Row by row: space or the arrows give the next option. Typing shows the columns of groups."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "cycle(1)", "Next option", key_display="←→"),
        Binding("left", "cycle(-1)", show=False),
    ]
    most_rows: ClassVar[int] = 9

    def __init__(self, question: Question) -> None:
        super().__init__(id=f"answer-{question.name}", classes="control")
        self.question = question
        self.told: dict[str, str] = dict(question.default or {})
        self.given = question.settled(self.told)
        self.groups: list[Row] = list(question.rows)
        self.single: list[Row] = [one for row in self.groups for one in question.apart(row)]
        self.rows = self.groups
        self.seen = list(range(len(self.rows)))

    def narrow(self) -> None:
        """Groups while nothing is filtered, else the columns themselves."""
        self.rows = self.single if self.filter else self.groups
        super().narrow()

    def findable(self) -> int:
        """A filter finds the columns, also those of groups."""
        return len(self.single)

    def action_enter(self) -> None:
        """With a filter: all rows again. Without: the next question."""
        if not self.filter:
            super().action_enter()
            return
        found = self.rows[self.seen[self.cursor]].columns[0] if self.seen else ""
        self.filter = ""
        self.narrow()
        at = (i for i, row in enumerate(self.groups) if found in row.columns)
        self.cursor = next(at, 0)

    def names(self) -> list[str]:
        """The rows."""
        return [row.label for row in self.rows]

    @property
    def answer(self) -> Any:
        """The option of each column; of columns with a usual one, what differs from it."""
        return {
            name: self.given[name]
            for row in self.groups
            for name in row.columns
            if self.given[name] != row.base or name in self.told
        }

    @property
    def hint(self) -> str:
        """About the row under the cursor, and what its option does."""
        if not self.seen:
            return ""
        row = self.rows[self.seen[self.cursor]]
        option = self._option(row)
        return " ".join(part for part in (row.hint, option.hint if option else "") if part)

    def _options(self, row: Row) -> tuple[Option, ...]:
        return row.options or self.question.options

    def _option(self, row: Row) -> Option | None:
        """The option that all columns of the row have; None where they differ."""
        values = {self.given[name] for name in row.columns}
        return next((o for o in self._options(row) if {o.value} == values), None)

    def row(self, index: int, width: int) -> Content:
        """Column, then its option between arrows."""
        row = self.rows[self.seen[index]]
        option = self._option(row)
        label = option.label if option else MIXED
        name = min(max((len(c) for c in self.names()[:200]), default=8), max(width - 30, 12))
        left, right = ("‹ ", " ›") if index == self.cursor and self.has_focus else ("  ", "  ")
        quiet = option is not None and option.value in ("drop", row.base)
        style = self.paint(index) or ("$secondary" if quiet else "")
        told = f"{self.pointer(index)}{pad(row.label, name)}  {left}{label}{right}"
        return Content.styled(pad(told, width).rstrip(), style)

    def moved(self) -> None:
        """Another row, another hint."""
        self.post_message(Edited(self.question.name, pointed=True))

    def action_use(self) -> None:
        """Give the next option."""
        self.action_cycle(1)

    def action_cycle(self, by: int) -> None:
        """Give the row under the cursor the next or the previous option."""
        if not self.seen:
            return
        row = self.rows[self.seen[self.cursor]]
        values = [o.value for o in self._options(row)]
        if not values:
            return
        option = self._option(row)
        now = values.index(option.value) if option else -by
        self.given |= dict.fromkeys(row.columns, values[(now + by) % len(values)])
        self.refresh()
        self.post_message(Edited(self.question.name))
