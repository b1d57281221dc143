"""Journeys without questions: answers come from recommendations or from a recording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from mlops_tui.errors import BadInput, StepFailed
from mlops_tui.journey import Form, Journey, Question
from mlops_tui.journey.core import Suggestions
from mlops_tui.report import Reporter, Summary, finish, one_line
from mlops_tui.session import Decision, Session

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
        if question.name in given and question.kind != "treatments":
            return given[question.name]
        if self.everything and (question.default is not None or question.optional):
            return question.default
        why = "no answer can be recommended" if self.everything else "--defaults was not given"
        raise _missing(form, question, f"Nobody is asked here, and {why}")


@dataclass(frozen=True)
class Recorded:
    """The answers of one decision of a session, some of them edited."""

    decision: Decision
    edits: Mapping[str, Any] = field(default_factory=dict)

    def answers(self, form: Form) -> dict[str, Any]:
        """What was recorded for the questions of this form."""
        told = {**self.decision.answers, **self.edits}
        found: dict[str, Any] = {}
        for question in form.questions:
            if question.name in told:
                found[question.name] = told[question.name]
            elif question.optional:
                found[question.name] = None
            else:
                raise _missing(form, question, "The session holds no answer, and nobody is asked")
        return found


def _missing(form: Form, question: Question, why: str) -> BadInput:
    setting = f"--set {form.step}.{question.name}=VALUE"
    also = " (or --data FILE)" if (form.step, question.name) == ("data", "source") else ""
    also = " (or --target COLUMN)" if (form.step, question.name) == ("data", "target") else also
    return BadInput(
        f"The step '{form.step}' has no answer to '{question.name}' ({question.label}).",
        f"{why}.",
        f"Give one with {setting}{also}, for example {question.example}.",
    )


async def take(
    journey: Journey,
    step: str,
    source: Source,
    reporter: Reporter,
    at: datetime | None = None,
    recorded: Decision | None = None,
) -> None:
    """One step: answer its stages, do its work, land the decision."""
    on_event = partial(reporter.event, step)
    values: dict[str, Any] = {}
    form = journey.form(step)
    place = next(place for place in journey.rail() if place.step == step)
    reporter.begin(place, form.question)
    for stage in range(1, form.stages + 1):
        form = form if stage == 1 else journey.form(step, stage, values)
        answered = source.answers(form)
        for question in form.questions:
            reporter.answer(step, question, answered[question.name])
        values.update(answered)
        if stage < form.stages:
            reporter.found(step, await journey.look(step, stage, values, on_event))
    reporter.confirmed(await journey.confirm(step, values, on_event, at, recorded=recorded))


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
    session: Session,
    root: Path,
    reporter: Reporter,
    *,
    data: Path | None = None,
    edits: Suggestions,
    until: str | None = None,
) -> Summary:
    """The project of a session again: same answers, same times, the recorded search."""
    chosen = _chosen(session, edits, until)
    journey = Journey.create(root, author=session.author)
    try:
        for decision, changed in chosen:
            place = {"source": str(data)} if data and decision.step == "data" else {}
            source = Recorded(decision, {**place, **changed})
            await take(journey, decision.step, source, reporter, decision.at, decision)
        return finish(journey, reporter)
    finally:
        journey.close()


def _chosen(
    session: Session, edits: Suggestions, until: str | None
) -> list[tuple[Decision, Mapping[str, Any]]]:
    """The decisions to take, each with its edits: an edit changes the step's last decision."""
    last = {decision.step: index for index, decision in enumerate(session.decisions)}
    for step in [*edits, *([until] if until else [])]:
        if step not in last:
            raise BadInput(
                f"The session holds no decision on the step '{step}'.",
                f"It holds: {', '.join(last) or 'none at all'}.",
                "Name one of these, or finish the session first.",
            )
    end = last[until] + 1 if until else len(session.decisions)
    return [
        (decision, edits.get(decision.step, {}) if index == last[decision.step] else {})
        for index, decision in enumerate(session.decisions[:end])
    ]


def find_data(session: Session, beside: Path, given: Path | None) -> Path | None:
    """The data of a session: the file given, else one that lies where a project keeps it."""
    if given is not None:
        return given
    decided = session.answers("data")
    if decided is None:
        return None
    name = Path(str(decided.get("source", ""))).name
    for place in (beside / name, beside / "data" / name, beside / "data" / "raw.parquet"):
        if name and place.is_file():
            return place
    raise BadInput(
        f"The data of this session ({one_line(name)}) is not here.",
        "A session holds the fingerprint of the data and not the data itself.",
        "Say where the file is with --data FILE.",
    )
