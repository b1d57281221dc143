"""Rows and columns of a text table that are no data: headers again, rulers, nameless nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_tui.profile.printing import listed
from mlops_tui.profile.workspace import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Wide tables are made by programs, which repeat no headers; the test would be long.
_MOST_COLUMNS = 200
# What comes more often than that are values that happen to be like the names.
_FEW = 0.05


def headers_again(con: DuckDBPyConnection, names: list[str], notes: list[str]) -> None:
    """Files put together end to end repeat their header; these rows are taken out."""
    if not 2 <= len(names) <= _MOST_COLUMNS:
        return
    same = (f"trim(c{i}) = {literal(name.strip())}" if name.strip() else f"coalesce(c{i}, '') = ''"
            for i, name in enumerate(names))  # fmt: skip
    _taken_out(con, " AND ".join(same), "repeat the header", notes, _FEW)


def rulers(con: DuckDBPyConnection, width: int, notes: list[str]) -> None:
    """Lines like |---|---| that only draw; these rows are taken out."""
    if not 2 <= width <= _MOST_COLUMNS:
        return
    drawn = (
        f"regexp_full_match(coalesce(trim(c{i}), ''), '([-:=+]{{3,}})?')" for i in range(width)
    )
    some = (f"length(trim(c{i})) > 2" for i in range(width))
    test = f"{' AND '.join(drawn)} AND ({' OR '.join(some)})"
    _taken_out(con, test, "only draw a line", notes)


def without_nameless(con: DuckDBPyConnection, names: list[str], notes: list[str]) -> list[str]:
    """The names, without columns that have neither a name nor a value."""
    nameless = [i for i, name in enumerate(names) if not name.strip()]
    if not nameless:
        return names
    counted = ", ".join(f"count(nullif(trim(c{i}), ''))" for i in nameless)
    found = con.execute(f"SELECT {counted} FROM raw").fetchone() or ()
    gone = [i for i, values in zip(nameless, found, strict=True) if not values]
    kept = [i for i in range(len(names)) if i not in gone]
    if not gone or not kept:
        return names
    picked = ", ".join(f"c{i} AS c{place}" for place, i in enumerate(kept))
    con.execute(f"CREATE OR REPLACE TABLE raw AS SELECT {picked} FROM raw ORDER BY rowid")
    places = listed(i + 1 for i in gone)
    notes.append(f"{len(gone)} column(s) without a name and a value were left out: {places}.")
    return [names[i] for i in kept]


def _taken_out(
    con: DuckDBPyConnection, test: str, why: str, notes: list[str], most: float = 1.0
) -> None:
    """Delete the rows that pass `test`, unless they are more than the share `most` and one."""
    query = f"SELECT count(*), min(rowid), (SELECT count(*) FROM raw) FROM raw WHERE {test}"
    found = con.execute(query).fetchone()
    if not found or not 0 < found[0] <= max(1, most * found[2]):
        return
    kept = f"SELECT * FROM raw WHERE ({test}) IS NOT TRUE ORDER BY rowid"
    con.execute(f"CREATE OR REPLACE TABLE raw AS {kept}")
    notes.append(
        f"{found[0]} row(s) that {why} were left out; the first was data row {found[1] + 1}."
    )
