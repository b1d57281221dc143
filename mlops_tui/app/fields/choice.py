"""One of a few, some of a few, yes or no: marks that read without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from mlops_tui.app.fields.base import Edited
from mlops_tui.app.rows import RowList
from mlops_tui.app.text import fit

if TYPE_CHECKING:
    from mlops_tui.journey import Question
    from mlops_tui.screens import Option


class Choice(RowList):
    """One of a few: the cursor chooses."""

    marks = ("( )", "(*)")

    def __init__(self, question: Question) -> None:
        super().__init__(id=f"answer-{question.name}", classes="control")
        self.question = question
        self.choices: tuple[Option, ...] = question.options
        self.chosen: set[str] = self._given()
        self.set_reactive(
            RowList.cursor,
            next((i for i, o in enumerate(self.choices) if o.value in self.chosen), 0),
        )

    def _given(self) -> set[str]:
        return set() if self.question.default is None else {str(self.question.default)}

    @property
    def answer(self) -> Any:
        """The value chosen, None when nothing is."""
        return next((o.value for o in self.choices if o.value in self.chosen), None)

    @property
    def hint(self) -> str:
        """What the option under the cursor means."""
        return self.choices[self.cursor].hint if self.choices else ""

    def count(self) -> int:
        """As many rows as options."""
        return len(self.choices)

    def row(self, index: int, width: int) -> Content:
        """Mark, label, and as much of the hint as fits."""
        option = self.choices[index]
        mark = self.marks[option.value in self.chosen]
        label = fit(f"{self.pointer(index)}{mark} {option.label}", width)
        room = width - len(label) - 3
        hint = f"   {fit(option.hint, room)}" if option.hint and room > 12 else ""
        return Content.assemble((label, self.paint(index)), (hint, "$secondary"))

    def moved(self) -> None:
        """Choosing follows the cursor."""
        self.action_use()

    def action_use(self) -> None:
        """Choose the row."""
        self.chosen = {self.choices[self.cursor].value}
        self.refresh()
        self.post_message(Edited(self.question.name))


class YesNo(Choice):
    """Yes or no, in one line each."""

    def __init__(self, question: Question) -> None:
        from mlops_tui.screens import Option

        super().__init__(question)
        self.choices = question.options or (Option("yes", "Yes"), Option("no", "No"))
        self.chosen = {"yes" if question.default in (True, "yes", "true") else "no"}
        self.set_reactive(RowList.cursor, 0 if "yes" in self.chosen else 1)

    @property
    def answer(self) -> Any:
        """True or False."""
        return "yes" in self.chosen or "true" in self.chosen


class Choices(Choice):
    """Some of a few: space switches each."""

    marks = ("[ ]", "[x]")

    def _given(self) -> set[str]:
        return {str(value) for value in self.question.default or ()}

    @property
    def answer(self) -> Any:
        """The values chosen, in the order they are offered."""
        return [o.value for o in self.choices if o.value in self.chosen]

    def moved(self) -> None:
        """Moving chooses nothing here."""
        self.post_message(Edited(self.question.name, pointed=True))

    def action_use(self) -> None:
        """Switch the row."""
        self.chosen ^= {self.choices[self.cursor].value}
        self.refresh()
        self.post_message(Edited(self.question.name))
