"""From question to work to what was found, step after step: what continue and back mean."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from mlops_tui.app.form import FormPage, Values
from mlops_tui.app.page import Page
from mlops_tui.app.pages import ConflictPage, FoundPage, TroublePage
from mlops_tui.app.work import WorkPage
from mlops_tui.errors import BadAnswers, Trouble

if TYPE_CHECKING:
    from mlops_tui.journey import Confirmed, Form, Journey
    from mlops_tui.journey.kinds import OnEvent

Job = Callable[["OnEvent"], Awaitable[Any]]
Then = Callable[[Any], Awaitable[None]]
STOPPED = "Stopped. Nothing was changed, and your answers are still here."


class Stage(Protocol):
    """Where pages are shown."""

    async def show(self, page: Page, step: str, form: Form | None = None) -> None:
        """Put a page in the place of the one before."""

    def tell(self, words: str) -> None:
        """Say something in passing."""

    def in_background(self, work: Awaitable[None]) -> None:
        """Run on while the screen answers keys."""


class Flow:
    """Walks one journey and shows a page for every stop on the way."""

    def __init__(self, journey: Journey, stage: Stage) -> None:
        self.journey = journey
        self.stage = stage
        self.step = ""
        self._given: Values = {}
        self._found: dict[int, str] = {}
        self._facts: dict[int, Mapping[str, Any]] = {}
        self.service: Any = None
        self._heard: Mapping[str, Any] = {}
        self._changed = False
        self._task: asyncio.Task[Any] | None = None

    async def go(self, step: str | None = None) -> None:
        """Open a step at its first question; without one, whatever is to do next."""
        step = step or self.journey.next_step()
        if step is None:
            from mlops_tui.app.mission import MissionPage

            self.step = ""
            await self.stage.show(MissionPage(self), "")
            return
        self.step, self._given, self._found, self._changed = step, {}, {}, False
        await self.ask(1)

    async def ask(self, stage: int, note: str = "", problems: Mapping[str, str] | None = None
                  ) -> None:  # fmt: skip
        """Show the questions of a stage."""
        form = self.journey.form(self.step, stage, self._given)
        page = FormPage(
            form,
            check=lambda values: self.journey.check(self.step, stage, self._given | values),
            keep=lambda values: self.journey.keep_draft(self.step, stage, self._given | values),
            answered=lambda values: self._answered(form, page, values),
            back=partial(self._before, form),
            note=note,
        )
        await self.stage.show(page, self.step, form)
        if problems:
            page.tell(problems)

    async def _answered(self, form: Form, page: FormPage, values: Values) -> None:
        self._changed |= page.changed
        self._given |= values
        if form.stage < form.stages:
            look = partial(self.journey.look, self.step, form.stage, dict(self._given))
            await self._work(form, look, partial(self._looked, form))
        elif self._is_done() and not self._changed and (past := self._past()):
            await self._landed(past)
        else:
            await self._confirm(form, None)

    async def repeat(self, step: str, job: Job) -> bool:
        """Take a recorded decision again, in sight; False when it did not land."""
        self.step, self._given, self._found = step, {}, {}
        form = self.journey.form(step)
        landed: list[Confirmed] = []

        async def then(found: Confirmed) -> None:
            landed.append(found)

        page = WorkPage(form.title, form.commands, self.stop)
        await self.stage.show(page, step)
        await self._do(form, page, job, then)
        return bool(landed)

    def _is_done(self) -> bool:
        places = self.journey.rail()
        return any(place.step == self.step and place.state == "done" for place in places)

    def _past(self) -> Confirmed | None:
        return self.journey.found(self.step)

    async def _confirm(self, form: Form, conflicts: Mapping[str, Any] | None) -> None:
        async def job(on_event: OnEvent) -> Any:
            values = dict(self._given)
            return await self.journey.confirm(self.step, values, on_event, conflicts=conflicts)

        await self._work(form, job, self._landed)

    async def _looked(self, form: Form, text: str) -> None:
        self._found[form.stage] = text
        self._facts[form.stage] = self._heard
        if text.strip():
            await self._show_found(form)
        else:
            await self.ask(form.stage + 1)

    async def _show_found(self, form: Form) -> None:
        from mlops_tui.app.views import look_view

        page = FoundPage(
            form.title,
            self._found[form.stage],
            view=look_view(self.journey, self.step, self._facts[form.stage]),
            on=partial(self.ask, form.stage + 1),
            back=partial(self.ask, form.stage),
        )
        await self.stage.show(page, self.step)

    async def _landed(self, found: Confirmed) -> None:
        from mlops_tui.app.views import result_view

        title = next(place.title for place in self.journey.rail() if place.step == found.step)
        on = partial(self.go, self._after(found))
        view = result_view(self.journey, found)
        if not found.text.strip() and view is None:
            await on()
            return
        page = FoundPage(title, found.text, view=view, on=on, back=partial(self.go, found.step))
        await self.stage.show(page, found.step)

    def _after(self, found: Confirmed) -> str | None:
        """Where continue leads: the next undone step, or along the done ones when looking back."""
        if self._changed or not self._is_done():
            return None
        steps = [place.step for place in self.journey.rail()]
        states = {place.step: place.state for place in self.journey.rail()}
        following = steps[steps.index(found.step) + 1 :]
        nearest = following[0] if following else None
        return nearest if nearest and states[nearest] == "done" else None

    async def _before(self, form: Form) -> None:
        if form.stage > 1:
            form = self.journey.form(self.step, form.stage - 1, self._given)
            if self._found.get(form.stage, "").strip():
                await self._show_found(form)
            else:
                await self.ask(form.stage)
            return
        steps = [place.step for place in self.journey.rail()]
        index = steps.index(self.step)
        if index == 0:
            self.stage.tell("This is the first step. ctrl+q leaves; everything you typed is kept.")
        else:
            await self.go(steps[index - 1])

    # Work ------------------------------------------------------------------------------------

    async def _work(self, form: Form, job: Job, then: Then) -> None:
        page = WorkPage(form.title, form.commands, self.stop)
        await self.stage.show(page, self.step)
        self.stage.in_background(self._do(form, page, job, then))

    async def _do(self, form: Form, page: WorkPage, job: Job, then: Then) -> None:
        self._task = asyncio.ensure_future(job(page.take))
        try:
            found = await self._task
            self._heard = page.facts
        except asyncio.CancelledError:
            if not page.stopping:
                raise
            await self.ask(form.stage, STOPPED)
        except BadAnswers as bad:
            await self._ask_for(form, bad)
        except Trouble as trouble:
            await self._show_trouble(form, page, job, then, trouble)
        else:
            await then(found)
        finally:
            self._task = None

    async def _ask_for(self, form: Form, bad: BadAnswers) -> None:
        """Go to the stage that asks for the first answer that cannot be used."""
        for stage in range(1, form.stage + 1):
            asked = {q.name for q in self.journey.form(self.step, stage, self._given).questions}
            if asked & set(bad.problems):
                await self.ask(stage, problems=bad.problems)
                return
        await self.ask(form.stage, note=str(bad))

    async def _show_trouble(
        self, form: Form, page: WorkPage, job: Job, then: Then, trouble: Trouble
    ) -> None:
        from mlops_tui.journey import Conflicts

        back = partial(self.ask, form.stage)
        if page.stopping:
            await self.ask(form.stage, STOPPED)
        elif isinstance(trouble, Conflicts):
            await self.stage.show(
                ConflictPage(trouble.paths, chosen=partial(self._confirm, form), back=back),
                self.step,
            )
        else:
            again = partial(self._work, form, job, then)
            await self.stage.show(TroublePage(trouble, on=again, back=back), self.step)

    async def watched(self, work: Awaitable[Any]) -> Any:
        """Run something that the stop key ends."""
        self._task = asyncio.ensure_future(work)
        try:
            return await self._task
        finally:
            self._task = None

    @property
    def busy(self) -> bool:
        """Whether work is running."""
        return self._task is not None

    async def stop(self) -> None:
        """End the running work; the page before comes back when it has ended."""
        if self._task is not None:
            self._task.cancel()

    async def close(self) -> None:
        """End the work and the service before the app leaves."""
        task = self._task
        if task is not None:
            task.cancel()
            await asyncio.wait([task], timeout=2)
        if self.service is not None and self.service.alive:
            await self.service.stop()
