"""The list of what mission control can do, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content

from mlops_tui.app.fields.rows import RowList
from mlops_tui.app.text import fit


@dataclass(frozen=True, slots=True)
class Deed:
    """A key, its words now, and what it does."""

    key: str
    words: Callable[[], str]
    do: Callable[[], None]


class Deeds(RowList):
    """Arrows and enter, the mouse, or the key."""

    def __init__(self, deeds: list[Deed]) -> None:
        super().__init__(id="deeds")
        self.deeds = deeds

    def count(self) -> int:
        """As many rows as deeds."""
        return len(self.deeds)

    def row(self, index: int, width: int) -> Content:
        """Key and words."""
        deed = self.deeds[index]
        told = fit(deed.words(), width - 6)
        return Content.assemble(
            self.pointer(index), (f"{deed.key}  ", "$accent bold"), (told, self.paint(index))
        )

    def do(self, key: str) -> None:
        """Do what belongs to a key, and put the cursor there."""
        for index, deed in enumerate(self.deeds):
            if deed.key == key:
                self.cursor = index
                deed.do()

    def action_use(self) -> None:
        """Do what is under the cursor."""
        self.deeds[self.cursor].do()

    def action_enter(self) -> None:
        """Do what is under the cursor."""
        self.action_use()
