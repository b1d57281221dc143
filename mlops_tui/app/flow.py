"""From question to work to what was found, step after step: what continue and back mean."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from mlops_tui.app.form import FormPage, Values
from mlops_tui.app.page import Page
from mlops_tui.app.pages import FoundPage, TroublePage
from mlops_tui.app.running import Running
from mlops_tui.app.work import WorkPage
from mlops_tui.errors import BadAnswers, Trouble

if TYPE_CHECKING:
    from mlops_tui.journey import Confirmed, Form, Journey, OnEvent, Place

Job = Callable[["OnEvent"], Awaitable[Any]]
Then = Callable[[Any], Awaitable[None]]
STOPPING = "Stopping…"
STOPPED = "Stopped. Nothing was changed, and your answers are still here."
FIRST = "This is the first step. ctrl+q leaves; everything you typed is kept."


class Stage(Protocol):
    """The screen on which pages are shown."""

    async def show(self, page: Page, step: str, form: Form | None = None) -> None:
        """Put a page in the place of the one before."""

    def refresh_bindings(self) -> None:
        """Other keys are at hand now."""

    def notify(self, message: str, *, markup: bool = True) -> None:
        """Say something in passing."""

    def run_worker(self, work: Any, *, group: str = "") -> Any:
        """Run on while the screen answers keys."""


class Flow:
    """Walks one journey and shows a page for every stop on the way."""

    def __init__(self, journey: Journey, stage: Stage) -> None:
        self.journey = journey
        self.stage = stage
        self.running = Running(stage.refresh_bindings)
        self.step = ""
        self._given: Values = {}
        self._again: dict[int, Callable[[], FoundPage]] = {}
        self._changed = False
        self._asked: FormPage | None = None

    async def go(self, step: str | None = None) -> None:
        """Open a step at its first question; without one, whatever is to do next."""
        step = step or self.journey.next_step()
        self.step, self._given, self._again, self._changed = step or "", {}, {}, False
        if step is None:
            from mlops_tui.app.mission import MissionPage

            await self.stage.show(MissionPage(self), "")
        else:
            await self.ask(1)

    async def ask(
        self, stage: int, note: str = "", problems: Mapping[str, str] | None = None
    ) -> None:
        """Show the questions of a stage."""
        step, journey = self.step, self.journey
        form = journey.form(step, stage, self._given)
        page = FormPage(
            form,
            check=lambda values: journey.check(step, stage, self._given | values),
            keep=lambda values: journey.keep_draft(step, stage, self._given | values),
            answered=lambda values: self._answered(form, page, values),
            back=partial(self._before, form),
            note=note,
        )
        self._asked = page
        await self.stage.show(page, step, form)
        if problems:
            page.tell(problems)

    async def repeat(self, step: str, job: Job) -> bool:
        """Take a recorded decision again, in sight; False when it did not land."""
        self.step, self._given, self._again = step, {}, {}
        form = self.journey.form(step)
        landed: list[Confirmed] = []
        left = False

        async def then(found: Confirmed) -> None:
            landed.append(found)
            if left:  # tried again after trouble: the replay is over, the journey goes on
                await self.go()

        page = WorkPage(form.title, form.commands, partial(self._stop, form))
        await self.stage.show(page, step)
        await self._do(form, page, job, then)
        left = not landed
        return bool(landed)

    async def _answered(self, form: Form, page: FormPage, values: Values) -> None:
        if page.changed:
            self._changed = True
            later = self.journey.answered_otherwise(self.step, form.stage)
            self._given = {n: v for n, v in self._given.items() if n not in later}
        self._given |= values
        past = self.journey.found(self.step)
        if form.stage < form.stages:
            look = partial(self.journey.look, self.step, form.stage, dict(self._given))
            await self._work(form, look, None)
        elif (
            past and not self._changed and place_of(self.journey.rail(), self.step).state == "done"
        ):
            # Looking back over a done step: nothing is run again.
            await self._landed(past, following(self.journey.rail(), self.step))
        else:
            await self._confirm(form, None)

    async def _confirm(self, form: Form, conflicts: Mapping[str, Any] | None) -> None:
        values = dict(self._given)

        async def job(on_event: OnEvent) -> Any:
            return await self.journey.confirm(self.step, values, on_event, conflicts=conflicts)

        await self._work(form, job, self._landed)

    async def _looked(self, form: Form, text: str, facts: Mapping[str, Any]) -> None:
        from mlops_tui.app.views import look_view

        if not text.strip():
            await self.ask(form.stage + 1)
            return

        def keep(changed: Values) -> None:
            self._changed = True
            self._given |= changed
            self.journey.keep_draft(self.step, form.stage + 1, self._given)

        def page() -> FoundPage:
            view = look_view(self.journey, self.step, facts, self._given, keep)
            on, back = partial(self.ask, form.stage + 1), partial(self.ask, form.stage)
            return FoundPage(form.title, text, view=view, on=on, back=back)

        self._again[form.stage] = page
        await self.stage.show(page(), self.step)

    async def _landed(self, found: Confirmed, next_step: str | None = None) -> None:
        from mlops_tui.app.views import result_view

        view = result_view(self.journey, found)
        if not found.text.strip() and view is None:
            await self.go(next_step)
            return
        on, back = partial(self.go, next_step), partial(self.go, found.step)
        title = place_of(self.journey.rail(), found.step).title
        page = FoundPage(title, found.text, view=view, on=on, back=back)
        await self.stage.show(page, found.step)

    async def _before(self, form: Form) -> None:
        """From a later part to what was found before it; from the first to the step before."""
        number = place_of(self.journey.rail(), self.step).number
        if form.stage > 1 and form.stage - 1 in self._again:
            await self.stage.show(self._again[form.stage - 1](), self.step)
        elif form.stage > 1:
            await self.ask(form.stage - 1)
        elif number == 1:
            self.stage.notify(FIRST, markup=False)
        else:
            await self.go(self.journey.rail()[number - 2].step)

    async def _work(self, form: Form, job: Job, then: Then | None) -> None:
        page = WorkPage(form.title, form.commands, partial(self._stop, form))
        await self.stage.show(page, self.step)
        self.stage.run_worker(self._do(form, page, job, then), group="work")

    async def _do(self, form: Form, page: WorkPage, job: Job, then: Then | None) -> None:
        try:
            found = await self.running.run(job(page.take))
        except asyncio.CancelledError:
            if not page.stopping:
                raise
            self._stopped()
        except BadAnswers as bad:
            await self._ask_for(form, bad)
        except Trouble as trouble:
            await self._show_trouble(form, page, job, then, trouble)
        else:
            await (then(found) if then else self._looked(form, found, page.facts))

    async def _stop(self, form: Form) -> None:
        """The questions are back at once; the work's processes end within a second."""
        await self.ask(form.stage, STOPPING)
        await self.running.stop()

    def _stopped(self) -> None:
        if self._asked is not None:
            self._asked.say(STOPPED)

    async def _ask_for(self, form: Form, bad: BadAnswers) -> None:
        """Go to the stage that asks for the first answer that cannot be used."""
        for stage in range(1, form.stage + 1):
            asked = {q.name for q in self.journey.form(self.step, stage, self._given).questions}
            if asked & set(bad.problems):
                await self.ask(stage, problems=bad.problems)
                return
        await self.ask(form.stage, note=str(bad))

    async def _show_trouble(
        self, form: Form, page: WorkPage, job: Job, then: Then | None, trouble: Trouble
    ) -> None:
        from mlops_tui.app.conflict import ConflictPage
        from mlops_tui.journey import Conflicts

        back = partial(self.ask, form.stage)
        shown: Page
        if page.stopping:
            self._stopped()
            return
        if isinstance(trouble, Conflicts):
            shown = ConflictPage(trouble.conflicts, chosen=partial(self._confirm, form), back=back)
        else:
            shown = TroublePage(trouble, on=partial(self._work, form, job, then), back=back)
        await self.stage.show(shown, self.step)


def place_of(rail: list[Place], step: str) -> Place:
    """A step's place on the rail."""
    return next(place for place in rail if place.step == step)


def following(rail: list[Place], step: str) -> str | None:
    """Where looking back leads on: the next done step, else None (whatever is to do next)."""
    number = place_of(rail, step).number
    nearest = rail[number] if number < len(rail) else None
    return nearest.step if nearest and nearest.state == "done" else None
