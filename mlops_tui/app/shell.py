"""The shell around every step: rail, page, help, keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from mlops_tui.app.flow import Flow
from mlops_tui.app.form import FormPage
from mlops_tui.app.hint import HintPanel
from mlops_tui.app.page import Page
from mlops_tui.app.pages import TroublePage
from mlops_tui.app.rail import Rail
from mlops_tui.app.text import fit
from mlops_tui.errors import Trouble

if TYPE_CHECKING:
    from mlops_tui.app.opening import Opened
    from mlops_tui.journey import Form


class Shell(Screen[None]):
    """One project, from its next open step on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "forward", "Continue", priority=True),
        Binding("escape", "backward", "Back"),
        Binding("escape,ctrl+c", "stop", "Stop", key_display="esc"),
        Binding("f1", "help", "Help"),
        Binding("f2", "history", "History"),
        Binding("ctrl+g", "rail", "Steps"),
    ]
    AUTO_FOCUS = ""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.opened = opened
        self.journey = opened.journey
        self.flow = Flow(opened.journey, self)
        self.page: Page | None = None
        self.form: Form | None = None
        self._turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Title line, rail, page with its hints, keys."""
        yield Static(id="head")
        with Horizontal(id="house"):
            yield Rail(id="rail")
            with Vertical(id="desk"):
                yield Vertical(id="stage")
                yield HintPanel()
        yield Footer(show_command_palette=False, compact=True)

    async def on_mount(self) -> None:
        """Begin where the project stands, or with the replay."""
        if self.opened.recording is not None:
            from mlops_tui.app.replaying import replay

            self.run_worker(replay(self.flow, self.opened.recording), group="work")
        else:
            await self._guarded(self.flow.go())

    async def _guarded(self, way: Awaitable[None]) -> None:
        """Walk, and tell of trouble on a page of its own."""
        async with self._turn:
            try:
                await way
            except Trouble as trouble:
                await self.show(TroublePage(trouble, on=self.flow.go, back=self.flow.go), "")

    async def closing(self) -> None:
        """Before the app ends: keep what was typed, end what runs."""
        if self.page is not None:
            self.page.leave()
        await self.flow.running.close()

    async def show(self, page: Page, step: str, form: Form | None = None) -> None:
        """Put a page in the place of the one before."""
        if self.page is not None:
            self.page.leave()
        self.page, self.form = page, form or self.form
        stage = self.query_one("#stage")
        with self.app.batch_update():
            await stage.remove_children()
            self.set_focus(None)
            await stage.mount(page)
            rail = self.query_one(Rail)
            rail.places, rail.here = self.journey.rail(), step
            self.query_one("#head", Static).update(head(self.journey.root.name, rail))
            self.set_class(page.explains, "-explains")
            hint = self.query_one(HintPanel)
            hint.about_step(form or (self.form if step else None))
            # At once: on a busy machine the focus comes later than the questions.
            hint.about_question(*page.explained)
        self.refresh_bindings()

    @on(FormPage.Pointed)
    def _pointed(self, event: FormPage.Pointed) -> None:
        if event.page is self.page:
            self.query_one(HintPanel).about_question(event.question, event.hint)

    @on(Rail.Opened)
    async def _open_step(self, event: Rail.Opened) -> None:
        place = event.place
        if self.flow.running.busy:
            self.notify("Work is running. Stop it first with esc.")
        elif place.state == "todo" and place.step != self.journey.next_step():
            told = f"'{place.title}' comes later: finish the steps before it first."
            self.notify(told, markup=False)
        else:
            await self._guarded(self.flow.go(place.step))

    async def action_forward(self) -> None:
        """Go on with what is filled in."""
        if self.page is not None and not self._turn.locked():
            await self._guarded(self.page.forward())

    async def action_backward(self) -> None:
        """Go back; from the rail to the page, from work by stopping it."""
        if self.query_one(Rail).has_focus:
            self.focus_next()
        elif self.page is not None and not self._turn.locked():
            await self._guarded(self.page.backward())

    def action_help(self) -> None:
        """All help on this step."""
        from mlops_tui.app.help import HelpScreen

        self.app.push_screen(HelpScreen(self.form, self.journey.session.decisions))

    def action_history(self) -> None:
        """The decisions that landed."""
        from mlops_tui.app.history import HistoryScreen
        from mlops_tui.journey.learning import learnt

        words = learnt(self.journey.session.decisions).told()
        self.app.push_screen(HistoryScreen(self.journey.history(), words))

    def action_rail(self) -> None:
        """Go to the rail, to open a step again."""
        self.query_one(Rail).focus()

    async def action_stop(self) -> None:
        """Stop the work that runs."""
        if self.page is not None:
            await self.page.backward()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While work runs it can be stopped, and nothing else leads anywhere."""
        if action == "forward" and self.page is not None:
            return self.page.goes_on and not self.flow.running.busy
        if action == "stop":
            return self.flow.running.busy
        if action == "backward" and self.page is not None:
            return not self.flow.running.busy and (
                self.page.goes_back or self.query_one(Rail).has_focus
            )
        return True


def head(name: str, rail: Rail) -> Content:
    """Which project this is, and where in it we are."""
    place = next((place for place in rail.places if place.step == rail.here), None)
    where = f"step {place.number} of {len(rail.places)}" if place else "mission control"
    return Content.assemble(
        (" mlops-tui ", "bold $accent"), f" {fit(name, 40)}", (f"  ·  {where}", "$secondary")
    )
