"""Read Parquet and JSON: the file says the types, we bring them to the few we use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import casting, encoding
from mlops_tui.profile.dialect import usable_names
from mlops_tui.profile.model import Detected, Type
from mlops_tui.profile.reading import Column, Table
from mlops_tui.profile.texts import batches
from mlops_tui.profile.words import listed, printable
from mlops_tui.profile.workspace import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Above this many rows a Parquet file is read where it is, column by column, not copied.
_COPY_ROWS = 2_000_000
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_NUMBERS = ("FLOAT", "DOUBLE", "DECIMAL", "HUGEINT", "UBIGINT", "UHUGEINT")


def read(con: DuckDBPyConnection, path: Path, folder: Path, kind: str) -> Table:
    """The Parquet or JSON file at `path` as the table (or view) `t`."""
    import duckdb

    notes: list[str] = []
    try:
        relation = _parquet(path, folder) if kind == "parquet" else _json(con, path, folder)
        described = con.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
        given = [(row[0], row[1]) for row in described if row[0] != "file_row_number"]
        names = usable_names([name for name, _ in given], notes)
        types = [t for _, t in given]
        columns = [_column(i, n, t) for i, (n, t) in enumerate(zip(names, types, strict=True))]
        picked = [_picked(name, c) for (name, _), c in zip(given, columns, strict=True)]
        rows = int((con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,))[0])
        number = "file_row_number" if kind == "parquet" else "row_number() OVER () - 1"
        what = "VIEW" if kind == "parquet" and rows > _COPY_ROWS else "TABLE"
        body = f"SELECT {number} AS rn, {', '.join(picked)} FROM {relation}"
        con.execute(f"CREATE {what} t AS {body}")
        infinite = _infinite(con, relation, given, columns)
        columns = _with_dates(con, columns, rows, what)
    except duckdb.Error as e:
        raise _damaged(path, kind, e) from None
    notes += _told(columns, infinite)
    detected = Detected("Parquet" if kind == "parquet" else "JSON", notes=tuple(notes))
    return Table(con, columns, rows, detected, path, {"infinite": infinite})


def _parquet(path: Path, folder: Path) -> str:
    link = folder / "source.parquet"
    link.symlink_to(path.resolve())
    return f"read_parquet({literal(str(link))}, file_row_number=true)"


def _json(con: DuckDBPyConnection, path: Path, folder: Path) -> str:
    link = folder / "source.json"
    link.symlink_to(encoding.decoded(path, folder).path.resolve())
    import duckdb

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
    return "document"


def _damaged(path: Path, kind: str, e: Exception) -> BadInput:
    what = "Parquet" if kind == "parquet" else "JSON"
    return BadInput(
        f"{printable(path.name, 80)} is not whole or not valid {what}.",
        printable(re.sub(r'"[^"]*/([^"/]*)"', r"\1", str(e).split("\n")[0]), 160),
        "Copy or download it again.",
    )


def _column(i: int, name: str, physical: str) -> Column:
    return Column(name, f"c{i}", _type(physical), physical)


def _type(physical: str) -> Type:
    if physical.endswith("]") or physical.startswith(("STRUCT", "MAP", "UNION", "JSON")):
        return "nested"
    if physical in _INTEGERS:
        return "integer"
    if physical.startswith(_NUMBERS):
        return "number"
    if physical.startswith("TIMESTAMP"):
        return "datetime"
    simple: dict[str, Type] = {"BOOLEAN": "boolean", "DATE": "date", "TIME": "time"}
    return simple.get(physical, "text")


def _picked(given: str, column: Column) -> str:
    x = quoted(given)
    sql = {
        "integer": f"{x}::BIGINT",
        "number": f"CASE WHEN isfinite({x}::DOUBLE) THEN {x}::DOUBLE END",
        "datetime": f"{x}::TIMESTAMP",
        "nested": f"to_json({x})::VARCHAR",
        "text": f"nullif({x}::VARCHAR, '')",
    }.get(column.type, x)
    return f"{sql} AS {column.sql}"


def _infinite(
    con: DuckDBPyConnection, relation: str, given: list[tuple[str, str]], columns: list[Column]
) -> dict[str, int]:
    """How many values of each floating column are infinite; they are read as missing."""
    found: dict[str, int] = {}
    floats = [i for i, (_, t) in enumerate(given) if t in ("FLOAT", "DOUBLE")]
    for batch in batches(floats):
        picked = ", ".join(f"count_if(isinf({quoted(given[i][0])}))" for i in batch)
        row: tuple[Any, ...] = con.execute(f"SELECT {picked} FROM {relation}").fetchone() or ()
        found |= {columns[i].name: int(n) for i, n in zip(batch, row, strict=True) if n}
    return found


def _with_dates(
    con: DuckDBPyConnection, columns: list[Column], rows: int, what: str
) -> list[Column]:
    """Texts that are all dates become dates; other texts are what the file says they are."""
    if what == "VIEW":
        return columns
    made = list(columns)
    step = max(rows // 3000, 1)
    for i, column in enumerate(columns):
        if column.type != "text":
            continue
        x = f"trim({column.sql})"
        query = f"SELECT list_distinct(list({x})) FROM t WHERE rn % {step} = 0"
        values = (con.execute(query).fetchone() or (None,))[0] or []
        for kind in casting.candidates(values, 1.0, casting.DATES):
            unread = f"SELECT count(*) FROM t WHERE {x} <> '' AND {kind.cast(x)} IS NULL"
            if (con.execute(unread).fetchone() or (1,))[0] == 0:
                goal = {"datetime": "TIMESTAMP", "date": "DATE", "time": "TIME"}[kind.type]
                con.execute(f"ALTER TABLE t ALTER {column.sql} TYPE {goal} USING {kind.cast(x)}")
                made[i] = Column(column.name, column.sql, kind.type, kind.name)  # type: ignore[arg-type]
                break
    return made


def _told(columns: list[Column], infinite: dict[str, int]) -> list[str]:
    notes = []
    nested = [c.name for c in columns if c.type == "nested"]
    if nested:
        notes.append(
            f"Lists or records inside cells: {listed(nested)}. A model cannot use them as they "
            "are; they are kept as text and not used."
        )
    if infinite:
        told = listed(f"{name} ({n})" for name, n in infinite.items())
        notes.append(f"Infinite values were read as missing: {told}.")
    return notes
