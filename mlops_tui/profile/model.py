"""What a profile holds. Plain data: it goes to JSON and comes back the same."""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from mlops_tui.profile.figures import (
    Association,
    Correlation,
    Correlations,
    Deduction,
    Histogram,
    Lengths,
    Outliers,
    Quality,
    TargetProfile,
    TimeCoverage,
    Value,
)

SCHEMA_VERSION = 2

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
VALUED = ("as_missing",)
"""The actions that are about one value of one column."""


class Quoting(str):
    """A note that quotes the source, for a look; `bare` says the same without the quote."""

    bare: str

    def __new__(cls, text: str, bare: str = "") -> Quoting:
        """`text`, and what is written into a project instead of it."""
        made = super().__new__(cls, text)
        made.bare = bare
        return made


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
class ColumnProfile:
    """One column. Quantiles are at 1, 5, 25, 50, 75, 95 and 99 percent.

    `sampled` names the fields that come from a sample of the rows; all others are of all rows.
    """

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
    histogram: Histogram | None = None
    lengths: Lengths | None = None
    outliers: Outliers | None = None
    association: Association | None = None
    monotone: bool = False
    not_finite: int = 0
    sampled: tuple[str, ...] = ()


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
    """Something that would hurt the model, with what shows it and what to do.

    `rows` is how many rows it concerns, where that was counted.
    """

    id: str
    severity: Severity
    columns: tuple[str, ...]
    evidence: str
    effect: str = ""
    advice: str = ""
    remedy: Remedy | None = None
    rows: int | None = None


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
    correlations: Correlations | None = None
    time: TimeCoverage | None = None
    findings: tuple[Finding, ...] = ()
    quality: Quality = field(default_factory=Quality)
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
        made: Profile = _made(cls, json.loads(text))
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


_PARTS: dict[Any, dict[str, Any]] = {
    Profile: {
        "columns": ColumnProfile,
        "detected": Detected,
        "target": TargetProfile,
        "correlations": Correlations,
        "time": TimeCoverage,
        "findings": Finding,
        "quality": Quality,
    },
    ColumnProfile: {
        "histogram": Histogram,
        "lengths": Lengths,
        "outliers": Outliers,
        "association": Association,
    },
    Correlations: {"pairs": Correlation},
    Finding: {"remedy": Remedy},
    Quality: {"deductions": Deduction},
}


def _made(cls: Any, told: dict[str, Any]) -> Any:
    parts = _PARTS.get(cls, {})
    known = {f.name for f in fields(cls)}
    return cls(**{k: _part(parts.get(k), value) for k, value in told.items() if k in known})


def _part(cls: Any, value: Any) -> Any:
    if cls is None or value is None:
        return _frozen(value)
    return tuple(_made(cls, v) for v in value) if isinstance(value, list) else _made(cls, value)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, (list, tuple)) else value
