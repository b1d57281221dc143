"""The page shown where the user's edits meet a decision: both sides, and a choice for each file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from mlops_tui.app.fields.choice import Choice
from mlops_tui.app.page import Page, Way
from mlops_tui.app.text import fit, lines

if TYPE_CHECKING:
    from mlops_tui.project.plan import Conflict

MOST_LINES = 8
SIDES = {"-": ("mine ", "$warning"), "+": ("new  ", "$success")}


class ConflictPage(Page):
    """You and the assistant changed the same lines: a choice for every file."""

    def __init__(
        self,
        conflicts: Sequence[Conflict],
        *,
        chosen: Callable[[dict[str, str]], Awaitable[None]],
        back: Way,
    ) -> None:
        super().__init__(back=back)
        self.conflicts = conflicts
        self._chosen = chosen
        self.choices = [Choice(_ways(n, one.can_mark)) for n, one in enumerate(conflicts)]

    @property
    def files(self) -> list[str]:
        """The files that both sides changed."""
        return [conflict.path for conflict in self.conflicts]

    def compose(self) -> ComposeResult:
        """A file, its two sides, its ways."""
        yield Static(Content("You changed lines that this decision changes too"),
                     classes="question")  # fmt: skip
        with VerticalScroll(classes="questions", can_focus=False):
            yield Static(Content("Nothing is written until you continue. Choose for each file."))
            for conflict, choice in zip(self.conflicts, self.choices, strict=True):
                yield Static(Content.styled(f"\n{conflict.path}", "bold"))
                yield Static(_both(conflict), classes="sides")
                yield choice
            yield Button("Continue  ctrl+n", classes="on", compact=True, action="screen.forward")

    def on_mount(self) -> None:
        """Begin with the first file."""
        if self.choices:
            self.choices[0].focus()

    async def forward(self) -> None:
        """Land the decision with the choices."""
        answers = [choice.answer for choice in self.choices]
        await self._chosen(dict(zip(self.files, answers, strict=True)))


def _both(conflict: Conflict) -> Content:
    """The lines that differ, whose they are in words as well as in colour."""
    if conflict.mine is None:
        return Content("You deleted it; the decision changes it.")
    if conflict.new is None:
        return Content("You changed it; the decision takes it away.")
    if not conflict.can_mark or b"\0" in conflict.mine + conflict.new:
        return Content("It is no text, so its lines cannot be shown.")
    mine, new = (
        side.decode("utf-8", "replace").splitlines() for side in (conflict.mine, conflict.new)
    )
    told = [line for line in unified_diff(mine, new, n=0, lineterm="") if line[:1] in SIDES][2:]
    drawn = [
        Content.assemble(SIDES[line[0]], fit(line[1:].strip(), 200)) for line in told[:MOST_LINES]
    ]
    if len(told) > MOST_LINES:
        drawn.append(Content.styled(f"… and {len(told) - MOST_LINES} more lines", "$secondary"))
    return lines(drawn)


def _ways(number: int, can_mark: bool) -> Any:
    from mlops_tui.journey import Question
    from mlops_tui.screens import Option

    ways = (
        Option("mine", "Keep mine", "Your lines stay; the new ones are left out."),
        Option("new", "Take the new ones", "The assistant's lines replace yours there."),
        Option("markers", "Both, marked", "Both stay in the file between <<<<<<< and >>>>>>>."),
    )
    return Question(
        name=f"conflict-{number}", kind="choice", label="", help="", changes="", example="",
        options=ways if can_mark else ways[:2], default="mine", reason="", optional=False,
    )  # fmt: skip
