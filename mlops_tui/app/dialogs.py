"""Short questions of the shell itself: where, and are you sure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, DirectoryTree, Footer, Input, Static

from mlops_tui.app.fields.line import Completion


class Sure(ModalScreen[bool]):
    """A question with yes and no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes"),
        Binding("n,escape", "dismiss(False)", "No"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        with Vertical(classes="dialog"):
            yield Static(Content(self.question))
            with Horizontal(classes="buttons"):
                yield Button("Yes  y", id="yes", compact=True)
                yield Button("No  n", id="no", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


class AskPath(ModalScreen[Path | None]):
    """Asks for a path; completes with the right arrow."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "take", "Continue", priority=True),
        Binding("escape", "dismiss(None)", "Back"),
    ]

    def __init__(self, title: str, help: str, start: Path | str = "") -> None:
        super().__init__()
        self.title = title
        self.help = help
        self.start = str(start)

    def compose(self) -> ComposeResult:
        """Title, line, help."""
        with Vertical(classes="dialog"):
            yield Static(Content(self.title or ""), classes="question")
            yield Input(self.start, compact=True, suggester=Completion(), select_on_focus=False,
                        classes="control")  # fmt: skip
            yield Static(Content(self.help), classes="quiet")
            yield Static("", classes="problem")
        yield Footer()

    @on(Input.Submitted)
    def action_take(self) -> None:
        """Take the path as typed."""
        text = self.query_one(Input).value.strip()
        if text:
            self.dismiss(Path(text).expanduser().absolute())
        else:
            self.query_one(".problem", Static).update(Content("✗ Type a path first."))


class DataTree(DirectoryTree):
    """Folders, and what could be data."""

    endings = (".csv", ".tsv", ".txt", ".tab", ".parquet", ".json", ".jsonl", ".ndjson", ".gz",
               ".zst", ".xlsx", ".xls", ".duckdb", ".db", ".sqlite", ".yaml", ".yml")  # fmt: skip

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out hidden entries and files of other kinds."""
        return [p for p in paths if not p.name.startswith(".")
                and (p.suffix.lower() in self.endings or p.is_dir())]  # fmt: skip


class Browse(ModalScreen[Path | None]):
    """A tree to find a data file in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("backspace", "up", "Folder above"),
    ]

    def __init__(self, start: Path) -> None:
        super().__init__()
        self.start = start.absolute() if start.is_dir() else Path.cwd()

    def compose(self) -> ComposeResult:
        """The tree."""
        with Vertical(classes="dialog tall"):
            yield Static(Content("Choose a file: arrows and enter, or the mouse"),
                         classes="question")  # fmt: skip
            yield DataTree(self.start)
        yield Footer()

    def action_up(self) -> None:
        """Show the folder above."""
        tree = self.query_one(DataTree)
        tree.path = Path(tree.path).parent

    @on(DirectoryTree.FileSelected)
    def _chosen(self, event: DirectoryTree.FileSelected) -> None:
        self.dismiss(event.path)
