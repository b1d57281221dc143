"""The lifecycle at the side: three phases, thirteen steps, and where we are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from mlops_tui.app.text import fit, lines

if TYPE_CHECKING:
    from mlops_tui.journey import Place

MARKS = {"done": "✓", "stale": "↻", "todo": "·"}
HERE = "▸"
LEGEND = "✓ done   ▸ here   ↻ to do again   · to come"
STYLES = {"done": "$success", "stale": "$warning", "todo": "$secondary"}


class Rail(Widget, can_focus=True):
    """All steps; arrows and enter, or the mouse, open one again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Step", key_display="↑↓"),
        Binding("down", "move(1)", show=False),
        Binding("enter", "open", "Open this step"),
    ]
    cursor = reactive(0)
    places: reactive[Sequence[Place]] = reactive(())
    here = reactive("")

    class Opened(Message):
        """The user wants to see this step."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    def render(self) -> Content:
        """Phases as headings, steps under them."""
        width = self.content_size.width
        drawn: list[Content] = []
        for kind, index in self._layout():
            if index is None:
                drawn.append(Content.styled(fit(kind.upper(), width), "$secondary bold"))
            else:
                drawn.append(self._step(index, width))
        return lines(drawn)

    def _layout(self) -> list[tuple[str, int | None]]:
        rows: list[tuple[str, int | None]] = []
        phase = ""
        for index, place in enumerate(self.places):
            if place.phase != phase:
                phase = place.phase
                rows.append((phase, None))
            rows.append((place.step, index))
        return rows

    def _step(self, index: int, width: int) -> Content:
        place = self.places[index]
        here = place.step == self.here
        mark = HERE if here else MARKS[place.state]
        told = f"{mark} {place.number:>2} {place.title}"
        if self.has_focus and index == self.cursor:
            return Content.styled(fit(f"[{told}", width - 1) + "]", "$accent bold reverse")
        style = "$accent bold" if here else STYLES[place.state]
        return Content.styled(fit(told, width), style)

    def on_focus(self) -> None:
        """Begin where we are."""
        steps = [place.step for place in self.places]
        self.cursor = steps.index(self.here) if self.here in steps else 0

    def action_move(self, by: int) -> None:
        """Move along the steps."""
        self.cursor = min(max(self.cursor + by, 0), max(len(self.places) - 1, 0))

    def action_open(self) -> None:
        """Open the step under the cursor."""
        if self.places:
            self.post_message(self.Opened(self.places[self.cursor]))

    def on_click(self, event: events.Click) -> None:
        """Open the step under the mouse."""
        layout = self._layout()
        if event.y < len(layout) and (index := layout[event.y][1]) is not None:
            self.cursor = index
            self.action_open()
