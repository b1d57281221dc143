"""Read Parquet and JSON: the file says the types."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_tui.errors import BadInput
from mlops_tui.profile import encoding, typed
from mlops_tui.profile.corrections import Corrections
from mlops_tui.profile.reading import Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.words import printable
from mlops_tui.profile.workspace import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROW = "file_row_number"


def read(
    con: DuckDBPyConnection, path: Path, folder: Path, kind: str, corrections: Corrections
) -> Table:
    """The Parquet or JSON file at `path` as the table (or view) `t`."""
    import duckdb

    try:
        if kind == "parquet":
            relation = _parquet(con, path, folder)
        else:
            relation = _json(con, path, folder, corrections.layout.get("encoding"))
        return typed.read(con, relation, path, corrections)
    except duckdb.Error as e:
        raise _damaged(path, kind, e) from None


def _parquet(con: DuckDBPyConnection, path: Path, folder: Path) -> Relation:
    # A link with a plain name: DuckDB would take [, ] and * in a path for a pattern.
    link = folder / "source.parquet"
    link.symlink_to(path.resolve())
    plain = f"read_parquet({literal(str(link))})"
    names = [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {plain}").fetchall()]
    if _ROW in (name.lower() for name in names):
        return Relation(plain, "Parquet")
    numbered = f"read_parquet({literal(str(link))}, {_ROW}=true)"
    return Relation(numbered, "Parquet", _ROW, (_ROW,), in_place=True)


def _json(con: DuckDBPyConnection, path: Path, folder: Path, said: str | None) -> Relation:
    import duckdb

    link = folder / "source.json"
    plain = encoding.decoded(path, folder, said)
    link.symlink_to(plain.path.resolve())
    # The reader sets aside several times the largest record it may meet: small first.
    for size in (16 << 20, 128 << 20):
        try:
            con.execute(
                f"CREATE TABLE document AS SELECT * FROM read_json({literal(str(link))}, "
                f"sample_size=-1, maximum_object_size={size}, maximum_depth=2)"
            )
            break
        except duckdb.Error as e:
            if "maximum_object_size" not in str(e) or size > 16 << 20:
                raise
            con.execute("SET threads = 1; SET memory_limit = '3GiB'")
    return Relation("document", "JSON", encoding=plain.encoding, notes=plain.notes)


def _damaged(path: Path, kind: str, e: Exception) -> BadInput:
    what = "Parquet" if kind == "parquet" else "JSON"
    return BadInput(
        f"{printable(path.name, 80)} is not whole or not valid {what}.",
        printable(re.sub(r'"[^"]*/([^"/]*)"', r"\1", str(e).split("\n")[0]), 160),
        "Copy or download it again.",
    )
