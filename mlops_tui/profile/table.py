"""What every reader makes, and what it works with.

The columns of a source stand in the DuckDB table `t` as c0, c1, …, beside `rn` (row number): that
keeps hostile column names out of SQL. `Table.columns` knows the names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.profile.corrections import Corrections
from mlops_tui.profile.model import Detected, Type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[float, float | None, str], None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its name in the file and in `t`, and its type."""

    name: str
    sql: str
    type: Type
    physical: str


@dataclass(slots=True)
class Table:
    """A source that was read; `facts` carries what reading noticed, by column name."""

    con: DuckDBPyConnection
    columns: list[Column]
    rows: int
    detected: Detected
    facts: dict[str, Any] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every reader works with: a connection, a folder that goes away, who is told, and how."""

    con: DuckDBPyConnection
    folder: Path
    told: Progress
    corrections: Corrections
