"""What every step is made of: an answers model, defaults with reasons, checks and work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from pydantic import BaseModel

from mlops_tui.answers import Answers
from mlops_tui.screens import Option, Row, Screen, Words, screen

if TYPE_CHECKING:
    from mlops_tui.profile import Profile

A = TypeVar("A", bound=BaseModel)
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Default:
    """A recommended answer; `reason` is an id in the screen file, filled in with `facts`."""

    value: Any
    reason: str = ""
    facts: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What doing a step's work found.

    `facts` repeat bit for bit, `measured` do not. `files` maps project paths to the files the
    work made, to be committed; `local` to files that stay in the project's folder outside git.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    measured: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    local: Mapping[str, Path] = field(default_factory=dict)


class SoFar(Protocol):
    """What was decided and found before a step; the project's files as they stand."""

    def answers(self, step: str, model: type[A]) -> A | None:
        """The answers in force for a step, or None."""

    def facts(self, step: str) -> Mapping[str, Any]:
        """What the work of a step found; empty when it was not done yet."""

    def measured(self, step: str) -> Mapping[str, Any]:
        """What depends on clock and load in what a step found."""

    def params(self) -> Mapping[str, Any]:
        """The content of `params.yaml` as decided so far."""

    def profile(self) -> Profile | None:
        """The data profile of the last look or, without one, of the decision in force."""

    def source(self) -> str | None:
        """Where the data is on this machine, if that is known."""

    @property
    def folder(self) -> Path:
        """The project's folder."""


class Desk(Protocol):
    """Where a step's work happens: a scratch checkout of the project, and its commands."""

    @property
    def root(self) -> Path:
        """The scratch checkout; thrown away after the files of the outcome were taken."""

    @property
    def keep(self) -> Path:
        """A folder that lives until the decision has landed (for what a look found)."""

    @property
    def recorded(self) -> Outcome | None:
        """When replaying an unchanged decision: what the recording holds, and those of its files
        that lie beside it as they were recorded."""

    async def run(self, command: str, *options: str) -> Outcome:
        """Run a command of the project and report its events."""

    async def run_profile(self, verb: str, *options: str) -> Outcome:
        """Run the assistant's own data profile as a child process."""

    def made(self, *patterns: str) -> dict[str, Path]:
        """The files below `root` that match the patterns, by project path."""


class Step:
    """One stop of the lifecycle; a subclass says what it asks and what it does."""

    name: ClassVar[str]
    model: ClassVar[type[Answers]]
    words_only: ClassVar[frozenset[str]] = frozenset()
    """Answers and facts whose change alters the record and nothing that was computed."""
    places: ClassVar[tuple[str, ...]] = ()
    """Answers that name a place on this machine."""
    commands: ClassVar[tuple[str, ...]] = ()
    """The project's commands that the work runs, in order; a command may carry options."""
    makes: ClassVar[tuple[str, ...]] = ()
    """Patterns of the files that these commands leave in the project."""

    @property
    def works_in_checkout(self) -> bool:
        """Whether the work needs a scratch checkout of the project."""
        return bool(self.commands)

    @property
    def screen(self) -> Screen:
        """The words of the step."""
        return screen(self.name, self.model)

    def words(self, name: str) -> Words:
        """The words of one field."""
        return next(words for words in self.screen.fields if words.name == name)

    def commands_at(self, stage: int) -> tuple[str, ...]:
        """The commands that run after the questions of a stage."""
        return self.commands if stage == self.screen.stages else ()

    def still_holds(self, in_force: Values, given: Values) -> Values:
        """Which of the answers in force may be filled in, now that `given` was answered."""
        return in_force

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The recommended answer of every field of a stage that has one.

        `given` holds what was answered on earlier stages, and `given["look"]` the facts of the
        last look.
        """
        return {}

    def options(self, name: str, given: Values, so_far: SoFar) -> tuple[Option, ...] | None:
        """The choices of a field that only the data can tell; None where the words list them."""
        return None

    def rows(self, name: str, given: Values, so_far: SoFar) -> tuple[Row, ...]:
        """The rows of a table; without any there is one for each recommended entry."""
        return ()

    def problems(self, stage: int, given: Values, so_far: SoFar) -> dict[str, str]:
        """What is wrong with the answers of a stage beyond their types, by field."""
        return {}

    async def look(self, stage: int, given: Values, so_far: SoFar, desk: Desk) -> Outcome | None:
        """What to find out after the questions of `stage`, before the next stage is asked."""
        return None

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Do what follows from the answers; raises Trouble when it cannot be done."""
        facts: dict[str, Any] = {}
        measured: dict[str, Any] = {}
        for line in self.commands:
            command, *options = line.split()
            found = await desk.run(command, *options)
            facts.update(found.facts)
            measured.update(found.measured)
        return Outcome(facts, measured, desk.made(*self.makes))

    def goes_back_to(self, answers: Values) -> str | None:
        """The earlier step that the answers send the user back to."""
        return None

    def recorded(self, answers: Any) -> dict[str, Any]:
        """The answers as the session keeps them (no place on this machine, no secret)."""
        return dict(answers.model_dump(mode="json"))

    def rendered(self, answers: Any, facts: Values) -> dict[str, str]:
        """Small files that follow from the answers and facts alone, by project path."""
        return {}

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """The entries of `params.yaml` that follow from the answers, by section."""
        return {}
