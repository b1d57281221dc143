"""A column read as the type that a person named: what can be converted is, the rest is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlops_tui.profile import casting, notation
from mlops_tui.profile.casting import GOALS, Kind
from mlops_tui.profile.model import Quoting
from mlops_tui.profile.printing import printable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LOOKED_AT = 20_000
_ANY = re.compile(r"(?s).*")
_PERCENT = "percent"


def _kind(name: str, type_: str, pattern: str, sql: str) -> Kind:
    return Kind(name, type_, re.compile(pattern), sql)


# Readings that no guess would make: 007 as the number 7, 20200131 as a day, yes as true.
_ASKED: dict[str, tuple[Kind, ...]] = {
    "integer": (
        _kind("digits", "integer", r"[+-]?\d{1,18}", "TRY_CAST({x} AS BIGINT)"),
        _kind("whole", "integer", r"[+-]?\d{1,15}\.0*", "TRY_CAST({x} AS DOUBLE)::BIGINT"),
    ),
    "number": (
        _kind(
            "digits", "number", r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?",
            "CASE WHEN isfinite(TRY_CAST({x} AS DOUBLE)) THEN TRY_CAST({x} AS DOUBLE) END",
        ),
        _kind("truth", "number", r"(?i:true|false)", "TRY_CAST({x} AS BOOLEAN)::INTEGER::DOUBLE"),
    ),
    "boolean": (
        _kind(
            "words", "boolean", r"(?i:true|false|yes|no|y|n|t|f|on|off|1|0|1\.0|0\.0)",
            "lower({x}) IN ('true', 'yes', 'y', 't', 'on', '1', '1.0')",
        ),
    ),
    "date": (_kind("digits", "date", r"\d{8}", "try_strptime({x}, '%Y%m%d')::DATE"),),
    "datetime": (),
    "time": (_kind("fraction", "time", r"\d{1,2}:\d{2}:\d{2}\.\d+", "TRY_CAST({x} AS TIME)"),),
}  # fmt: skip
_SOURCES = {
    "integer": ("integer",),
    "number": ("integer", "number"),
    "boolean": ("boolean",),
    "date": ("date", "datetime"),
    "datetime": ("datetime", "date"),
    "time": ("time",),
}


@dataclass(frozen=True, slots=True)
class Lost:
    """Values that cannot be read as `goal`: how many, the first with its row (from 1), the fate."""

    count: int
    row: int
    text: str
    goal: str
    fate: str

    def note(self, column: str) -> str:
        """What a person is told about them, and what is written down."""
        told = (
            f"{printable(column, 40)}: {self.count} value(s) cannot be read as {self.goal}"
            f"{self.fate}; the first is "
        )
        where = f"in data row {self.row}."
        return Quoting(f"{told}{printable(self.text, 40)} {where}", told + where)


def reading(
    con: DuckDBPyConnection, cells: str, type_: str, decimal_comma: bool, dates: str | None
) -> Kind:
    """How to read texts as `type_`.

    `cells` is a query with the columns rn (from 0) and x (text, NULL for a missing value). The
    readings that fit the most values come first; those that contradict one another never go
    together: a percentage and a plain number, month first and day first.
    """
    if type_ == "text":
        return Kind("text", "text", _ANY, "{x}")
    asked = [kind for source in _SOURCES[type_] for kind in _ASKED[source]]
    known = [kind for kind in casting.ALL if kind.type in _SOURCES[type_]]
    kinds = [*casting.ordered(known, decimal_comma, dates), *asked]
    rows = int((con.execute(f"SELECT count(*) FROM ({cells})").fetchone() or (0,))[0])
    step = max(rows // _LOOKED_AT, 1)
    fits = _fits(con, f"SELECT * FROM ({cells}) WHERE rn % {step} = 0", kinds)
    ranked = _together(sorted(zip(kinds, fits, strict=True), key=lambda pair: -pair[1]))
    used = [kind for kind, count in ranked if count] or [ranked[0][0]]
    rare = [kind for kind, count in ranked if not count]
    if step > 1 and rare:
        left = f"SELECT * FROM ({cells}) WHERE x IS NOT NULL AND {_first(used, type_, 'x')} IS NULL"
        used += [k for k, count in zip(rare, _fits(con, left, rare), strict=True) if count]
    note = used[0].note if used[0].name == _PERCENT else ""
    # The name tells how later rows are read, so it is that of the notation most values have.
    name = next((kind.name for kind in used if notation.told(kind.name)), type_)
    return Kind(name, type_, _ANY, _first(used, type_, "{x}"), note)


def _fits(con: DuckDBPyConnection, cells: str, kinds: list[Kind]) -> tuple[int, ...]:
    """How many of the texts each kind can read."""
    counted = ", ".join(f"count({kind.cast('x')})" for kind in kinds)
    return con.execute(f"SELECT {counted} FROM ({cells})").fetchone() or (0,) * len(kinds)


def _together(ranked: list[tuple[Kind, int]]) -> list[tuple[Kind, int]]:
    """Those that can go with the first, and of the orders of dates the one with the most."""
    votes: dict[str, int] = {}
    for kind, count in ranked:
        if kind.order:
            votes[kind.order] = votes.get(kind.order, 0) + count
    order = max(votes, key=lambda name: votes[name], default="")
    percent = ranked[0][0].name == _PERCENT
    return [
        (kind, count)
        for kind, count in ranked
        if kind.order in ("", order) and (kind.name == _PERCENT) == percent
    ]


def _first(kinds: list[Kind], type_: str, x: str) -> str:
    """SQL for the value that the first of `kinds` reads that can."""
    return f"coalesce({', '.join(f'({kind.cast(x)})::{GOALS[type_]}' for kind in kinds)})"


def lost(
    con: DuckDBPyConnection,
    cells: str,
    kind: Kind,
    goal: str = "",
    fate: str = " and became missing",
) -> Lost | None:
    """The values of `cells` that `kind` cannot read; None where it reads all."""
    value = kind.sql.replace("{x}", "x")
    row = con.execute(
        f"SELECT count(*), min(rn), arg_min(x, rn) FROM ({cells}) "
        f"WHERE x IS NOT NULL AND {value} IS NULL"
    ).fetchone()
    if not row or not row[0]:
        return None
    return Lost(int(row[0]), int(row[1]) + 1, str(row[2]), goal or kind.type, fate)


def against(con: DuckDBPyConnection, cells: str, values: list[str], dates: str) -> Lost | None:
    """Texts that are no dates in the order a person named, though they are in the other."""
    other = casting.plainest(values, 1.0, [kind for kind in casting.DATES if kind.order])
    if other is None:
        return None
    same = (k for k in casting.DATES if k.pattern == other.pattern and k.order == dates)
    return lost(con, cells, next(same), f"a date, {dates}", ", so the column stays text")
