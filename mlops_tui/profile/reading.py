"""Open any source as one DuckDB table `t` with the columns `rn` (row number), c0, c1, …

Working with c0, c1, … keeps hostile column names out of SQL; `Table.columns` knows the names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import guard
from mlops_tui.profile.model import Detected, Type
from mlops_tui.profile.words import printable
from mlops_tui.profile.workspace import connect, workspace

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
    source: Path
    facts: dict[str, Any] = field(default_factory=dict)


def _quiet(done: float, total: float | None, label: str) -> None:
    """The progress of someone who does not listen."""


@contextmanager
def opened(
    path: Path | str, on_progress: Progress | None = None, delimiter: str | None = None
) -> Iterator[Table]:
    """The source at `path` as a Table that lives until the block ends."""
    from mlops_tui.profile import documents, excel, text

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
            if kind == "excel":
                table = excel.read(con, source, folder, told)
            elif kind == "text":
                table = text.read(con, source, folder, told, delimiter)
            elif kind in ("parquet", "json"):
                table = documents.read(con, source, folder, kind)
            else:
                raise BadInput(f"{printable(path.name, 80)} is packed twice.", do="Unpack it.")
            yield _finished(table, path, packing)
        finally:
            con.close()


def _finished(table: Table, path: Path, packing: str) -> Table:
    table.source = path
    if packing:
        d = table.detected
        table.detected = Detected(
            f"{d.format}, {packing}", d.delimiter, d.encoding, d.header_line, d.decimal, d.notes
        )
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
