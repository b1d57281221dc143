"""Read delimited text: find the layout, read every cell as text, then give columns types."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import dialect, encoding, texts
from mlops_tui.profile.corrections import DELIMITERS, UNCORRECTED, Corrections
from mlops_tui.profile.model import Detected, Type
from mlops_tui.profile.reading import Column, Progress, Table
from mlops_tui.profile.texts import Reading, Said, batches
from mlops_tui.profile.words import listed, printable
from mlops_tui.profile.workspace import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SQL_TYPES: dict[str, Type] = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "time": "time",
}
_WIDE = 300
_LINE_SIZES = (2 << 20, 64 << 20)


def read(
    con: DuckDBPyConnection,
    path: Path,
    folder: Path,
    told: Progress,
    corrections: Corrections = UNCORRECTED,
    label: str = "CSV",
) -> Table:
    """The text table at `path` as the table `t`."""
    said = corrections.layout
    plain = encoding.decoded(path, folder, said.get("encoding"))
    delimiter = DELIMITERS[said["delimiter"]] if "delimiter" in said else None
    layout = dialect.layout(plain.path, delimiter, said.get("header"))
    if layout is None:
        raise BadInput(f"{printable(path.name, 80)} holds only blank lines.")
    notes = [*plain.notes, *layout.notes]
    names = dialect.usable_names(layout.names, notes)
    if len(names) > _WIDE:
        # Its cost grows with the square of the number of columns: half a minute at 2,300.
        con.execute("PRAGMA disable_optimizer")
    _load(con, plain.path, folder, layout, len(names))
    rows = int((con.execute("SELECT count(*) FROM raw").fetchone() or (0,))[0])
    bad_lines = _rejected(con, path, rows, notes)
    if rows:
        _refuse_swallowed(con, path, layout, rows, notes)
    made, comma = texts.readings(
        con, len(names), rows, layout.delimiter,
        lambda i, n: told(i, n, "finding the types"), _said(corrections, names),
    )  # fmt: skip
    _typed(con, made)
    con.execute("PRAGMA enable_optimizer")
    columns = [_column(name, reading) for name, reading in zip(names, made, strict=True)]
    notes += _told(columns, made)
    detected = Detected(
        label,
        layout.delimiter,
        plain.encoding,
        layout.header_line if layout.has_header else None,
        "," if comma else ".",
        tuple(notes),
        next((r.kind.order for r in made if r.kind and r.kind.order), said.get("dates")),
    )
    return Table(con, columns, rows, detected, path, _facts(columns, made, bad_lines))


def _said(corrections: Corrections, names: list[str]) -> Said:
    decimal = corrections.layout.get("decimal")
    comma = None if decimal is None else decimal == "comma"
    return Said(comma, corrections.layout.get("dates"), corrections.by_place(names))


def _load(
    con: DuckDBPyConnection, path: Path, folder: Path, layout: dialect.Layout, width: int
) -> None:
    """The cells as texts in the table `raw`; lines that do not fit go to `reject_errors`."""
    import duckdb

    # A link with a plain name: DuckDB would take [, ] and * in a path for a pattern.
    link = folder / "source.csv"
    link.symlink_to(path.resolve())
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
    for size in _LINE_SIZES:
        con.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        query = (
            f"CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv({literal(str(link))}, "
            f"auto_detect=false, header=false, skip={layout.skip}, "
            f"delim={literal(layout.delimiter)}, quote={literal(layout.quote)}, "
            f"escape={literal(layout.quote)}, columns={{{columns}}}, store_rejects=true, "
            f"rejects_limit=0, max_line_size={size})"
        )
        try:
            con.execute(query)
        except duckdb.Error as e:
            if "line size" in str(e).lower() and size != _LINE_SIZES[-1]:
                continue
            raise BadInput(
                "The text cannot be read as a table.", printable(str(e).split("\n")[0], 200)
            ) from None
        if not _too_long(con):
            return


def _too_long(con: DuckDBPyConnection) -> bool:
    query = "SELECT count(*) FROM reject_errors WHERE error_type = 'LINE SIZE OVER MAXIMUM'"
    return bool((con.execute(query).fetchone() or (0,))[0])


def _rejected(con: DuckDBPyConnection, path: Path, rows: int, notes: list[str]) -> dict[int, str]:
    """The lines that do not fit the table, told; BadInput when they are most of the file."""
    found = con.execute(
        "SELECT line, min(error_type::VARCHAR), min(csv_line) FROM reject_errors "
        "GROUP BY line ORDER BY line"
    ).fetchall()
    for line, why, text in found:
        if why == "UNQUOTED VALUE" and (text or "").strip().count("\n") > 1:
            raise _unbalanced(path, line)
    if len(found) > max(rows, 5):
        raise BadInput(
            f"{printable(path.name, 80)} is not a table: {len(found)} of its lines do not have "
            "as many cells as the others.",
            f"The first is line {found[0][0]}: {printable((found[0][2] or '').strip(), 60)}",
            "Export it again, or say which character separates the cells.",
        )
    if found:
        lines = listed((line for line, _, _ in found), most=5)
        first = printable((found[0][2] or "").strip(), 60)
        notes.append(
            f"{len(found)} line(s) do not fit the table and were left out: line {lines} "
            f"(the first: {first})."
        )
    return {int(line): str(why) for line, why, _ in found}


def _unbalanced(path: Path, line: int) -> BadInput:
    return BadInput(
        f'{printable(path.name, 80)}: a quote (") opens on line {line} and never closes.',
        "Everything after it would become one cell.",
        f"Remove or close the quote on line {line}.",
    )


def _refuse_swallowed(
    con: DuckDBPyConnection, path: Path, layout: dialect.Layout, rows: int, notes: list[str]
) -> None:
    """A cell that holds whole lines of the table means that a quote closed far too late."""
    width = len(layout.names)
    for batch in batches(range(width if width > 2 else 0)):
        held = " OR ".join(f"(contains(c{i}, chr(10)) AND length(c{i}) > 80)" for i in batch)
        cells = con.execute(
            f"SELECT rowid, {', '.join(f'c{i}' for i in batch)} FROM raw WHERE {held} LIMIT 500"
        ).fetchall()
        for row, *values in cells:
            lines = [line for value in values if value for line in value.split("\n")[1:]]
            inside = sum(line.count(layout.delimiter) >= width - 1 for line in lines)
            if inside > max(2, rows * 0.01):
                raise _unbalanced(path, layout.skip + int(row) + 1)
            if inside:
                notes.append(
                    f"A cell in data row {row + 1} holds {inside} line(s) that look like rows of "
                    "a table: a quote there may close too late."
                )


def _typed(con: DuckDBPyConnection, made: list[Reading]) -> None:
    """The table `t`: the values of `raw`, in the order of the file."""
    picked = ", ".join(f"{reading.settled} AS c{reading.index}" for reading in made)
    con.execute(f"CREATE TABLE t AS SELECT rowid AS rn, {picked} FROM raw ORDER BY rowid")
    con.execute("DROP TABLE raw")


def _column(name: str, reading: Reading) -> Column:
    kind = _SQL_TYPES[reading.kind.type] if reading.kind else "text"
    return Column(name, f"c{reading.index}", kind, reading.kind.name if reading.kind else "text")


def _told(columns: list[Column], made: list[Reading]) -> list[str]:
    notes: list[str] = []
    marked = [(c.name, r) for c, r in zip(columns, made, strict=True) if r.marked]
    if marked:
        used = sorted({marker for _, r in marked for marker in r.seen})
        seen = Counter({name: r.marked for name, r in marked})
        where = listed((f"{name} ({n})" for name, n in seen.most_common()), 6)
        notes.append(f"Read as missing ({' '.join(used[:12])} and empty): {where}.")
    by_note: dict[str, list[str]] = {}
    for column, reading in zip(columns, made, strict=True):
        if reading.kind and reading.kind.note:
            by_note.setdefault(reading.kind.note, []).append(column.name)
    notes += [f"{note} In: {listed(names)}." for note, names in by_note.items()]
    pairs = zip(columns, made, strict=True)
    return notes + [r.lost.note(c.name) for c, r in pairs if r.lost]


def _facts(columns: list[Column], made: list[Reading], bad_lines: dict[int, str]) -> dict[str, Any]:
    paired = list(zip(columns, made, strict=True))
    return {
        "mixed": {c.name: r.mixed for c, r in paired if r.mixed},
        "marked": {
            c.name: {"count": r.marked, "markers": sorted(r.seen)} for c, r in paired if r.marked
        },
        "money": [c.name for c, r in paired if r.kind and r.kind.name.startswith("money")],
        "bad_lines": bad_lines,
    }
