"""Read one table or view of a DuckDB or SQLite file; the file is never written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_tui.errors import BadInput
from mlops_tui.profile import typed
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.table import Bench, Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.workspace import SETTINGS, literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Of servers, the schemas in which they keep their own accounts.
_OWN = "('information_schema', 'pg_catalog', 'pg_toast', 'performance_schema', 'mysql', 'sys')"
_TABLES = f"""
SELECT schema_name, table_name FROM duckdb_tables()
WHERE database_name = 'source' AND schema_name NOT IN {_OWN}
UNION ALL
SELECT schema_name, view_name FROM duckdb_views()
WHERE database_name = 'source' AND NOT internal AND schema_name NOT IN {_OWN}
ORDER BY ALL
"""


def read(bench: Bench, path: Path, kind: str, table: str) -> Table:
    """The table called `table`, or the only one, of the database at `path`."""
    from mlops_tui.profile import sqlite

    if kind == "sqlite":
        return sqlite.read(bench, path, table)
    return _duckdb(bench, path, table)


def chosen(names: Sequence[str], wanted: str, shown: str) -> str:
    """The name meant by `wanted`; of one table, that one. BadInput with the names there are."""
    if wanted:
        same = [name for name in names if name == wanted]
        same = same or [name for name in names if name.casefold() == wanted.casefold()]
        if len(same) == 1:
            return same[0]
        raise BadInput(
            f"{printable(shown, 80)} has no table called {printable(wanted, 60)}.",
            do=f"Its tables and views are: {listed(names, 20)}." if names else "It has no tables.",
        )
    if not names:
        raise BadInput(f"{printable(shown, 80)} has no tables.")
    if len(names) > 1:
        raise BadInput(
            f"{printable(shown, 80)} has {len(names)} tables: {listed(names, 20)}.",
            do=f"Name one after #, for example {printable(f'{shown}#{names[0]}', 80)}",
        )
    return names[0]


def _duckdb(bench: Bench, path: Path, wanted: str) -> Table:
    import duckdb

    try:
        name = _copied(bench, path, wanted)
        copied = literal(str(bench.folder / "copied.duckdb"))
        bench.con.execute(f"ATTACH {copied} AS copied (READ_ONLY)")
        made = typed.read(bench, Relation("copied.main.raw", "DuckDB"))
    except duckdb.Error as e:
        raise _told(path, e) from None
    made.name = f"{path.name}#{name}"
    return made


def _copied(bench: Bench, path: Path, wanted: str) -> str:
    """Copy the table to a database of ours, on a connection that can reach no other file.

    A view can read any file of the machine; whose database this is, is not known.
    """
    import duckdb

    link = bench.folder / "source.duckdb"
    link.symlink_to(path.resolve())
    beside = path.resolve().with_name(path.resolve().name + ".wal")
    if beside.exists():  # what was written last, and not yet put into the file
        (bench.folder / "source.duckdb.wal").symlink_to(beside)
    con = duckdb.connect(str(bench.folder / "copied.duckdb"), config=SETTINGS)
    try:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(f"ATTACH {literal(str(link))} AS source (READ_ONLY)")
        con.execute("SET enable_external_access = false")
        return copy(con, wanted, path.name)
    finally:
        con.close()


def copy(con: DuckDBPyConnection, wanted: str, shown: str) -> str:
    """Make the table `raw` from the table of the attached database `source`; its name.

    The schema need not be named where it is the usual one: main, public, or the database's own.
    """
    found = con.execute(_TABLES).fetchall()
    plain = {table if schema in ("main", "public", shown) else f"{schema}.{table}": (schema, table)
             for schema, table in found}  # fmt: skip
    whole = {f"{schema}.{table}": (schema, table) for schema, table in found}
    name = wanted if wanted in whole else chosen(list(plain), wanted, shown)
    schema, table = (plain | whole)[name]
    con.execute(f"CREATE TABLE raw AS SELECT * FROM source.{quoted(schema)}.{quoted(table)}")
    return name


def _told(path: Path, e: Exception) -> BadInput:
    import duckdb

    said, shown = str(e), printable(path.name, 80)
    if "set lock" in said:
        return BadInput(
            f"{shown} is open in another program, which has locked it.",
            do="Close it there, or name a copy of the file.",
        )
    if "version number" in said or "storage version" in said:
        return BadInput(
            f"{shown} was written by a version of DuckDB that {duckdb.__version__} cannot read.",
            printable(said.split("\n")[0], 160),
            "Export the table there: COPY name TO 'name.parquet'; then name that file.",
        )
    if "file system operations are disabled" in said or "PermissionException" in type(e).__name__:
        return BadInput(
            f"The view reads other files than {shown}, which is not followed.",
            do="Export it there: COPY name TO 'name.parquet'; then name that file.",
        )
    return BadInput(
        f"{shown} cannot be read as a DuckDB database.",
        printable(said.split("\n")[0].replace(str(path), shown), 200),
        "Export the table as Parquet where it was made, and name that file.",
    )
