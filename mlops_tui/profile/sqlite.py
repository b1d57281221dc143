"""Read one table or view of an SQLite file with Python's own sqlite3, which cannot write it here.

SQLite takes any value in any column, so the declared type is held against what is there.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mlops_tui.errors import BadInput
from mlops_tui.profile import databases, typed
from mlops_tui.profile.model import Quoting
from mlops_tui.profile.printing import printable
from mlops_tui.profile.table import Bench, Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.workspace import quoted

_BATCH = 20_000
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
    "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
)


@dataclass(slots=True)
class _Column:
    """A column: its declared type, and how many values of which kind it holds.

    `rounded` counts the whole numbers that no float can hold, `first` is one with its row.
    """

    name: str
    declared: str
    kinds: Counter[str] = field(default_factory=Counter)
    rounded: int = 0
    first: tuple[int, int] | None = None

    @property
    def goal(self) -> str:
        """The type all its values fit: numbers stay numbers, anything mixed becomes text."""
        found = {kind for kind, count in self.kinds.items() if count and kind != "null"}
        if found == {"integer"}:
            return "BIGINT"
        if found and found <= {"integer", "real"}:
            return "DOUBLE"
        return "VARCHAR"

    @property
    def contradicts(self) -> bool:
        """Is it declared as numbers, and has texts among them (or the other way round)?"""
        found = {kind for kind, count in self.kinds.items() if count and kind != "null"}
        return "text" in found and bool(found - {"text"})


def read(bench: Bench, path: Path, wanted: str) -> Table:
    """The table called `wanted`, or the only one, of the SQLite file at `path`."""
    try:
        # mode=ro: no journal is made, nothing is repaired, nothing is written.
        with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            db.execute("BEGIN")
            names = [name for (name,) in db.execute(_TABLES)]
            name = databases.chosen(names, wanted, path.name)
            notes = _loaded(bench, db, name)
    except sqlite3.Error as e:
        raise _damaged(path, e) from None
    made = typed.read(bench, Relation("raw", "SQLite", notes=tuple(notes)))
    made.name = f"{path.name}#{name}"
    return made


def _loaded(bench: Bench, db: sqlite3.Connection, name: str) -> list[str]:
    """Copy the table to `raw`; what contradicts the declared types, in words."""
    broken = 0

    def decoded(text: bytes) -> str:
        nonlocal broken
        made = text.decode(errors="replace")
        broken += "\ufffd" in made
        return made

    db.text_factory = decoded
    told = db.execute(f"PRAGMA table_xinfo({quoted(name)})").fetchall()
    # Unlike table_info it names generated columns, too; those marked 1 are in no SELECT *.
    columns = [_Column(row[1], row[2]) for row in told if row[6] != 1]
    _counted(db, name, columns)
    # No column is called so: it is longer than all of their names.
    place = "_" * max((len(column.name) for column in columns), default=0)
    made = ", ".join(f"{quoted(f'{place}{i}')} {column.goal}" for i, column in enumerate(columns))
    bench.con.execute(f"CREATE TABLE raw ({made})")
    for done, rows in enumerate(_batches(db.execute(f"SELECT * FROM {quoted(name)}"))):
        bench.told(done * _BATCH, None, "reading the table")
        _inserted(bench, columns, rows, done * _BATCH)
    for i, column in enumerate(columns):
        # DuckDB takes no empty name; one of blanks gets a placeholder as in any other table.
        column.name = column.name or " " * (len(place) + 1)
        # The places stood for names while two could still differ in case only.
        bench.con.execute(
            f"ALTER TABLE raw RENAME {quoted(f'{place}{i}')} TO {quoted(column.name)}"
        )
    notes = [_contradiction(bench, column) for column in columns if column.contradicts]
    notes += [_rounding(column) for column in columns if column.rounded]
    if blobs := [column.name for column in columns if column.kinds["blob"]]:
        notes.append(f"Binary values are shown as hexadecimal text. In: {', '.join(blobs)}.")
    if broken:
        notes.append(f"{broken} text(s) are not valid UTF-8; what is damaged became \ufffd.")
    return notes


def _counted(db: sqlite3.Connection, name: str, columns: list[_Column]) -> None:
    for column in columns:
        kind = f"typeof({quoted(column.name)})"
        query = f"SELECT {kind}, count(*) FROM {quoted(name)} GROUP BY 1"
        column.kinds.update(dict(db.execute(query).fetchall()))


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def _inserted(
    bench: Bench, columns: list[_Column], rows: list[tuple[Any, ...]], before: int
) -> None:
    import pyarrow as pa

    types = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string()}
    arrays = []
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        given = [_MADE[column.goal](v) for v in values]
        arrays.append(pa.array(given, types[column.goal]))
        if column.goal == "DOUBLE":
            paired = enumerate(zip(values, given, strict=True), before + 1)
            rounded = [(v, row) for row, (v, made) in paired if made != v]
            column.rounded += len(rounded)
            column.first = column.first or next(iter(rounded), None)
    batch = pa.Table.from_arrays(arrays, [str(i) for i in range(len(columns))])
    bench.con.register("batch", batch)
    bench.con.execute("INSERT INTO raw SELECT * FROM batch")
    bench.con.unregister("batch")


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        return value.hex()
    return value if value is None or isinstance(value, str) else str(value)


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


_MADE: dict[str, Callable[[Any], Any]] = {
    "VARCHAR": _text, "DOUBLE": _float, "BIGINT": lambda value: value,
}  # fmt: skip


def _rounding(column: _Column) -> str:
    first, row = column.first or (0, 0)
    return (
        f"{printable(column.name, 40)} holds numbers with decimals, among which "
        f"{column.rounded} whole number(s) with too many digits were rounded; the first is "
        f"{first} in data row {row}."
    )


def _contradiction(bench: Bench, column: _Column) -> str:
    counted = ", ".join(f"{n} {kind}" for kind, n in column.kinds.most_common() if kind != "null")
    declared = f"declared as {printable(column.declared, 30)}" if column.declared else "undeclared"
    found = bench.con.execute(
        f"SELECT rowid + 1, x FROM (SELECT rowid, {quoted(column.name)} AS x FROM raw) "
        "WHERE x IS NOT NULL AND TRY_CAST(x AS DOUBLE) IS NULL ORDER BY rowid LIMIT 1"
    ).fetchone()
    what = f"{printable(column.name, 40)} is {declared} and holds values of several kinds"
    bare = f"{what} ({counted}). It was read as text."
    if not found:
        return bare
    first = f"the first text is {printable(found[1], 40)} in data row {found[0]}"
    return Quoting(f"{what} ({counted}); {first}. It was read as text.", bare)


def _damaged(path: Path, e: Exception) -> BadInput:
    shown = printable(path.name, 80)
    if "locked" in str(e):
        return BadInput(
            f"{shown} is being written by another program, which has locked it.",
            do="Try again when that is done, or name a copy of the file.",
        )
    return BadInput(
        f"The SQLite database {shown} cannot be read: {printable(e, 160)}.",
        "The file is damaged or cut off, or what is named uses something that is not here.",
        "Make it again from its source, or export the table as CSV.",
    )
