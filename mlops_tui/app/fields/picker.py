"""Columns and values, found by typing a part of their name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.content import Content

from mlops_tui.app.fields.base import Edited
from mlops_tui.app.rows import RowList
from mlops_tui.app.text import fit, pad

if TYPE_CHECKING:
    from mlops_tui.journey import Question
    from mlops_tui.screens import Option


class Filtered(RowList):
    """Rows with names; typing narrows them."""

    most_rows: ClassVar[int] = 7

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.filter = ""
        self.seen: list[int] = []

    def names(self) -> list[str]:
        """What is filtered, by row."""
        raise NotImplementedError

    def findable(self) -> int:
        """How many rows a filter can find."""
        return len(self.names())

    def count(self) -> int:
        """The rows that match."""
        return len(self.seen)

    def narrow(self) -> None:
        """Find the rows that hold the filter."""
        part = self.filter.casefold()
        self.seen = [i for i, name in enumerate(self.names()) if part in name.casefold()]
        self.cursor = 0
        self.refresh()

    def heading(self, width: int) -> list[Content]:
        """The filter, or how to use it."""
        total = len(self.names())
        if self.filter:
            told = fit(f"  filter: {self.filter}▏  {self.count():,} of {total:,}", width)
            return [Content.styled(told, "$accent")]
        if total <= self.most_rows:
            return []
        place = f" · {self.cursor + 1:,} of {total:,}" if self.has_focus else f" · {total:,}"
        return [Content.styled(fit(f"  type to filter{place}", width), "$secondary")]

    def on_key(self, event: events.Key) -> None:
        """Letters go to the filter; backspace takes one off."""
        typed = event.character or ""
        if event.key == "backspace" and self.filter:
            self.filter = self.filter[:-1]
        elif typed.isprintable() and typed.strip() and self.findable() > 2:
            self.filter += typed
        else:
            return
        event.stop()
        self.narrow()
        self.fit_height()

    def fit_height(self) -> None:
        """Stay at one height while the filter changes, so that nothing jumps."""
        total = len(self.names())
        self.styles.height = max(1, min(total, self.most_rows)) + (total > self.most_rows)

    def action_enter(self) -> None:
        """With a filter: take the row and show all rows again. Without: the next question."""
        if not self.filter:
            super().action_enter()
            return
        if self.seen:
            self.action_use()
        kept = self.seen[self.cursor] if self.seen else 0
        self.filter = ""
        self.narrow()
        self.cursor = kept


class Picker(Filtered):
    """One column or value of possibly thousands."""

    marks = ("( )", "(*)")

    def __init__(self, question: Question) -> None:
        super().__init__(id=f"answer-{question.name}", classes="control")
        self.question = question
        self.choices: list[tuple[str | None, Option]] = [(o.value, o) for o in question.options]
        if question.optional and self.one:
            from mlops_tui.screens import Option

            self.choices.insert(0, (None, Option("", "none")))
        self._widest = max((len(fit(o.label, 80)) for _, o in self.choices), default=0)
        self.chosen: set[str | None] = self._given()
        self.seen = list(range(len(self.choices)))
        self.set_reactive(RowList.cursor, self._first())

    @property
    def one(self) -> bool:
        """Whether just one row can be chosen."""
        return True

    def _given(self) -> set[str | None]:
        value = self.question.default
        return {value if value is None else str(value)}

    def _first(self) -> int:
        found = (i for i, (value, _) in enumerate(self.choices) if value in self.chosen)
        return next(found, 0)

    def names(self) -> list[str]:
        """The labels."""
        return [option.label for _, option in self.choices]

    @property
    def answer(self) -> Any:
        """The value chosen."""
        return next((value for value, _ in self.choices if value in self.chosen), None)

    @property
    def hint(self) -> str:
        """A word about the row under the cursor."""
        return self.choices[self.seen[self.cursor]][1].hint if self.seen else ""

    def row(self, index: int, width: int) -> Content:
        """Mark, label, hint."""
        value, option = self.choices[self.seen[index]]
        mark = self.marks[value in self.chosen]
        wide = min(self._widest, max(width - 16, 12))
        label = fit(f"{self.pointer(index)}{mark} {pad(option.label, wide)}", width)
        room = width - wide - 9
        hint = f"   {fit(option.hint, room)}" if option.hint and room > 8 else ""
        return Content.assemble((label, self.paint(index)), (hint, "$secondary"))

    def moved(self) -> None:
        """Without a filter, choosing follows the cursor."""
        if self.filter:
            self.post_message(Edited(self.question.name, pointed=True))
        else:
            self.action_use()

    def action_use(self) -> None:
        """Choose the row under the cursor."""
        if self.seen:
            self.chosen = {self.choices[self.seen[self.cursor]][0]}
            self.refresh()
            self.post_message(Edited(self.question.name))


class ManyPicker(Picker):
    """Some columns of possibly thousands; space switches each."""

    marks = ("[ ]", "[x]")

    @property
    def one(self) -> bool:
        """Any number of rows can be chosen."""
        return False

    def _given(self) -> set[str | None]:
        return {str(value) for value in self.question.default or ()}

    @property
    def answer(self) -> Any:
        """The values chosen, in the order they are offered."""
        return [value for value, _ in self.choices if value in self.chosen]

    def moved(self) -> None:
        """Moving chooses nothing."""
        self.post_message(Edited(self.question.name, pointed=True))

    def action_use(self) -> None:
        """Switch the row under the cursor."""
        if self.seen:
            self.chosen ^= {self.choices[self.seen[self.cursor]][0]}
            self.refresh()
            self.post_message(Edited(self.question.name))
