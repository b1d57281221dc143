"""What long work reports while it runs, one JSON object a line (see docs/architecture.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Started:
    """A command of the project began."""

    command: str


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` units; `total` and `seconds_left` are None where nobody can know."""

    done: float
    total: float | None = None
    label: str = ""
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One point of a live curve."""

    series: str
    step: float
    value: float


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table that grows while the work runs."""

    table: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Log:
    """A line worth showing."""

    text: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the user should know, though the work goes on."""

    text: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The work cannot go on."""

    what: str
    why: str = ""
    do: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found: `facts` repeat bit for bit, `measured` depend on clock and load."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    measured: Mapping[str, Any] = field(default_factory=dict)


Event = Started | Progress | Metric | Row | Log | Warned | Failed | Result

_KINDS: dict[str, type[Event]] = {
    "started": Started,
    "progress": Progress,
    "metric": Metric,
    "row": Row,
    "log": Log,
    "warning": Warned,
    "error": Failed,
    "result": Result,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def parse(line: str) -> Event | None:
    """The event in a line of a child's output, or None when the line is not one."""
    try:
        told = json.loads(line)
        return _KINDS[told.pop("type")](**told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def dump(event: Event) -> str:
    """The event as one line of JSON."""
    return json.dumps({"type": _NAMES[type(event)], **asdict(event)}, ensure_ascii=False)
