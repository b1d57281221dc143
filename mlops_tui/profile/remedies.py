"""Remedies the user chose, applied to the open table before it is profiled and written.

Each changes `t` in place, in the order given, and tells how much it touched; the same remedies
on the same source give the same table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile.model import Remedy
from mlops_tui.profile.reading import Column, Table
from mlops_tui.profile.words import listed, printable
from mlops_tui.profile.workspace import literal

ACTIONS = ("exclude", "as_missing", "merge_variants", "drop_duplicates", "drop_unanswered")
_NUMERIC = ("integer", "number")


def parsed(told: Any) -> tuple[Remedy, ...]:
    """The remedies of roles.json; BadInput where one is not understood."""
    made = []
    for item in told or ():
        if not isinstance(item, dict) or item.get("action") not in ACTIONS:
            raise BadInput(
                f"A remedy is not understood: {printable(item, 120)}.",
                do=f"Its action is one of {listed(ACTIONS, 9)}.",
            )
        value = item.get("value")
        text = None if value is None else str(value)
        made.append(Remedy(item["action"], tuple(item.get("columns") or ()), text))
    return tuple(made)


def applied(table: Table, remedies: Sequence[Remedy], target: str) -> list[dict[str, Any]]:
    """Apply `remedies` to `table`; what each did: action, columns, value, changed."""
    if remedies:
        _own_copy(table)
    record = []
    for remedy in remedies:
        columns = [_column(table, name) for name in remedy.columns]
        if remedy.action == "exclude" and target in remedy.columns:
            raise BadInput("The target cannot be left out.", do="Choose another target.")
        if remedy.action in ("as_missing", "merge_variants", "exclude") and not columns:
            raise BadInput(f"The remedy {remedy.action} names no column.")
        changed = _done(table, remedy, columns, target)
        told = {"action": remedy.action, "columns": list(remedy.columns), "value": remedy.value}
        record.append({**told, "changed": changed})
    if remedies and not table.rows:
        raise BadInput("After the remedies no rows are left.", do="Take one of them back.")
    return record


def _own_copy(table: Table) -> None:
    """A large Parquet file is read in place: what changes it needs a copy."""
    found = table.con.execute(
        "SELECT count(*) FROM duckdb_views() WHERE view_name = 't' AND NOT internal"
    ).fetchone()
    if found and found[0]:
        table.con.execute("CREATE TABLE own AS SELECT * FROM t ORDER BY rn")
        table.con.execute("DROP VIEW t")
        table.con.execute("ALTER TABLE own RENAME TO t")


def _column(table: Table, name: str) -> Column:
    for column in table.columns:
        if column.name == name:
            return column
    raise BadInput(
        f"A remedy names a column that is not there: {printable(name, 60)}.",
        do=f"The columns are: {listed((c.name for c in table.columns), 12)}.",
    )


def _done(table: Table, remedy: Remedy, columns: list[Column], target: str) -> int:
    if remedy.action == "exclude":
        return _excluded(table, columns)
    if remedy.action == "as_missing":
        return sum(_as_missing(table, column, remedy.value) for column in columns)
    if remedy.action == "merge_variants":
        return sum(_merged(table, column) for column in columns)
    if remedy.action == "drop_duplicates":
        every = ", ".join(c.sql for c in table.columns)
        return _kept(table, f"SELECT min(rn) FROM t GROUP BY {every}")
    return _kept(table, f"SELECT rn FROM t WHERE {_column(table, target).sql} IS NOT NULL")


def _excluded(table: Table, columns: list[Column]) -> int:
    """The names c0, c1, … stand for places, so the columns after a dropped one move up."""
    gone = {c.name for c in columns}
    left = [c for c in table.columns if c.name not in gone]
    picked = ", ".join(f"{c.sql} AS c{i}" for i, c in enumerate(left))
    _replace(table, f"SELECT rn, {picked} FROM t ORDER BY rn")
    table.columns = [Column(c.name, f"c{i}", c.type, c.physical) for i, c in enumerate(left)]
    return len(gone)


def _as_missing(table: Table, column: Column, value: str | None) -> int:
    if value is None:
        raise BadInput("The remedy as_missing says not which value.", do='Add "value": "-999".')
    test = f"{column.sql}::VARCHAR = {literal(value)}"
    if column.type in _NUMERIC:
        try:
            test = f"{column.sql} = {float(value)!r}"
        except ValueError:
            raise BadInput(f"{printable(value, 40)} is no number.") from None
    return _updated(table, f"{column.sql} = NULL", test)


def _merged(table: Table, column: Column) -> int:
    """Every spelling becomes the most frequent of those that are alike."""
    from mlops_tui.profile.quality import folded

    counted = table.con.execute(
        f"SELECT {column.sql} AS v, count(*) AS n FROM t WHERE v IS NOT NULL GROUP BY v "
        "ORDER BY n DESC, v"
    ).fetchall()
    if column.type != "text":
        raise BadInput(f"{printable(column.name, 60)} holds no texts whose spelling could differ.")
    first: dict[str, str] = {}
    changes = []
    for value, _ in counted:
        kept = first.setdefault(folded(value), value)
        if kept != value:
            changes.append((value, kept))
    if not changes:
        return 0
    table.con.execute("CREATE OR REPLACE TEMP TABLE spelling (was VARCHAR, goal VARCHAR)")
    table.con.executemany("INSERT INTO spelling VALUES (?, ?)", changes)
    goal = f"(SELECT goal FROM spelling WHERE was = t.{column.sql})"
    return _updated(table, f"{column.sql} = {goal}", f"{column.sql} IN (SELECT was FROM spelling)")


def _updated(table: Table, change: str, where: str) -> int:
    found = table.con.execute(f"SELECT count(*) FROM t WHERE {where}").fetchone() or (0,)
    if found[0]:
        table.con.execute(f"UPDATE t SET {change} WHERE {where}")
        # An update may move rows; everything else counts on the order of the file.
        _replace(table, "SELECT * FROM t ORDER BY rn")
    return int(found[0])


def _kept(table: Table, rows: str) -> int:
    """Only these rows stay, numbered anew."""
    _replace(
        table,
        f"SELECT * REPLACE (row_number() OVER (ORDER BY rn) - 1 AS rn) FROM t "
        f"WHERE rn IN ({rows}) ORDER BY rn",
    )
    before = table.rows
    table.rows = int((table.con.execute("SELECT count(*) FROM t").fetchone() or (0,))[0])
    return before - table.rows


def _replace(table: Table, query: str) -> None:
    table.con.execute(f"CREATE TABLE fresh AS {query}")
    table.con.execute("DROP TABLE t")
    table.con.execute("ALTER TABLE fresh RENAME TO t")
