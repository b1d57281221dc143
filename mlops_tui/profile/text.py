"""Read delimited text: find the layout, read every cell as text, then give columns types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.profile import casting, loading, texts, typed
from mlops_tui.profile.corrections import Corrections
from mlops_tui.profile.headers import usable_names
from mlops_tui.profile.model import Detected, Type
from mlops_tui.profile.printing import listed
from mlops_tui.profile.table import Bench, Column, Table
from mlops_tui.profile.texts import Reading, Said

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SQL_TYPES: dict[str, Type] = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "time": "time",
}
_WIDE = 300


def read(bench: Bench, paths: Sequence[Path], label: str = "CSV") -> Table:
    """The text tables at `paths`, one below the other, as the table `t`."""
    con, said = bench.con, bench.corrections.layout
    parts = loading.parts(bench, paths)
    layout = parts[0].layout
    notes = list(dict.fromkeys(note for part in parts for note in part.notes))
    if len(layout.names) > _WIDE:
        # Its cost grows with the square of the number of columns: half a minute at 2,300.
        con.execute("PRAGMA disable_optimizer")
    rows, given = loading.load(bench, parts, notes)
    names = usable_names(given, notes)
    made, comma = texts.readings(
        con, len(names), rows, parts[0].delimiter,
        lambda i, n: bench.told(i, n, "finding the types"), _said(bench.corrections, names),
    )  # fmt: skip
    _typed(con, made)
    con.execute("PRAGMA enable_optimizer")
    columns = [_column(name, reading) for name, reading in zip(names, made, strict=True)]
    infinite = _emptied(con, columns, made)
    notes += _told(columns, made)
    if infinite:
        notes.append(typed.infinite_note(infinite))
    detected = Detected(
        label if len(parts) == 1 else f"{label}, {len(parts)} files",
        parts[0].delimiter,
        parts[0].encoding,
        layout.header.line,
        "," if comma else ".",
        tuple(notes),
        next((r.kind.order for r in made if r.kind and r.kind.order), said.get("dates")),
    )
    return Table(con, columns, rows, detected, {**_facts(columns, made), "infinite": infinite})


def _said(corrections: Corrections, names: list[str]) -> Said:
    decimal = corrections.layout.get("decimal")
    comma = None if decimal is None else decimal == "comma"
    return Said(comma, corrections.layout.get("dates"), corrections.by_place(names))


def _typed(con: DuckDBPyConnection, made: list[Reading]) -> None:
    """The table `t`: the values of `raw`, in the order of the file."""
    picked = ", ".join(f"{reading.settled} AS c{reading.index}" for reading in made)
    con.execute(f"CREATE TABLE t AS SELECT rowid AS rn, {picked} FROM raw ORDER BY rowid")
    con.execute("DROP TABLE raw")


def _emptied(con: DuckDBPyConnection, columns: list[Column], made: list[Reading]) -> dict[str, int]:
    """Empty the cells that are more than a number can hold, such as 1e400; how many there are."""
    own = [reading.index for reading in made if reading.kind is casting.NUMBER]
    counted: dict[int, int] = {}
    for batch in texts.batches(own):
        picked = ", ".join(f"count_if(isinf(c{i}))" for i in batch)
        row = con.execute(f"SELECT {picked} FROM t").fetchone() or ()
        counted |= {i: int(n) for i, n in zip(batch, row, strict=True) if n}
    if counted:
        finite = ", ".join(f"CASE WHEN isfinite(c{i}) THEN c{i} END AS c{i}" for i in counted)
        con.execute(f"CREATE TABLE finite AS SELECT * REPLACE ({finite}) FROM t ORDER BY rn")
        con.execute("DROP TABLE t")
        con.execute("ALTER TABLE finite RENAME TO t")
    return {columns[i].name: n for i, n in counted.items()}


def _column(name: str, reading: Reading) -> Column:
    kind = _SQL_TYPES[reading.kind.type] if reading.kind else "text"
    return Column(name, f"c{reading.index}", kind, reading.kind.name if reading.kind else "text")


def _told(columns: list[Column], made: list[Reading]) -> list[str]:
    notes: list[str] = []
    marked = [(c.name, r) for c, r in zip(columns, made, strict=True) if r.marked]
    if marked:
        used = sorted({marker for _, r in marked for marker in r.seen})
        seen = Counter({name: r.marked for name, r in marked})
        where = listed((f"{name} ({n})" for name, n in seen.most_common()), 6)
        notes.append(f"Read as missing ({' '.join(used[:12])} and empty): {where}.")
    by_note: dict[str, list[str]] = {}
    for column, reading in zip(columns, made, strict=True):
        if reading.kind and reading.kind.note:
            by_note.setdefault(reading.kind.note, []).append(column.name)
    notes += [f"{note} In: {listed(names)}." for note, names in by_note.items()]
    pairs = zip(columns, made, strict=True)
    return notes + [r.lost.note(c.name) for c, r in pairs if r.lost]


def _facts(columns: list[Column], made: list[Reading]) -> dict[str, Any]:
    paired = list(zip(columns, made, strict=True))
    return {
        "mixed": {c.name: r.mixed for c, r in paired if r.mixed},
        "marked": {
            c.name: {"count": r.marked, "markers": sorted(r.seen)} for c, r in paired if r.marked
        },
        "money": [c.name for c, r in paired if r.kind and r.kind.name.startswith("money")],
    }
