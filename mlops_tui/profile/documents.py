"""Read Parquet and JSON: the file says the types."""

from __future__ import annotations

import re
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile import encoding, typed
from mlops_tui.profile.reading import Bench, Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.words import printable
from mlops_tui.profile.workspace import literal

_ROW = "file_row_number"


def read(bench: Bench, path: Path, kind: str) -> Table:
    """The Parquet or JSON file at `path` as the table (or view) `t`."""
    import duckdb

    try:
        relation = _parquet(bench, path) if kind == "parquet" else _json(bench, path)
        return typed.read(bench, relation)
    except duckdb.Error as e:
        raise _damaged(path, kind, e) from None


def _parquet(bench: Bench, path: Path) -> Relation:
    # A link with a plain name: DuckDB would take [, ] and * in a path for a pattern.
    link = bench.folder / "source.parquet"
    link.symlink_to(path.resolve())
    plain = f"read_parquet({literal(str(link))})"
    names = [row[0] for row in bench.con.execute(f"DESCRIBE SELECT * FROM {plain}").fetchall()]
    if _ROW in (name.lower() for name in names):
        return Relation(plain, "Parquet")
    numbered = f"read_parquet({literal(str(link))}, {_ROW}=true)"
    return Relation(numbered, "Parquet", _ROW, (_ROW,), in_place=True)


def _json(bench: Bench, path: Path) -> Relation:
    import duckdb

    con, link = bench.con, bench.folder / "source.json"
    plain = encoding.decoded(path, bench.folder, bench.corrections.layout.get("encoding"))
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
