"""Write the data into the project: the same bytes each time for the same source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.profile.guard import sha256
from mlops_tui.profile.sources import Source
from mlops_tui.profile.table import Table
from mlops_tui.profile.workspace import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLE_ROWS = 2000
_SETTINGS = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"


def write_snapshot(table: Table, path: Path) -> None:
    """All rows as Parquet, in the order of the source."""
    _copy(table.con, _selected(table), path)


def write_sample(table: Table, path: Path, target: str | None) -> None:
    """At most 2,000 rows spread over the table, some of every class among them."""
    column = next((c.sql for c in table.columns if c.name == target), None)
    # The first rows of each class come before the others, by a hash that is always the same.
    part = f"PARTITION BY {column}" if column else ""
    ranked = f"SELECT rn, row_number() OVER ({part} ORDER BY hash(rn), rn) AS place FROM t"
    chosen = (
        f"SELECT rn FROM ({ranked}) ORDER BY CASE WHEN place <= 3 THEN place ELSE 4 END, "
        f"hash(rn), rn LIMIT {SAMPLE_ROWS}"
    )
    _copy(table.con, f"{_selected(table)} WHERE rn IN ({chosen}) ORDER BY rn", path)


def _selected(table: Table) -> str:
    picked = ", ".join(f"{c.sql} AS {quoted(c.name)}" for c in table.columns)
    return f"SELECT {picked} FROM t"


def _copy(con: DuckDBPyConnection, query: str, path: Path) -> None:
    """To a temporary name and renamed, so that being stopped leaves nothing half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    threads = (con.execute("SELECT current_setting('threads')").fetchone() or (1,))[0]
    con.execute("SET threads = 1; SET preserve_insertion_order = true")
    try:
        con.execute(f"COPY ({query}) TO {literal(str(part))} ({_SETTINGS})")
    finally:
        con.execute(f"SET threads = {threads}")
    part.replace(path)


def manifest(table: Table, source: Source, snapshot: Path, committed: bool) -> dict[str, Any]:
    """Where the data came from, by fingerprint; no path and no clock.

    A table of a database has the fingerprint of its snapshot, and no size of its own.
    """
    d, written, size = table.detected, sha256(snapshot), source.size
    return {
        "version": 1,
        "source": {
            "name": source.name,
            "sha256": source.fingerprint() or written,
            **({} if size is None else {"bytes": size}),
            "format": d.format,
            "delimiter": d.delimiter,
            "encoding": d.encoding,
            "header_line": d.header_line,
            "decimal": d.decimal,
            **({"dates": d.dates} if d.dates else {}),
            "notes": list(d.notes),
        },
        "snapshot": {
            "file": "data/raw.parquet",
            "sha256": written,
            "bytes": snapshot.stat().st_size,
            "committed": committed,
        },
        "rows": table.rows,
        "columns": [{"name": c.name, "type": c.type} for c in table.columns],
    }
