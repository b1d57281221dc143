"""What a profile holds. Plain data: it goes to JSON and comes back the same."""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

SCHEMA_VERSION = 1

Type = Literal["text", "integer", "number", "boolean", "datetime", "date", "time", "nested"]
Semantic = Literal[
    "identifier",
    "category",
    "ordinal",
    "number",
    "money",
    "datetime",
    "text",
    "boolean",
    "constant",
    "nested",
]
Severity = Literal["stop", "warn", "note"]
Value = str | int | float | bool | None
VALUED = ("as_missing",)
"""The actions that are about one value of one column."""


@dataclass(frozen=True, slots=True)
class Detected:
    """How the source was understood; every guess that changed the data has a note.

    `dates` is "month first" or "day first" where dates like 1/2/2020 were read.
    """

    format: str
    delimiter: str | None = None
    encoding: str | None = None
    header_line: int | None = None
    decimal: str | None = None
    notes: tuple[str, ...] = ()
    dates: str | None = None


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts between neighbouring edges; `len(edges) == len(counts) + 1`."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the texts of a column are, in characters and words."""

    shortest: int
    longest: int
    mean: float
    mean_words: float


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column. Quantiles are at 1, 5, 25, 50, 75, 95 and 99 percent."""

    name: str
    physical: str
    type: Type
    semantic: Semantic
    missing: int
    distinct: int
    distinct_exact: bool = True
    top: tuple[tuple[Value, int], ...] = ()
    minimum: Value = None
    maximum: Value = None
    mean: float | None = None
    stddev: float | None = None
    quantiles: tuple[float, ...] = ()
    quantiles_exact: bool = True
    histogram: Histogram | None = None
    lengths: Lengths | None = None
    monotone: bool = False
    not_finite: int = 0


@dataclass(frozen=True, slots=True)
class TargetProfile:
    """How the answer column is spread: classes with counts, or None for a continuous one."""

    name: str
    missing: int
    classes: tuple[tuple[Value, int], ...] | None
    n_classes: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """What one key press can do about a finding."""

    action: str
    columns: tuple[str, ...] = ()
    value: str | None = None

    @property
    def written(self) -> str:
        """The remedy on one line, as an answer holds it: `as_missing age=-999`."""
        places = [*self.columns] if self.value is None else [f"{self.columns[0]}={self.value}"]
        return shlex.join([self.action, *places])

    @classmethod
    def read(cls, written: str) -> Remedy:
        """From what `written` gave; ValueError where it is not in that form."""
        action, *columns = shlex.split(written)
        if action not in VALUED:
            return cls(action, tuple(columns))
        (place,) = columns
        name, equals, value = place.rpartition("=")
        if not equals:
            raise ValueError(f"{action} names no value")
        return cls(action, (name,), value)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that would hurt the model, with what shows it and what to do."""

    id: str
    severity: Severity
    columns: tuple[str, ...]
    evidence: str
    effect: str = ""
    advice: str = ""
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """All that was found out about a table."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    detected: Detected
    duplicates: int = 0
    duplicates_exact: bool = True
    sampled_rows: int | None = None
    target: TargetProfile | None = None
    findings: tuple[Finding, ...] = ()
    source_name: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> ColumnProfile:
        """The column called `name`; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> list[str]:
        """The names of the columns, in their order."""
        return [column.name for column in self.columns]

    def to_json(self) -> str:
        """The profile as JSON: sorted keys, floats to 6 digits, the same text every time."""
        told = {"schema": SCHEMA_VERSION, **asdict(self)}
        return json.dumps(rounded(told), indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Profile:
        """Read back what `to_json` wrote."""
        told = json.loads(text)
        told.pop("schema", None)
        told["columns"] = tuple(_column(c) for c in told["columns"])
        told["detected"] = _made(Detected, told["detected"])
        told["target"] = _made(TargetProfile, told["target"]) if told.get("target") else None
        told["findings"] = tuple(_finding(f) for f in told.get("findings", ()))
        made: Profile = _made(cls, told)
        return made


def rounded(value: Any) -> Any:
    """`value` with its floats at 6 significant digits and nothing JSON cannot hold."""
    if isinstance(value, float):
        return round_number(value)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item) for item in value]
    return value


def round_number(value: float) -> float | None:
    """6 significant digits; None for what is not a number."""
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _made(cls: Any, told: dict[str, Any]) -> Any:
    known = {f.name for f in fields(cls)}
    return cls(**{key: _frozen(value) for key, value in told.items() if key in known})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, (list, tuple)) else value


def _column(told: dict[str, Any]) -> ColumnProfile:
    for name, cls in (("histogram", Histogram), ("lengths", Lengths)):
        if told.get(name):
            told[name] = _made(cls, told[name])
    made: ColumnProfile = _made(ColumnProfile, told)
    return made


def _finding(told: dict[str, Any]) -> Finding:
    if told.get("remedy"):
        told["remedy"] = _made(Remedy, told["remedy"])
    made: Finding = _made(Finding, told)
    return made
