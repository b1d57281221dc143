"""One project on its way through the lifecycle: what all three front ends talk to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from mlops_tui.events import Event
from mlops_tui.lifecycle import State
from mlops_tui.screens import Kind, Option

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A step on the rail."""

    step: str
    number: int
    phase: str
    title: str
    state: State
    here: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be asked: words, choices, and the recommended answer."""

    name: str
    kind: Kind
    label: str
    help: str
    changes: str
    example: str
    options: tuple[Option, ...]
    default: Any
    reason: str
    optional: bool
    columns: tuple[str, ...] = ()
    """For kind "treatments": the columns, each to be given one of `options`."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a step asks at one stage."""

    step: str
    stage: int
    stages: int
    title: str
    question: str
    why: str
    found: str
    """What the last look found, as markdown ('' when there was none)."""
    questions: tuple[Question, ...]
    commands: tuple[str, ...]
    """The command lines that confirming the last stage runs."""
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A decision that landed."""

    step: str
    commit: str
    facts: Mapping[str, Any]
    measured: Mapping[str, Any]
    text: str
    """What was found, as markdown."""
    next_step: str | None


@dataclass(frozen=True, slots=True)
class Past:
    """One decision in the history."""

    commit: str
    step: str
    at: datetime
    subject: str
    record: str
    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Answers that differ from the step's decision before: (before, after)."""


class Journey:
    """A project and its session. One program at a time holds it (`Trouble` names the holder)."""

    root: Path

    @classmethod
    def create(
        cls,
        root: Path,
        suggestions: Mapping[str, Mapping[str, Any]] | None = None,
        author: Any = None,
    ) -> Journey:
        """Start a project in a new or empty folder.

        `suggestions` maps step -> field -> value and takes the place of the recommended defaults
        (`--data`, `--target`, `--set`, the demo).
        """

    @classmethod
    def open(
        cls, root: Path, suggestions: Mapping[str, Mapping[str, Any]] | None = None
    ) -> Journey:
        """Continue a project; raises BadInput when the folder holds none."""

    def close(self) -> None:
        """Let go of the project."""

    def rail(self) -> list[Place]:
        """All 13 steps with their states."""

    def next_step(self) -> str | None:
        """The step to do next; None when the journey is complete (mission control)."""

    def form(self, step: str, stage: int = 1, given: Mapping[str, Any] | None = None) -> Form:
        """The questions of a stage. `given` holds the answers of this step so far.

        A draft that was kept (typed but unconfirmed answers) or the answers in force take the
        place of recommended defaults.
        """

    def check(self, step: str, stage: int, values: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with these values, by field; cheap enough for every key press."""

    def keep_draft(self, step: str, stage: int, values: Mapping[str, Any]) -> None:
        """Keep what was typed and not confirmed; survives a crash."""

    async def look(
        self, step: str, stage: int, values: Mapping[str, Any], on_event: OnEvent
    ) -> str:
        """After the questions of a stage that is not the last: find out what the next stage
        needs. Returns what was found as markdown. Raises BadAnswers or another Trouble."""

    async def confirm(
        self,
        step: str,
        values: Mapping[str, Any],
        on_event: OnEvent,
        at: datetime | None = None,
        conflicts: Mapping[str, Literal["mine", "new", "markers"]] | None = None,
    ) -> Confirmed:
        """Do the step's work and land the decision as a commit.

        Raises BadAnswers, another Trouble, or `Conflicts` (the user edited the very line).
        Cancelling the task ends the work's processes and leaves the project as it was.
        """

    def history(self) -> list[Past]:
        """The decisions that landed, newest first."""

    def facts(self, step: str) -> Mapping[str, Any]:
        """What the work of a step found."""

    def profile(self) -> Any:
        """The data profile (mlops_tui.profile.Profile) of the last look or decision, or None."""

    async def command(self, command: str, *options: str, on_event: OnEvent) -> Confirmed:
        """Run a project's command in the project itself (mission control): drift, retrain,
        rollback, versions, smoke... Returns its facts and measured."""

    async def service(self) -> Any:
        """Start the project's service; a handle with `url`, `alive` and `async stop()`."""
