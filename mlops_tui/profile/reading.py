"""Open any source as one DuckDB table `t` with the columns `rn` (row number), c0, c1, …

Working with c0, c1, … keeps hostile column names out of SQL; `Table.columns` knows the names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import guard, kinds
from mlops_tui.profile.corrections import UNCORRECTED, Corrections
from mlops_tui.profile.model import Detected, Type
from mlops_tui.profile.sources import Source
from mlops_tui.profile.words import printable
from mlops_tui.profile.workspace import connect, workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS = {
    "excel": "Excel", "text": "CSV", "parquet": "Parquet", "json": "JSON",
    "sqlite": "SQLite", "duckdb": "DuckDB",
}  # fmt: skip
"""By what guard calls a file, what `Detected.format` calls it."""
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


def _quiet(done: float, total: float | None, label: str) -> None:
    """The progress of someone who does not listen."""


@contextmanager
def opened(
    source: Path | str,
    on_progress: Progress | None = None,
    corrections: Corrections = UNCORRECTED,
) -> Iterator[Table]:
    """What `source` names (see sources), read as `corrections` say, until the block ends.

    Raises BadInput where it is no usable table, or a correction makes no sense for it.
    """
    named = Source.parse(str(source))
    named.check()
    with workspace() as folder:
        con = connect(folder)
        try:
            bench = Bench(con, folder, on_progress or _quiet, corrections)
            yield _finished(_read(bench, named), named, corrections)
        finally:
            con.close()


def _read(bench: Bench, source: Source) -> Table:
    from mlops_tui.profile import buckets, filesets, servers, web

    bench.told(0, None, "reading")
    if source.kind == "files":
        return filesets.read(bench, source)
    if source.kind == "server":
        return servers.read(bench, source)
    if source.kind == "bucket":
        return buckets.read(bench, source)
    path = web.fetched(source.place, bench) if source.kind == "web" else source.path
    return read_file(bench, path, source.table)


def read_file(bench: Bench, path: Path, table: str) -> Table:
    """One file of this machine, unpacked where it is packed."""
    from mlops_tui.profile import databases, documents, excel, text

    kind, packing, shown = kinds.kind(path), "", path.name
    if kind in ("gzip", "zstd"):
        bench.told(0, None, "unpacking")
        packing, path = kind, guard.unpacked(path, kind, bench.folder)
        kind = kinds.kind(path)
    if kind not in FORMATS:
        raise BadInput(f"{printable(shown, 80)} is packed twice.", do="Unpack it.")
    bench.corrections.check(FORMATS[kind])
    if kind in ("sqlite", "duckdb"):
        made = databases.read(bench, path, kind, table)
    elif kind == "excel":
        made = excel.read(bench, path)
    elif kind == "text":
        made = text.read(bench, [path])
    else:
        made = documents.read(bench, path, kind)
    if packing:
        made.detected = replace(made.detected, format=f"{made.detected.format}, {packing}")
    return made


def _finished(table: Table, source: Source, corrections: Corrections) -> Table:
    table.name = table.name or source.name
    found = table.detected
    table.detected = replace(found, notes=(*corrections.notes, *found.notes))
    if table.rows == 0:
        raise BadInput(
            f"{printable(table.name, 80)} has column names but no rows.",
            do="Export it again with its data.",
        )
    return table
