"""What the front ends are given: places, questions, forms and what landed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mlops_tui.events import Event
from mlops_tui.lifecycle import Phase, State
from mlops_tui.screens import Kind, Option, Row
from mlops_tui.session import Decision

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A step on the rail."""

    step: str
    number: int
    phase: Phase
    title: str
    state: State
    here: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ready to be asked.

    `default` is what to fill in: a draft, the answer in force, or else `recommended`, which
    `reason` explains. `rows` are those of a question of kind "table".
    """

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
    recommended: Any = None
    rows: tuple[Row, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of a table's answer."""
        return tuple(name for row in self.rows for name in row.columns)

    def settled(self, answer: Mapping[str, str]) -> dict[str, str]:
        """An option for every column of a table: of those not answered, the usual one."""
        return {
            name: str(answer.get(name, row.base)) for row in self.rows for name in row.columns
        }

    @staticmethod
    def apart(row: Row) -> list[Row]:
        """The columns of a row as rows of their own."""
        if len(row.columns) == 1:
            return [row]
        return [replace(row, label=name, columns=(name,)) for name in row.columns]


@dataclass(frozen=True, slots=True)
class Form:
    """What a step asks at one stage.

    `found` is what the last look found, as markdown; `commands` are the command lines that
    confirming the last stage runs.
    """

    step: str
    stage: int
    stages: int
    title: str
    question: str
    why: str
    found: str
    questions: tuple[Question, ...]
    commands: tuple[str, ...]
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was found by a step that landed, or by a command; `text` is markdown."""

    step: str
    commit: str
    facts: Mapping[str, Any]
    measured: Mapping[str, Any]
    text: str
    next_step: str | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision of a recording that is replayed; `files` are those of its files at hand."""

    decision: Decision
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """One entry of the history; `changed` maps an answer to what it was before and after."""

    commit: str
    step: str
    at: datetime
    subject: str
    record: str
    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
