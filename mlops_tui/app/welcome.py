"""The first screen: four ways to begin, and the projects opened lately."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from mlops_tui.app.folders import free_folder
from mlops_tui.app.opening import Request, Suggestions, data_is_beside, open_project
from mlops_tui.app.rows import RowList
from mlops_tui.app.text import fit, pad
from mlops_tui.errors import Trouble
from mlops_tui.places import default_projects_folder, recent_projects

if TYPE_CHECKING:
    from mlops_tui.app.app import MlopsApp

__all__ = ["Request", "Welcome"]
MOST_RECENT = 5


@dataclass(frozen=True, slots=True)
class Way:
    """One way to begin."""

    title: str
    told: str
    begin: Callable[[], None]


class Ways(RowList):
    """The ways, numbered; a digit takes one at once."""

    def __init__(self, ways: list[Way]) -> None:
        super().__init__(id="ways")
        self.ways = ways

    def count(self) -> int:
        """As many rows as ways."""
        return len(self.ways)

    def row(self, index: int, width: int) -> Content:
        """Digit, title, a few words."""
        way = self.ways[index]
        head = f"{self.pointer(index)}{index + 1}  {pad(way.title, 18)}  "
        return Content.assemble(
            (head, self.paint(index) or "bold"), (fit(way.told, width - len(head)), "$secondary")
        )

    def action_use(self) -> None:
        """Begin this way."""
        self.ways[self.cursor].begin()

    def action_enter(self) -> None:
        """Begin this way."""
        self.action_use()

    def on_key(self, event: events.Key) -> None:
        """A digit begins that way."""
        if event.key.isdecimal() and 0 < int(event.key) <= len(self.ways):
            event.stop()
            self.cursor = int(event.key) - 1
            self.action_use()


class Welcome(Screen[None]):
    """Shown at once; everything heavy is loaded when a way was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "begin", "Begin", priority=True),
        Binding("f1", "help", "Help"),
    ]

    def __init__(
        self, request: Request | None = None, suggestions: Suggestions | None = None
    ) -> None:
        super().__init__()
        self.suggestions = suggestions or {}
        self.request = request
        self.opening = False

    def compose(self) -> ComposeResult:
        """What this is, the ways, and room for a word about trouble."""
        with Vertical(id="welcome"):
            yield Static(Content.styled("mlops-tui", "bold $accent"), id="name")
            yield Static(Content(
                "From a question and a data file to a model that is served, watched,\n"
                "and yours: 13 steps. Each asks a few questions, recommends an answer\n"
                "and says why."
            ), classes="quiet")  # fmt: skip
            yield Ways(self._ways())
            yield Static(id="status")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Choose by arrows, or go straight to the project that was named."""
        self.query_one(Ways).focus()
        if self.request is not None:
            self.call_after_refresh(self.start, self.request)
        elif self.suggestions:
            self.call_after_refresh(self._ask_new)

    def renew(self) -> None:
        """A project that was closed is among the recent ones now."""
        ways = self.query_one(Ways)
        ways.ways = self._ways()
        ways.fit_height()
        ways.refresh(layout=True)

    def _ways(self) -> list[Way]:
        return [
            Way("Try the demo", "Will this flight be late? Ready answers",
                lambda: self.start(Request("demo"))),
            Way("New project", "Your own question, your own data file", self._ask_new),
            Way("Open a project", "Go on where it stood, or look after it",
                self._ask_open),
            Way("Replay a session", "Take the decisions of a session.yaml again",
                self._ask_session),
            *(Way(path.name, _short(path.parent), partial(self.start, Request("open", path)))
              for path in recent_projects()[:MOST_RECENT]),
        ]  # fmt: skip

    def action_begin(self) -> None:
        """Take the way under the cursor."""
        self.query_one(Ways).action_use()

    def action_help(self) -> None:
        """The keys."""
        from mlops_tui.app.help import HelpScreen

        self.app.push_screen(HelpScreen(None))

    def _ask_new(self) -> None:
        self._ask("Where should the new project live?",
                  "A folder that is empty or does not exist yet. It becomes a git repository.",
                  free_folder("my-project"),
                  lambda path: Request("open", path, self.suggestions))  # fmt: skip

    def _ask_open(self) -> None:
        recent = recent_projects()
        self._ask("Which project?", "The folder of a project. The right arrow completes.",
                  recent[0] if recent else default_projects_folder(),
                  lambda path: Request("open", path))  # fmt: skip

    def _ask_session(self) -> None:
        self._ask("Which session?",
                  "A session.yaml, or the folder of the project that holds it. Its data is "
                  "looked for beside it. A new project is made; the old one stays untouched.",
                  "", self._ask_data)  # fmt: skip

    def _ask_data(self, session: Path) -> Request | None:
        """A recording whose data lies beside it starts at once; else ask where the data is."""
        from mlops_tui.app.dialogs import AskPath

        def answered(data: Path | None) -> None:
            if data is not None:
                self.start(Request("replay", session, data=str(data)))

        if data_is_beside(session):
            return Request("replay", session)
        help = "A session keeps the name and the fingerprint of its data, not the data."
        self.app.push_screen(AskPath("Where is the data of this session?", help), answered)
        return None

    def _ask(self, title: str, help: str, start: Path | str,
             request: Callable[[Path], Request | None]) -> None:  # fmt: skip
        from mlops_tui.app.dialogs import AskPath

        def answered(path: Path | None) -> None:
            wanted = request(path) if path is not None else None
            if wanted is not None:
                self.start(wanted)

        if not self.opening:
            self.app.push_screen(AskPath(title, help, start), answered)

    def start(self, request: Request) -> None:
        """Open in the background; a second key press changes nothing."""
        if not self.opening:
            self.opening = True
            self.query_one("#status", Static).update("Opening…")
            self.run_worker(self._open(request))

    async def _open(self, request: Request) -> None:
        try:
            opened = await open_project(request)
        except Trouble as trouble:
            rest = f" {trouble.why}\n{trouble.do}"
            told = Content.assemble(("✗ ", "$error"), (trouble.what, "bold"), rest)
            self.query_one("#status", Static).update(told)
        else:
            self.query_one("#status", Static).update("")
            await cast("MlopsApp", self.app).enter(opened)
        finally:
            self.opening = False


def _short(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except ValueError:
        return str(path)
