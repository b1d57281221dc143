"""Anything DuckDB can select from whose columns have types: brought to the few that we use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from mlops_tui.profile import casting, converting
from mlops_tui.profile.casting import GOALS
from mlops_tui.profile.converting import Lost
from mlops_tui.profile.headers import usable_names
from mlops_tui.profile.model import Detected, Type
from mlops_tui.profile.printing import listed
from mlops_tui.profile.table import Bench, Column, Table
from mlops_tui.profile.texts import DATED, batches
from mlops_tui.profile.workspace import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Above this many rows a Parquet file is read where it is, column by column, not copied.
_COPY_ROWS = 200_000
_LOOKED_AT = 3000
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_LONG = ("HUGEINT", "UBIGINT", "UHUGEINT")
_WHOLE = re.compile(r"DECIMAL\((?:1[6-9]|[23]\d),0\)")
_NUMBERS = ("FLOAT", "DOUBLE", "DECIMAL", "HUGEINT", "UBIGINT", "UHUGEINT")


@dataclass(frozen=True, slots=True)
class Relation:
    """What to select from: SQL after FROM, SQL that numbers its rows from 0, what it is called.

    `hidden` are columns that are not data; `in_place` says that a large one need not be copied.
    """

    sql: str
    format: str
    number: str = "row_number() OVER () - 1"
    hidden: tuple[str, ...] = ()
    in_place: bool = False
    encoding: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """A table in the making: what was found about it on the way."""

    con: DuckDBPyConnection
    relation: Relation
    given: list[str]
    columns: list[Column]
    rows: int = 0
    notes: list[str] = field(default_factory=list)
    order: str | None = None
    mixed: dict[str, dict[str, Any]] = field(default_factory=dict)

    def cells(self, i: int) -> str:
        """A query for the texts of column `i`: rn and x, NULL where missing."""
        x = f"nullif(trim({_text(self.given[i], self.columns[i])}), '')"
        return f"SELECT {self.relation.number} AS rn, {x} AS x FROM {self.relation.sql}"


def read(bench: Bench, relation: Relation) -> Table:
    """`relation` as the table (or view) `t`; duckdb.Error where it cannot be read."""
    con, corrections = bench.con, bench.corrections
    described = con.execute(f"DESCRIBE SELECT * FROM {relation.sql}").fetchall()
    given = [(row[0], row[1]) for row in described if row[0] not in relation.hidden]
    notes = list(relation.notes)
    names = usable_names([name for name, _ in given], notes)
    columns = [_column(i, n, t) for i, (n, (_, t)) in enumerate(zip(names, given, strict=True))]
    work = _Work(con, relation, [name for name, _ in given], columns, notes=notes)
    counted = con.execute(f"SELECT count(*) FROM {relation.sql}").fetchone()
    work.rows = int((counted or (0,))[0])
    infinite = _infinite(con, relation.sql, given, columns)
    _keep_digits(work, [physical for _, physical in given])
    notes += _nested(columns)
    picked = [_picked(name, c) for (name, _), c in zip(given, work.columns, strict=True)]
    said = corrections.by_place(names)
    dates = corrections.layout.get("dates")
    for i, type_ in said.items():
        picked[i] = _as_said(work, i, type_, dates)
    in_place = relation.in_place and work.rows > _COPY_ROWS
    body = f"SELECT {relation.number} AS rn, {', '.join(picked)} FROM {relation.sql}"
    con.execute(f"CREATE {'VIEW' if in_place else 'TABLE'} t AS {body}")
    if not in_place:
        _with_dates(work, dates, set(said))
    if infinite:
        notes.append(infinite_note(infinite))
    detected = Detected(
        relation.format, encoding=relation.encoding, notes=tuple(notes), dates=work.order or dates
    )
    facts = {"infinite": infinite, "mixed": work.mixed}
    return Table(con, work.columns, work.rows, detected, facts)


def _keep_digits(work: _Work, physical: list[str]) -> None:
    """Long whole numbers stay whole where 64 bits hold them, and become text where not.

    As the other numbers, they would lose all digits after the 15th, and with them who is who.
    """
    long = [i for i, p in enumerate(physical) if p in _LONG or _WHOLE.fullmatch(p)]
    texts = []
    for i in long:
        column, x = work.columns[i], quoted(work.given[i])
        query = f"SELECT count({x}) - count(TRY_CAST({x} AS BIGINT)) FROM {work.relation.sql}"
        fits = (work.con.execute(query).fetchone() or (0,))[0] == 0
        texts += [] if fits else [column.name]
        work.columns[i] = Column(
            column.name, column.sql, "integer" if fits else "text", column.physical
        )
    if texts:
        work.notes.append(
            f"Whole numbers with too many digits to be counted with are kept as text: "
            f"{listed(texts)}."
        )


def _column(i: int, name: str, physical: str) -> Column:
    return Column(name, f"c{i}", _type(physical), physical)


def _type(physical: str) -> Type:
    if physical.endswith("]") or physical.startswith(("STRUCT", "MAP", "UNION", "JSON", "VARIANT")):
        return "nested"
    if physical in _INTEGERS:
        return "integer"
    if physical.startswith(_NUMBERS):
        return "number"
    if physical.startswith("TIMESTAMP"):
        return "datetime"
    simple: dict[str, Type] = {"BOOLEAN": "boolean", "DATE": "date"}
    return "time" if physical.startswith("TIME") else simple.get(physical, "text")


def _text(given: str, column: Column) -> str:
    x = quoted(given)
    return f"to_json({x})::VARCHAR" if column.type == "nested" else f"{x}::VARCHAR"


def _picked(given: str, column: Column) -> str:
    x = quoted(given)
    sql = {
        "integer": f"{x}::BIGINT",
        "number": f"CASE WHEN isfinite({x}::DOUBLE) THEN {x}::DOUBLE END",
        "datetime": f"CASE WHEN isfinite({x}::TIMESTAMP) THEN {x}::TIMESTAMP END",
        "date": f"CASE WHEN isfinite({x}::TIMESTAMP) THEN {x} END",
        "time": f"{x}::TIME",
        "nested": _text(given, column),
        "text": f"nullif({x}::VARCHAR, '')",
    }.get(column.type, x)
    return f"{sql} AS {column.sql}"


def _as_said(work: _Work, i: int, type_: str, dates: str | None) -> str:
    """SQL for a column of the type that a person named; what is lost is told."""
    column = work.columns[i]
    text = _text(work.given[i], column)
    work.columns[i] = Column(column.name, column.sql, cast(Type, type_), type_)
    if type_ == "text":
        return f"nullif({text}, '') AS {column.sql}"
    kind = converting.reading(work.con, work.cells(i), type_, False, dates)
    work.columns[i] = Column(column.name, column.sql, cast(Type, type_), kind.name)
    lost = converting.lost(work.con, work.cells(i), kind)
    work.notes += [lost.note(column.name)] if lost else []
    return f"{kind.sql.replace('{x}', f'nullif(trim({text}), {chr(39) * 2})')} AS {column.sql}"


def infinite_note(infinite: dict[str, int]) -> str:
    """What a person is told about columns with so many infinite values each."""
    told = listed(f"{name} ({n})" for name, n in infinite.items())
    return f"Infinite values were read as missing: {told}."


def _infinite(
    con: DuckDBPyConnection, relation: str, given: list[tuple[str, str]], columns: list[Column]
) -> dict[str, int]:
    """How many values of each column are infinite; they are read as missing."""
    found: dict[str, int] = {}
    goals = {"FLOAT": "DOUBLE", "DOUBLE": "DOUBLE"}
    tests = {}
    for i, (name, physical) in enumerate(given):
        goal = "TIMESTAMP" if columns[i].type in ("date", "datetime") else goals.get(physical)
        if goal:
            tests[i] = f"count_if(isinf({quoted(name)}::{goal}))"
    for batch in batches(tests):
        picked = ", ".join(tests[i] for i in batch)
        row: tuple[Any, ...] = con.execute(f"SELECT {picked} FROM {relation}").fetchone() or ()
        found |= {columns[i].name: int(n) for i, n in zip(batch, row, strict=True) if n}
    return found


def _with_dates(work: _Work, dates: str | None, said: set[int]) -> None:
    """Texts that are all dates become dates; other texts are what the file says they are."""
    step = max(work.rows // _LOOKED_AT, 1)
    noted: dict[str, list[str]] = {}
    for i, column in enumerate(work.columns):
        if column.type != "text" or i in said:
            continue
        x = f"trim({column.sql})"
        query = f"SELECT list_distinct(list({x} ORDER BY rn)) FROM t WHERE rn % {step} = 0"
        values = (work.con.execute(query).fetchone() or (None,))[0] or []
        kind = _date_kind(work, x, values, dates)
        if kind is not None:
            made = f"ALTER TABLE t ALTER {column.sql} TYPE {GOALS[kind.type]} USING {kind.cast(x)}"
            work.con.execute(made)
            work.columns[i] = Column(column.name, column.sql, cast(Type, kind.type), kind.name)
            work.order = work.order or kind.order or None
            noted.setdefault(kind.note, []).append(column.name)
            continue
        if dates and (lost := _against(work, x, values, dates)):
            work.notes.append(lost.note(column.name))
        if mixed := _mostly_dates(work, x, values, dates):
            work.mixed[column.name] = mixed
    work.notes += [f"{note} In: {listed(names)}." for note, names in noted.items() if note]


def _date_kind(work: _Work, x: str, values: list[str], dates: str | None) -> casting.Kind | None:
    kinds = casting.ordered(casting.DATES, False, dates)
    for kind in casting.candidates(values, 1.0, kinds):
        unread = f"SELECT count(*) FROM t WHERE {x} <> '' AND {kind.cast(x)} IS NULL"
        if (work.con.execute(unread).fetchone() or (1,))[0] == 0:
            return kind
    return None


def _mostly_dates(
    work: _Work, x: str, values: list[str], dates: str | None
) -> dict[str, Any] | None:
    """What keeps texts from being dates which for the most part are: as `texts` tells it."""
    found = []
    for kind in casting.candidates(values, DATED, casting.ordered(casting.DATES, False, dates)):
        row = work.con.execute(
            f"SELECT count(*), count_if(v IS NULL), min(rn) FILTER (v IS NULL) + 1, "
            f"arg_min(x, rn) FILTER (v IS NULL) FROM "
            f"(SELECT rn, {x} AS x, {kind.cast(x)} AS v FROM t WHERE x <> '')"
        ).fetchone()
        found.append(
            {
                "as": kind.type,
                **dict(zip(("of", "unread", "row", "text"), row or (0, 0, 0, ""), strict=True)),
            }
        )
    best = min(found, key=lambda told: told["unread"], default=None)
    return best if best and best["unread"] <= (1 - DATED) * best["of"] else None


def _against(work: _Work, x: str, values: list[str], dates: str) -> Lost | None:
    cells = f"SELECT rn, nullif({x}, '') AS x FROM t"
    return converting.against(work.con, cells, values, dates)


def _nested(columns: list[Column]) -> list[str]:
    nested = [c.name for c in columns if c.type == "nested"]
    if not nested:
        return []
    return [
        f"Lists or records inside cells: {listed(nested)}. A model cannot use them as they "
        "are; they are kept as text and not used."
    ]
