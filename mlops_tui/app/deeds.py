"""The list of what mission control can do, each with its key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from mlops_tui.app import telling
from mlops_tui.app.pages import Reading
from mlops_tui.app.rows import RowList
from mlops_tui.app.running import Running
from mlops_tui.app.text import fit, lines
from mlops_tui.app.work import WorkPage
from mlops_tui.errors import Trouble

Job = Callable[[WorkPage], Awaitable[Content]]


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
                self.action_use()

    def action_use(self) -> None:
        """Do what is under the cursor; trouble that shows at once is told like any other."""
        try:
            self.deeds[self.cursor].do()
        except Trouble as trouble:
            self.screen.query_one(Output).tell(telling.trouble(trouble))

    def action_enter(self) -> None:
        """Do what is under the cursor."""
        self.action_use()


class Output(Vertical):
    """Shows a command while it runs, then what it found."""

    def __init__(self, running: Running, done: Callable[[], None]) -> None:
        super().__init__(id="output")
        self.running = running
        self._done = done

    def compose(self) -> ComposeResult:
        """Room for what is told."""
        yield Reading(Static(id="told"), classes="reading")

    async def run(self, command: str, job: Job) -> None:
        """Run to the end, to trouble, or until it is stopped."""
        page = WorkPage("", (command,), self.running.stop)
        await self._put(page)
        try:
            told = await self.running.run(job(page))
        except Trouble as trouble:
            told = telling.trouble(trouble)
        except asyncio.CancelledError:
            if not page.stopping:
                raise
            told = Content("Stopped. The project is as it was.")
        if self.is_attached:
            await self._put(Reading(Static(id="told"), classes="reading"))
            self.tell(lines([Content.styled(f"$ {command}", "$secondary"), told]))
            self._done()

    async def stop(self) -> None:
        """Stop what runs."""
        for page in self.query(WorkPage):
            await page.backward()

    def tell(self, told: Content) -> None:
        """Show some words."""
        for place in self.query("#told").results(Static):
            place.update(told)

    async def _put(self, widget: WorkPage | Reading) -> None:
        await self.remove_children()
        await self.mount(widget)
