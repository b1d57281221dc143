"""The questions of a stage, made from what the journey asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Button, Input, Static, TextArea

from mlops_tui.app.fields import Control, Edited, control
from mlops_tui.app.page import Page, Way

if TYPE_CHECKING:
    from mlops_tui.journey import Form, Question

Values = dict[str, Any]
KEEP_AFTER = 0.3


class FieldBox(Vertical):
    """A question: its label, the control that takes the answer, and what is wrong with it."""

    def __init__(self, question: Question) -> None:
        super().__init__(classes=f"field kind-{question.kind}")
        self.question = question
        self.control = control(question)

    def compose(self) -> ComposeResult:
        """Label, control, problem."""
        yield Static(Content(self.question.label), classes="label")
        yield self.control
        yield Static("", classes="problem")

    @property
    def answer(self) -> Any:
        """The answer as it stands."""
        assert isinstance(self.control, Control)
        return self.control.answer

    def tell(self, problem: str) -> None:
        """Show what is wrong with the answer; '' when nothing is."""
        place = self.query_one(".problem", Static)
        place.update(Content(f"✗ {problem}" if problem else ""))
        self.set_class(bool(problem), "-wrong")


class FormPage(Page):
    """Asks the questions of one stage, checks while typing, and keeps what was typed."""

    explains = True

    class Pointed(Message):
        """Another question, or another option of it, wants its hint shown."""

        def __init__(self, page: FormPage, question: Question | None, hint: str) -> None:
            super().__init__()
            self.page = page
            self.question = question
            self.hint = hint

    def __init__(
        self,
        form: Form,
        *,
        check: Callable[[Values], Mapping[str, str]],
        keep: Callable[[Values], None],
        answered: Callable[[Values], Awaitable[None]],
        back: Way,
        note: str = "",
    ) -> None:
        super().__init__(back=back)
        self.form = form
        self.note = Static(classes="note")
        self.say(note)
        self.boxes = {q.name: FieldBox(q) for q in form.questions}
        self._box_of = {box.control: box for box in self.boxes.values()}
        self._first = next(iter(self.boxes.values()), None)
        self._check, self._keep, self._answered = check, keep, answered
        self._touched: set[str] = set()
        self._timer: Timer | None = None
        self.initial: Values = {}

    def compose(self) -> ComposeResult:
        """The question of the step, then its questions, then what continuing runs."""
        yield Static(Content(self.form.question), classes="question")
        with VerticalScroll(classes="questions", can_focus=False):
            yield self.note
            yield from self.boxes.values()
            yield Static(_runs(self.form), classes="runs")
            yield Button("Continue  ctrl+n", classes="on", compact=True, action="screen.forward")

    def say(self, note: str) -> None:
        """Show a note above the questions; '' takes it away."""
        self.note.display = bool(note)
        self.note.update(Content(note))

    def on_mount(self) -> None:
        """The first question has the focus."""
        self.initial = self.values()
        target: Widget = self._first.control if self._first else self.query_one(Button)
        self.call_after_refresh(target.focus)

    @property
    def explained(self) -> tuple[Question | None, str]:
        """The first question, until another has the focus."""
        return _about(self._first)

    def values(self) -> Values:
        """Every answer as it stands."""
        return {name: box.answer for name, box in self.boxes.items()}

    @property
    def changed(self) -> bool:
        """Whether the user changed anything here."""
        return self.values() != self.initial

    def tell(self, problems: Mapping[str, str]) -> None:
        """Show problems at their fields and go to the first."""
        self._touched |= set(problems)
        for name, box in self.boxes.items():
            box.tell(problems.get(name, ""))
        first = next((box for name, box in self.boxes.items() if name in problems), None)
        if first:
            first.control.focus()

    async def forward(self) -> None:
        """Hand the answers on when nothing is wrong with them."""
        self.leave()
        values = self.values()
        problems = self._check(values)
        self.tell({name: told for name, told in problems.items() if name in self.boxes})
        if not problems:
            await self._answered(values)
        elif not set(problems) & set(self.boxes):
            self.notify("\n".join(problems.values()), severity="error", markup=False)

    def leave(self) -> None:
        """Keep the draft now."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        if self.changed or self._touched:
            self._keep(self.values())

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        box = self._box_of.get(event.control)
        if box and box.control.has_focus:
            self._edited(box.question.name)

    @on(Edited)
    def _chosen(self, event: Edited) -> None:
        event.stop()
        self._point(self.boxes[event.name])
        if not event.pointed:
            self._edited(event.name)

    def _edited(self, name: str) -> None:
        self._touched.add(name)
        problems = self._check(self.values())
        for touched in self._touched:
            self.boxes[touched].tell(problems.get(touched, ""))
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_AFTER, lambda: self._keep(self.values()))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the hint of the question that has the focus, all of it in sight."""
        box = self._box_of.get(event.widget)
        self._point(box)
        if box:
            box.scroll_visible(animate=False)

    def _point(self, box: FieldBox | None) -> None:
        self.post_message(self.Pointed(self, *_about(box)))


def _runs(form: Form) -> Content:
    if not form.commands:
        return Content("")
    told = "\n".join(f"$ {command}" for command in form.commands)
    return Content(f"Continue runs, in your project:\n{told}")


def _about(box: FieldBox | None) -> tuple[Question | None, str]:
    return (box.question, getattr(box.control, "hint", "")) if box else (None, "")
