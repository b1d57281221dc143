"""Open any source as one DuckDB table `t` with the columns `rn` (row number), c0, c1, …

Working with c0, c1, … keeps hostile column names out of SQL; `Table.columns` knows the names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import guard
from mlops_tui.profile.corrections import UNCORRECTED, Corrections
from mlops_tui.profile.model import Detected, Type
from mlops_tui.profile.words import printable
from mlops_tui.profile.workspace import connect, workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMATS = {"excel": "Excel", "text": "CSV", "parquet": "Parquet", "json": "JSON"}
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
    source: Path
    facts: dict[str, Any] = field(default_factory=dict)


def _quiet(done: float, total: float | None, label: str) -> None:
    """The progress of someone who does not listen."""


@contextmanager
def opened(
    path: Path | str,
    on_progress: Progress | None = None,
    corrections: Corrections = UNCORRECTED,
) -> Iterator[Table]:
    """The source at `path`, read as `corrections` say, as a Table until the block ends.

    Raises BadInput where it is no usable table, or a correction makes no sense for it.
    """
    path = Path(path)
    guard.checked(path)
    told = on_progress or _quiet
    with workspace() as folder:
        source, kind, packing = path, guard.kind(path), ""
        if kind in ("gzip", "zstd"):
            told(0, None, "unpacking")
            packing, source = kind, guard.unpacked(path, kind, folder)
            kind = guard.kind(source)
        told(0, None, "reading")
        con = connect(folder)
        try:
            if kind not in FORMATS:
                raise BadInput(f"{printable(path.name, 80)} is packed twice.", do="Unpack it.")
            corrections.check(FORMATS[kind])
            table = _read(con, source, folder, kind, told, corrections)
            yield _finished(table, path, packing, corrections)
        finally:
            con.close()


def _read(
    con: DuckDBPyConnection,
    source: Path,
    folder: Path,
    kind: str,
    told: Progress,
    corrections: Corrections,
) -> Table:
    from mlops_tui.profile import documents, excel, text

    if kind == "excel":
        return excel.read(con, source, folder, told, corrections)
    if kind == "text":
        return text.read(con, source, folder, told, corrections)
    return documents.read(con, source, folder, kind, corrections)


def _finished(table: Table, path: Path, packing: str, corrections: Corrections) -> Table:
    table.source = path
    d = table.detected
    named = f"{d.format}, {packing}" if packing else d.format
    table.detected = replace(d, format=named, notes=(*corrections.notes, *d.notes))
    if table.rows == 0:
        raise BadInput(
            f"{printable(path.name, 80)} has column names but no rows.",
            do="Export it again with its data.",
        )
    return table


def sha256(path: Path) -> str:
    """The fingerprint of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
