"""What each remedy does to the open table `t`; every function tells how much it changed."""

from __future__ import annotations

from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import notation
from mlops_tui.profile.cleaning import marker, spellings
from mlops_tui.profile.model import Type
from mlops_tui.profile.printing import printable
from mlops_tui.profile.table import Column, Table
from mlops_tui.profile.workspace import literal

_SQL: dict[Type, str] = {"integer": "BIGINT", "number": "DOUBLE"}


def own_copy(table: Table) -> None:
    """A large Parquet file is read in place: what changes it needs a copy."""
    found = table.con.execute(
        "SELECT count(*) FROM duckdb_views() WHERE view_name = 't' AND NOT internal"
    ).fetchone()
    if found and found[0]:
        table.con.execute("CREATE TABLE own AS SELECT * FROM t ORDER BY rn")
        table.con.execute("DROP VIEW t")
        table.con.execute("ALTER TABLE own RENAME TO t")


def exclude(table: Table, gone: set[str]) -> None:
    """Drop the columns called so, where they are still there.

    The names c0, c1, … stand for places, so the columns after a dropped one move up.
    """
    left = [c for c in table.columns if c.name not in gone]
    if len(left) == len(table.columns):
        return
    picked = ", ".join(f"{c.sql} AS c{i}" for i, c in enumerate(left))
    _replace(table, f"SELECT rn, {picked} FROM t ORDER BY rn")
    table.columns = [Column(c.name, f"c{i}", c.type, c.physical) for i, c in enumerate(left)]
    table.facts = {kind: _without(noticed, gone) for kind, noticed in table.facts.items()}


def _without(noticed: Any, gone: set[str]) -> Any:
    """What reading noticed, without what it noticed about columns that are no more."""
    if isinstance(noticed, dict):
        return {name: told for name, told in noticed.items() if name not in gone}
    return [name for name in noticed if name not in gone]


def as_missing(table: Table, column: Column, value: str | None) -> int:
    """Empty the cells of `column` that hold `value`; BadInput where it cannot hold it."""
    found = marker(column, value)
    test = f"{column.sql}::VARCHAR = {literal(str(found))}"
    if not isinstance(found, str):
        test = f"{column.sql} = {found!r}"
    return _updated(table, f"{column.sql} = NULL", test)


def as_number(table: Table, column: Column) -> int:
    """Read a text column as numbers; how many values became missing because they are none.

    BadInput where most of its values are no numbers. A column of numbers stays as it is.
    """
    if column.type in _SQL:
        return 0
    if column.type != "text":
        raise BadInput(f"{printable(column.name, 60)} holds no texts that could be numbers.")
    found = notation.of_numbers(table, column)
    kind = found.kind
    if kind is None or 2 * found.unread > found.present:
        raise BadInput(
            f"Most values of {printable(column.name, 60)} are no numbers.",
            do="Leave it as text, or correct it where the data is made.",
        )
    as_type: Type = "integer" if kind.type == "integer" else "number"
    value = kind.cast(notation.bare(column))
    table.con.execute(f"ALTER TABLE t ALTER {column.sql} TYPE {_SQL[as_type]} USING {value}")
    place = table.columns.index(column)
    table.columns[place] = Column(column.name, column.sql, as_type, kind.name)
    table.facts["mixed"] = _without(table.facts.get("mixed", {}), {column.name})
    if kind.name.startswith("money"):
        table.facts["money"] = [*table.facts.get("money", ()), column.name]
    return found.unread


def merge_variants(table: Table, column: Column) -> int:
    """Every spelling becomes the one that stays of those that are alike."""
    changes, _ = spellings(table, column)
    if not changes:
        return 0
    table.con.execute("CREATE OR REPLACE TEMP TABLE spelling (was VARCHAR, goal VARCHAR)")
    table.con.executemany("INSERT INTO spelling VALUES (?, ?)", changes)
    goal = f"(SELECT goal FROM spelling WHERE was = t.{column.sql})"
    return _updated(table, f"{column.sql} = {goal}", f"{column.sql} IN (SELECT was FROM spelling)")


def drop_duplicates(table: Table) -> int:
    """Only the first of equal rows stays; the rows are numbered anew."""
    every = ", ".join(c.sql for c in table.columns)
    _replace(
        table,
        "SELECT * REPLACE (row_number() OVER (ORDER BY rn) - 1 AS rn) FROM t "
        f"WHERE rn IN (SELECT min(rn) FROM t GROUP BY {every}) ORDER BY rn",
    )
    before = table.rows
    table.rows = int((table.con.execute("SELECT count(*) FROM t").fetchone() or (0,))[0])
    return before - table.rows


def _updated(table: Table, change: str, where: str) -> int:
    found = table.con.execute(f"SELECT count(*) FROM t WHERE {where}").fetchone() or (0,)
    if found[0]:
        table.con.execute(f"UPDATE t SET {change} WHERE {where}")
        # An update may move rows; everything else counts on the order of the file.
        _replace(table, "SELECT * FROM t ORDER BY rn")
    return int(found[0])


def _replace(table: Table, query: str) -> None:
    table.con.execute(f"CREATE TABLE fresh AS {query}")
    table.con.execute("DROP TABLE t")
    table.con.execute("ALTER TABLE fresh RENAME TO t")
