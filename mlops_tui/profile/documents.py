"""Read Parquet and JSON: the file says the types."""

from __future__ import annotations

from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile import encoding, shapes, typed
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.table import Bench, Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.workspace import literal, quoted, told

_ROW = "file_row_number"


def read(bench: Bench, path: Path, kind: str) -> Table:
    """The Parquet or JSON file at `path` as the table (or view) `t`."""
    import duckdb

    try:
        relation = _parquet(bench, path) if kind == "parquet" else _json(bench, path)
        return typed.read(bench, relation)
    except duckdb.Error as e:
        what = "Parquet" if kind == "parquet" else "JSON"
        said = told(e, *((str(bench.folder / f"source.{kind}"), path.name),))
        raise BadInput(
            f"{printable(path.name, 80)} is not whole or not valid {what}.",
            printable(said.replace(f"source.{kind}", path.name), 160),
            "Copy or download it again.",
        ) from None


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
    plain = encoding.decoded(path, bench.folder, bench.corrections.layout.get("encoding"))
    notes = list(plain.notes)
    described = _loaded(bench, plain.path)
    found = bench.con.execute("SELECT count(*) FROM document").fetchone()
    lists = len(described) == 1 and described[0][1].endswith("]")
    if lists or (found and found[0] == 1):
        lines = bench.folder / "records.json"
        if (note := shapes.unfolded(plain.path, lines)) is not None:
            notes.append(note)
            described = _loaded(bench, lines)
    sql = _with_scalars(bench, described, notes)
    return Relation(sql, "JSON", encoding=plain.encoding, notes=tuple(notes))


def _loaded(bench: Bench, path: Path) -> list[tuple[str, str]]:
    """The table `document` from `path`: its columns and their types."""
    import duckdb

    con, link = bench.con, bench.folder / "source.json"
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    # The reader sets aside several times the largest record it may meet: small first.
    for size in (16 << 20, 128 << 20):
        try:
            con.execute(
                f"CREATE OR REPLACE TABLE document AS SELECT * FROM read_json({literal(str(link))},"
                f" sample_size=-1, maximum_object_size={size}, maximum_depth=2)"
            )
            break
        except duckdb.Error as e:
            if "maximum_object_size" not in str(e) or size > 16 << 20:
                raise
            con.execute("SET threads = 1; SET memory_limit = '3GiB'")
    return [(row[0], row[1]) for row in con.execute("DESCRIBE document").fetchall()]


def _with_scalars(bench: Bench, described: list[tuple[str, str]], notes: list[str]) -> str:
    """The document, where columns of words and numbers are text and not nested."""
    plain = []
    for name, physical in described:
        x = quoted(name)
        query = f"SELECT count(*) FROM document WHERE json_type({x}) IN ('ARRAY', 'OBJECT')"
        if physical == "JSON" and (bench.con.execute(query).fetchone() or (1,))[0] == 0:
            plain.append(name)
    if not plain:
        return "document"
    notes.append(f"Values of several kinds in a column are read as text: {listed(plain)}.")
    made = ", ".join(f"{quoted(name)} ->> '$' AS {quoted(name)}" for name in plain)
    return f"(SELECT * REPLACE ({made}) FROM document)"
