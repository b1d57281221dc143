"""The full-screen app: opens a project and shows the shell around it."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from mlops_tui.app import log, theme
from mlops_tui.app.welcome import Request, Welcome

if TYPE_CHECKING:
    from mlops_tui.app.opening import Opened
    from mlops_tui.journey import Journey

Suggestions = Mapping[str, Mapping[str, Any]]


class MlopsApp(App[int]):
    """Welcome, then the shell; closes the project whatever happens."""

    TITLE = "mlops-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared so by Textual
        (0, "-narrow"),
        (108, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-low"),
        (30, "-high"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "look", "Look", priority=True),
        Binding("ctrl+q", "leave", "Quit", priority=True),
    ]

    def __init__(
        self, request: Request | None = None, suggestions: Suggestions | None = None
    ) -> None:
        super().__init__()
        self.suggestions = suggestions or {}
        self.animation_level = "none"
        self.request = request
        self.journey: Journey | None = None
        self.crashed: Path | None = None
        for look in theme.THEMES:
            self.register_theme(look)
        if not self.no_color:
            self.theme = theme.NAMES[0]

    def on_mount(self) -> None:
        """The first frame is the welcome, even when a project was named."""
        self.push_screen(Welcome(self.request, self.suggestions))
        if not self.is_headless:
            # A closed window or a shutdown: what runs must not outlive the app.
            for told in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(told, self._told_to_end)

    def _told_to_end(self) -> None:
        self.run_worker(self._leave(True), group="leave", exclusive=True)

    async def enter(self, opened: Opened) -> None:
        """Show the shell around an open project."""
        from mlops_tui.app.shell import Shell

        self.journey = opened.journey
        # What is loaded by now stays: searching it for garbage would hold up a key.
        gc.collect()
        gc.freeze()
        await self.push_screen(Shell(opened))

    async def go_home(self) -> None:
        """Close the project and show the welcome again."""
        if closing := getattr(self.screen, "closing", None):
            await closing()
        if self.journey is not None:
            self.journey.close()
            self.journey = None
        self.pop_screen()
        welcome = self.screen
        if isinstance(welcome, Welcome):
            welcome.renew()

    def action_look(self) -> None:
        """Switch to the next look."""
        if self.no_color:
            self.notify("NO_COLOR is set: one look for all.")
        else:
            self.theme = theme.after(self.theme)

    async def action_leave(self) -> None:
        """Quit; ask first while work is running."""
        from mlops_tui.app.dialogs import Sure

        shell = next((s for s in self.screen_stack if hasattr(s, "flow")), None)
        if shell is not None and shell.flow.running.busy:
            await self.push_screen(Sure("Work is running. Stop it and leave?"), self._leave)
        else:
            await self._leave(True)

    async def _leave(self, sure: bool | None) -> None:
        if not sure:
            return
        for screen in self.screen_stack:
            if closing := getattr(screen, "closing", None):
                await closing()
        self.exit(0)

    def _handle_exception(self, error: Exception) -> None:
        """Nobody who uses this is shown a traceback: it goes to the log, a sentence to them."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.crashed = log.keep(error)
        self.exit(4)
