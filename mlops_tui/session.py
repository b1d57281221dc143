"""The session: the ordered decisions of a project, in `session.yaml`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from mlops_tui.errors import BadInput

FORMAT = 2
FILE_NAME = "session.yaml"
_LARGEST_FILE = 16 * 2**20


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Author(_Strict):
    """Who signs the decisions of this project."""

    name: str
    email: str


class Decision(_Strict):
    """One confirmed step.

    `facts` are what the work found and finds again bit for bit; `measured` depend on clock and
    load (seconds, latencies) and are carried over by a replay; `files` maps each file the work
    produced to the sha256 of its content; `reasons` holds, for each answer that is the recommended
    one, why it was recommended. `basis` is a digest of the answers and the data that the work
    stood on: what was recorded holds for a replay with an equal one.
    """

    step: str
    at: datetime
    answers: dict[str, Any]
    facts: dict[str, Any] = Field(default_factory=dict)
    measured: dict[str, Any] = Field(default_factory=dict)
    files: dict[str, str] = Field(default_factory=dict)
    reasons: dict[str, str] = Field(default_factory=dict)
    basis: str = ""

    @field_validator("at")
    @classmethod
    def _whole_seconds_utc(cls, at: datetime) -> datetime:
        zoned = at if at.tzinfo else at.replace(tzinfo=UTC)
        return zoned.astimezone(UTC).replace(microsecond=0)


class Session(_Strict):
    """The decisions in the order they were taken, and what they were taken with."""

    format: int = FORMAT
    author: Author
    versions: dict[str, str] = Field(default_factory=dict)
    decisions: list[Decision] = Field(default_factory=list)
    mine: list[str] = Field(default_factory=list)

    def answers(self, step: str) -> dict[str, Any] | None:
        """The answers in force for a step."""
        found = next((d for d in reversed(self.decisions) if d.step == step), None)
        return found.answers if found else None

    def with_decision(self, decision: Decision) -> Session:
        """A copy that holds one decision more."""
        return self.model_copy(update={"decisions": [*self.decisions, decision]})


def dump(session: Session) -> str:
    """The session as the text of `session.yaml`."""
    told = session.model_dump(mode="json", exclude_defaults=False)
    told["decisions"] = [_without_empty(decision) for decision in told["decisions"]]
    if not told["mine"]:
        del told["mine"]
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)


def load(path: Path) -> Session:
    """Read a session file; raises BadInput naming what is wrong with it."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise BadInput(f"{path.name} is too large for a session file.", "A session is text.")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"The session file {path} cannot be read.",
            str(error.strerror or error) + ".",
            "Check the path; a session is the file session.yaml of a project.",
        ) from error
    except UnicodeDecodeError as error:
        raise _not_a_session(path, "It is not UTF-8 text") from error
    return parse(text, path)


def parse(text: str, path: Path) -> Session:
    """The session in a text; `path` is only used to name it in errors."""
    if re.search(r"(?m)^[^#'\"]*:\s+&\w", text):
        raise _not_a_session(path, "It uses YAML anchors, which no session does")
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise _not_a_session(path, f"It is not valid YAML{where}") from error
    if not isinstance(told, dict) or "decisions" not in told:
        raise _not_a_session(path, "It has no list of decisions")
    try:
        return Session.model_validate(_migrate(told, path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _not_a_session(path, f"At '{where}': {first['msg']}") from error


def _migrate(told: dict[str, Any], path: Path) -> dict[str, Any]:
    if told.get("format") == 1:
        told = _from_1(told)
    if told.get("format") != FORMAT:
        raise BadInput(
            f"{path.name} was written in session format {told.get('format')!r}.",
            f"This version of mlops-tui reads format {FORMAT}.",
            "Use the version of mlops-tui that wrote it, or a newer one.",
        )
    return told


def _from_1(told: dict[str, Any]) -> dict[str, Any]:
    """Columns known only afterwards were a list; now each column says when it is known."""
    decisions = told["decisions"] if isinstance(told["decisions"], list) else []
    for decision in decisions:
        answers = decision.get("answers") if isinstance(decision, dict) else None
        if isinstance(answers, dict) and isinstance(answers.get("known_later"), list):
            answers["known_later"] = dict.fromkeys(map(str, answers["known_later"]), "after")
    return {**told, "format": 2}


def _not_a_session(path: Path, why: str) -> BadInput:
    return BadInput(
        f"{path.name} cannot be used as a session.",
        why + ".",
        "Use the session.yaml of a project, or mend the line named above.",
    )


def _without_empty(decision: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in decision.items() if value not in ({}, "") or key == "answers"
    }
