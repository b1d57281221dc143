"""Journeys without questions: answers come from recommendations or from a recording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from mlops_tui.errors import BadInput, StepFailed
from mlops_tui.journey import Form, Journey, Place, Question, Recording
from mlops_tui.journey.forms import table_answer
from mlops_tui.lifecycle import latest
from mlops_tui.report import Reporter, Summary, finish, summarize
from mlops_tui.session import Decision
from mlops_tui.steps import STEPS

Suggestions = Mapping[str, Mapping[str, Any]]
_MOST_VISITS = 3


class Source(Protocol):
    """Where the answers come from when nobody is asked."""

    def answers(self, form: Form) -> dict[str, Any]:
        """An answer to every question of the form; raises BadInput for one that is missing."""


@dataclass(frozen=True)
class Recommended:
    """The recommended answers, or (`everything` is False) only those that were given."""

    given: Suggestions
    everything: bool = True

    def answers(self, form: Form) -> dict[str, Any]:
        """The defaults, in which what was given already took the place of the recommendation."""
        return {question.name: self._answer(form, question) for question in form.questions}

    def _answer(self, form: Form, question: Question) -> Any:
        given = self.given.get(form.step, {})
        if question.name in given and question.kind == "table":
            return _table(form.step, question, given[question.name])
        if question.name in given:
            return given[question.name]
        if self.everything and (question.default is not None or question.optional):
            return question.default
        why = "no answer can be recommended" if self.everything else "--defaults was not given"
        raise _missing(form, question, f"Nobody is asked here, and {why}")


def _table(step: str, question: Question, told: Any) -> dict[str, str]:
    """Names that the table does not have stay in, for the checks to refuse."""
    bases = question.settled({})
    return table_answer(STEPS[step], question.name, bases, question.recommended, told)


def _missing(form: Form, question: Question, why: str) -> BadInput:
    setting = f"--set {form.step}.{question.name}=VALUE"
    also = " (or --data FILE)" if (form.step, question.name) == ("data", "source") else ""
    also = " (or --target COLUMN)" if (form.step, question.name) == ("data", "target") else also
    return BadInput(
        f"The step '{form.step}' has no answer to '{question.name}' ({question.label}).",
        f"{why}.",
        f"Give one with {setting}{also}, for example {question.example}.",
    )


async def take(journey: Journey, step: str, source: Source, reporter: Reporter) -> None:
    """One step: answer its stages, do its work, land the decision."""
    on_event = partial(reporter.event, step)
    values: dict[str, Any] = {}
    form = journey.form(step)
    reporter.begin(place_of(journey, step), form.question)
    for stage in range(1, form.stages + 1):
        form = form if stage == 1 else journey.form(step, stage, values)
        answered = source.answers(form)
        for question in form.questions:
            value = answered[question.name]
            reason = question.reason if value == question.recommended else ""
            reporter.answer(step, question, value, reason)
        values.update(answered)
        if stage < form.stages:
            reporter.found(step, await journey.look(step, stage, values, on_event))
    reporter.confirmed(await journey.confirm(step, values, on_event))


async def walk(
    journey: Journey, source: Source, reporter: Reporter, until: str | None = None
) -> None:
    """Step after step to the end, or to `until` and no further."""
    visits: Counter[str] = Counter()
    while (step := journey.next_step()) is not None:
        visits[step] += 1
        if visits[step] > _MOST_VISITS:
            raise StepFailed(
                f"The journey goes round in circles: '{step}' came up {visits[step]} times.",
                "The answers send the evaluation back to a step whose answers stay the same.",
                f"Change one of them, for example with --set {step}.FIELD=VALUE.",
            )
        await take(journey, step, source, reporter)
        if step == until:
            return


async def new(
    root: Path,
    suggestions: Suggestions,
    reporter: Reporter,
    *,
    everything: bool = True,
    until: str | None = None,
) -> Summary:
    """A new project from recommended answers."""
    journey = Journey.create(root, suggestions)
    try:
        await walk(journey, Recommended(suggestions, everything), reporter, until)
        return finish(journey, reporter)
    finally:
        journey.close()


async def replay(
    recording: Recording,
    changes: Suggestions,
    root: Path,
    reporter: Reporter,
    until: str | None = None,
) -> Summary:
    """The project of a session again: same answers, same times, the recorded search.

    The summary is for the caller to tell: a verification comes before it.
    """
    journey = recording.begin(root)
    try:
        for decision in recording.steps(until):
            step = decision.step
            reporter.begin(place_of(journey, step), STEPS[step].screen.question)
            last = decision is latest(recording.session.decisions, step)
            _tell_answers(decision, changes.get(step, {}) if last else {}, reporter)
            on_event = partial(reporter.event, step)
            reporter.confirmed(await recording.confirm(journey, decision, on_event))
        return summarize(journey)
    finally:
        journey.close()


def _tell_answers(decision: Decision, changed: Mapping[str, Any], reporter: Reporter) -> None:
    values = {**STEPS[decision.step].model.unasked(), **decision.answers, **changed}
    for words in STEPS[decision.step].screen.fields:
        value = values.get(words.name)
        reason = "" if words.name in changed else decision.reasons.get(words.name, "")
        reporter.answer(decision.step, words, value, reason)


def place_of(journey: Journey, step: str) -> Place:
    """The step's place on the rail."""
    return next(place for place in journey.rail() if place.step == step)
