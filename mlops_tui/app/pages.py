"""Pages that tell: what was found, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Markdown, Static

from mlops_tui.app.page import Page, Way

if TYPE_CHECKING:
    from mlops_tui.errors import Trouble


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


def _before_table(text: str) -> tuple[str, str]:
    """A picture stands between the first words and the first table."""
    head, bar, rest = text.partition("\n|")
    return head, f"|{rest}" if bar else ""
