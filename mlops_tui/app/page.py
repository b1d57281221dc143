"""What the shell shows one at a time: a page that knows where forward and back lead."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.containers import Vertical

if TYPE_CHECKING:
    from mlops_tui.journey import Question

Way = Callable[[], Awaitable[None]]


class Page(Vertical):
    """Fills the middle of the shell. `on` and `back` are where the keys lead from here."""

    goes_on = True
    goes_back = True
    explains = False
    """Whether the hint panel belongs to this page on a small screen."""

    def __init__(self, on: Way | None = None, back: Way | None = None) -> None:
        super().__init__(classes="page")
        self._on = on
        self._back = back

    async def forward(self) -> None:
        """The continue key."""
        if self._on:
            await self._on()

    async def backward(self) -> None:
        """The back key."""
        if self._back:
            await self._back()

    @property
    def explained(self) -> tuple[Question | None, str]:
        """The question that the hint panel is about at first, and a word on its option."""
        return None, ""

    def leave(self) -> None:
        """Called before another page takes the place: keep what must not be lost."""
