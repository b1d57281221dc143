"""Leads through steps, stages and questions, forwards and back."""

from __future__ import annotations

from functools import partial
from typing import Any

from mlops_tui.errors import BadAnswers, Trouble
from mlops_tui.journey import Confirmed, Conflicts, Form, Journey
from mlops_tui.lifecycle import ORDER
from mlops_tui.prompts.talk import Back, Talk
from mlops_tui.report import one_line

AGAIN = {
    "again": "try once more with the same answers",
    "back": "change the answers",
    "leave": "stop here; everything confirmed is kept",
}
VERSIONS = {
    "mine": "keep my version of the file",
    "new": "take the version of this decision",
    "markers": "both, with conflict markers for me to mend",
}


class Guide:
    """One person on the way through one journey."""

    def __init__(self, journey: Journey, talk: Talk) -> None:
        self._journey = journey
        self._talk = talk
        self._lines = talk.lines

    async def lead(self) -> None:
        """Step after step until the journey is complete."""
        self._lines.say("Enter takes the answer in brackets. ? explains, back goes back,")
        self._lines.say("Ctrl-C leaves and keeps everything.")
        step = self._journey.next_step()
        while step is not None:
            step = await self._after_step(step)

    async def _after_step(self, step: str) -> str | None:
        """Do a step; the step to go on with."""
        try:
            await self._step(step)
        except Back:
            return self._before(step)
        return self._journey.next_step()

    def _before(self, step: str) -> str:
        at = ORDER.index(step)
        if at == 0:
            self._lines.say("This is the first question; there is nothing before it.", 2)
            return step
        return ORDER[at - 1]

    async def _step(self, step: str) -> None:
        """Ask all stages of a step and do its work; raises Back from its first question."""
        values: dict[str, Any] = {}
        form = self._journey.form(step)
        place = next(place for place in self._journey.rail() if place.step == step)
        self._lines.begin(place, form.question)
        self._lines.say(one_line(form.why, 2000), 5)
        stage = 1
        while True:
            try:
                await self._stages(step, stage, values)
                self._lines.confirmed(await self._confirm(step, values))
                return
            except BadAnswers as wrong:
                self._tell_wrong(wrong)
                stage = self._stage_of(step, next(iter(wrong.problems)), values)

    async def _stages(self, step: str, first: int, values: dict[str, Any]) -> None:
        """From stage `first` to the last, with a look between; back goes to the stage before."""
        stage, backwards = first, False
        form = self._journey.form(step, stage, values)
        while True:
            try:
                await self._questions(form, values, backwards)
            except Back:
                if stage == 1:
                    raise
                stage, backwards = stage - 1, True
                form = self._journey.form(step, stage, values)
                continue
            if stage == form.stages:
                return
            if any(values[q.name] != q.default for q in form.questions):
                for name in self._journey.answered_otherwise(step, stage) & set(values):
                    del values[name]
            stage, backwards = await self._look(step, stage, values), False
            form = self._journey.form(step, stage, values)

    async def _look(self, step: str, stage: int, values: dict[str, Any]) -> int:
        """Look after a stage; the stage to ask next, which is the same one after trouble."""
        on_event = partial(self._lines.event, step)
        while True:
            try:
                found = await self._journey.look(step, stage, values, on_event)
            except BadAnswers:
                raise
            except Trouble as trouble:
                try:
                    await self._after(trouble)
                except Back:
                    return stage
            else:
                self._lines.found(step, found)
                return stage + 1

    async def _questions(self, form: Form, values: dict[str, Any], backwards: bool) -> None:
        at = len(form.questions) - 1 if backwards else 0
        while at < len(form.questions):
            question = form.questions[at]
            where = f"Question {at + 1} of {len(form.questions)}"
            check = partial(self._problem, form, values, question.name)
            try:
                values[question.name] = await self._talk.ask(form, question, where, check)
                self._journey.keep_draft(form.step, form.stage, values)
                at += 1
            except Back:
                if at == 0:
                    raise
                at -= 1

    def _problem(self, form: Form, values: dict[str, Any], name: str, value: Any) -> str | None:
        """What is wrong with this answer, given those before it; later ones are as filled in."""
        filled = {question.name: question.default for question in form.questions}
        found = self._journey.check(form.step, form.stage, {**filled, **values, name: value})
        return found.get(name)

    async def _confirm(self, step: str, values: dict[str, Any]) -> Confirmed:
        choices: dict[str, Any] = {}
        on_event = partial(self._lines.event, step)
        while True:
            try:
                return await self._journey.confirm(step, values, on_event, conflicts=choices)
            except BadAnswers:
                raise
            except Conflicts as open_ones:
                self._lines.say(str(open_ones), 2)
                for conflict in open_ones.conflicts:
                    words = {k: v for k, v in VERSIONS.items() if k != "markers"}
                    words = VERSIONS if conflict.can_mark else words
                    prompt = f"{one_line(conflict.path)} [mine]: "
                    choices[conflict.path] = await self._talk.choose(prompt, words)
            except Trouble as trouble:
                await self._after(trouble)

    async def _after(self, trouble: Trouble) -> None:
        """Tell what failed; return to try again, or raise Back or the trouble."""
        self._lines.say(f"\n{trouble}")
        match await self._talk.choose("What now? [again]: ", AGAIN):
            case "back":
                raise Back
            case "leave":
                raise trouble

    def _tell_wrong(self, wrong: BadAnswers) -> None:
        for name, problem in wrong.problems.items():
            self._lines.say(f"{name}: {problem}", 2)

    def _stage_of(self, step: str, name: str, values: dict[str, Any]) -> int:
        stages = self._journey.form(step).stages
        for stage in range(stages, 1, -1):
            form = self._journey.form(step, stage, values)
            if any(question.name == name for question in form.questions):
                return stage
        return 1
