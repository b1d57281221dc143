"""Answers typed on one line: text, numbers, and places on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

if TYPE_CHECKING:
    from mlops_tui.journey import Question


class Line(Input):
    """A line of text; enter goes on to the next question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.focus_next", show=False),
        Binding("up", "screen.focus_previous", show=False),
    ]

    def __init__(self, question: Question, suggester: Suggester | None = None) -> None:
        given = question.default
        super().__init__(
            "" if given is None else self._written(given),
            id=f"answer-{question.name}",
            classes="control",
            compact=True,
            suggester=suggester,
            placeholder=question.example,
            select_on_focus=False,
        )
        self.question = question

    @staticmethod
    def _written(value: Any) -> str:
        return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)

    @property
    def answer(self) -> Any:
        """The text; None when the question may stay open and nothing is typed."""
        return None if self.question.optional and not self.value.strip() else self.value

    @property
    def hint(self) -> str:
        """Nothing under the cursor needs a word."""
        return ""

    async def action_submit(self) -> None:
        """Go on to the next question."""
        self.screen.focus_next()


class Number(Line):
    """A number, or what was typed when it is none yet."""

    @property
    def answer(self) -> Any:
        """The number; the text as typed when it cannot be read."""
        text = self.value.strip().replace(" ", "")
        if not text:
            return None if self.question.optional else ""
        try:
            return float(text)
        except ValueError:
            return text


class Whole(Number):
    """A whole number."""

    @property
    def answer(self) -> Any:
        """The whole number; the text as typed when it cannot be read."""
        text = self.value.strip().replace(" ", "").replace(",", "")
        try:
            return int(text)
        except ValueError:
            return super().answer


class Place(Line):
    """A path, completed from what is on this machine."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "complete", show=False),
        Binding("ctrl+o", "browse", "Browse"),
    ]

    def __init__(self, question: Question) -> None:
        super().__init__(question, Completion())

    def action_complete(self) -> None:
        """Take the completion when the cursor is at the end, else move."""
        self.action_cursor_right()

    def action_browse(self) -> None:
        """Choose a file by looking around."""
        from mlops_tui.app.dialogs import Browse

        start = Path(self.value).expanduser()
        self.app.push_screen(Browse(start.parent), self._found)

    def _found(self, path: Path | None) -> None:
        if path is not None:
            self.value = str(path)
            self.cursor_position = len(self.value)


class Completion(Suggester):
    """The first entry of the folder that begins with what was typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The rest of the path, or None."""
        folder, slash, begun = value.rpartition("/")
        if not begun:
            return None
        try:
            entries = sorted((Path(folder + slash) if slash else Path()).expanduser().iterdir())
        except OSError:
            return None
        for entry in entries:
            if entry.name.startswith(begun) and entry.name != begun:
                return f"{folder}{slash}{entry.name}" + ("/" if entry.is_dir() else "")
        return None
