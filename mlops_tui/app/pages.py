"""Pages that tell: what was found, what went wrong, where edits meet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Markdown, Static

from mlops_tui.app.fields.choice import Choice
from mlops_tui.app.page import Page, Way

if TYPE_CHECKING:
    from mlops_tui.errors import Trouble

Sides = Mapping[str, Any]


class Reading(VerticalScroll):
    """A scrolling text that takes the focus, so that the arrows scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_down", show=False),
    ]


class FoundPage(Page):
    """What a look or a step's work found, then the way on."""

    def __init__(
        self, title: str, text: str, *, view: Widget | None = None, on: Way, back: Way
    ) -> None:
        super().__init__(on, back)
        self.title = title
        self.text = text
        self.view = view
        self._leads = bool(getattr(view, "leads", False))

    def compose(self) -> ComposeResult:
        """The view that the step has of its own, then the words."""
        yield Static(Content.assemble(("✓ ", "$success"), self.title), classes="question")
        head, rest = _before_table(self.text) if self.view is not None else (self.text, "")
        with Reading(classes="reading"):
            if self.view is not None and self._leads:
                yield self.view
                yield Markdown(self.text, open_links=False)
            else:
                yield Markdown(head, open_links=False)
                if self.view is not None:
                    yield self.view
                    yield Markdown(rest, open_links=False)
        yield Button("Continue  ctrl+n", classes="on", compact=True, action="screen.forward")

    def on_mount(self) -> None:
        """The text scrolls with the arrows, unless the view wants the keys."""
        if not self._leads:
            self.query_one(Reading).focus()


class TroublePage(Page):
    """What happened, why, and what to do; the answers are kept."""

    def __init__(self, trouble: Trouble, *, on: Way, back: Way) -> None:
        super().__init__(on, back)
        self.trouble = trouble

    def compose(self) -> ComposeResult:
        """Three short paragraphs and the two ways on."""
        yield Static(Content.assemble(("✗ ", "$error"), self.trouble.what), classes="question")
        with Reading(classes="reading trouble"):
            if self.trouble.why:
                yield Static(Content.assemble(("Why\n", "bold"), self.trouble.why))
            if self.trouble.do:
                yield Static(Content.assemble(("What to do\n", "bold"), self.trouble.do))
            yield Static(Content("Your answers are kept. Nothing else was changed."))
        yield Button("Back to the answers  esc", classes="on", compact=True,
                     action="screen.backward")  # fmt: skip

    def on_mount(self) -> None:
        """The way back is the likely one."""
        self.query_one(Button).focus()


class ConflictPage(Page):
    """You and the assistant changed the same lines: a choice for every file."""

    def __init__(
        self, files: list[str], *, chosen: Callable[[dict[str, str]], Awaitable[None]], back: Way
    ) -> None:
        super().__init__(back=back)
        self.files = files
        self._chosen = chosen
        self.choices: list[Choice] = []

    def compose(self) -> ComposeResult:
        """A file, its three ways."""
        yield Static(Content("You changed lines that this decision changes too"),
                     classes="question")  # fmt: skip
        with VerticalScroll(classes="questions", can_focus=False):
            yield Static(Content("Nothing is written until you continue. Choose for each file."))
            for number, name in enumerate(self.files):
                choice = Choice(_three_ways(number))
                self.choices.append(choice)
                yield Static(Content(name), classes="label")
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


def _before_table(text: str) -> tuple[str, str]:
    """A picture stands between the first words and the first table."""
    head, bar, rest = text.partition("\n|")
    return head, f"|{rest}" if bar else ""


def _three_ways(number: int) -> Any:
    from mlops_tui.journey import Question
    from mlops_tui.screens import Option

    ways = (
        Option("mine", "Keep mine", "Your lines stay; the new ones are left out."),
        Option("new", "Take the new ones", "The assistant's lines replace yours there."),
        Option("markers", "Both, marked", "Both stay in the file between <<<<<<< and >>>>>>>."),
    )
    return Question(
        name=f"conflict-{number}", kind="choice", label="", help="", changes="", example="",
        options=ways, default="mine", reason="", optional=False,
    )  # fmt: skip
