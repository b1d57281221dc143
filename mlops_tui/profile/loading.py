"""Load the cells of text tables as they are, and tell which lines do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_tui.errors import BadInput
from mlops_tui.profile import dialect, encoding
from mlops_tui.profile.corrections import DELIMITERS
from mlops_tui.profile.dialect import Layout
from mlops_tui.profile.reading import Bench
from mlops_tui.profile.texts import batches
from mlops_tui.profile.words import listed, printable
from mlops_tui.profile.workspace import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LINE_SIZES = (2 << 20, 64 << 20)


@dataclass(frozen=True, slots=True)
class Part:
    """One file in UTF-8 behind a plain name, what it is called, and its layout."""

    link: Path
    name: str
    layout: Layout
    encoding: str
    notes: tuple[str, ...]


def parts(bench: Bench, paths: Sequence[Path]) -> list[Part]:
    """The files, decoded, with their layouts; BadInput unless these are the same."""
    made = [_part(bench, i, path) for i, path in enumerate(paths)]
    for part in made[1:]:
        _refuse_other(made[0], part)
    return made


def _part(bench: Bench, i: int, path: Path) -> Part:
    said = bench.corrections.layout
    folder = bench.folder / f"part{i}"
    folder.mkdir()
    plain = encoding.decoded(path, folder, said.get("encoding"))
    delimiter = DELIMITERS[said["delimiter"]] if "delimiter" in said else None
    layout = dialect.layout(plain.path, delimiter, said.get("header"))
    if layout is None:
        raise BadInput(f"{printable(path.name, 80)} holds only blank lines.")
    # A link with a plain name: DuckDB would take [, ] and * in a path for a pattern.
    link = folder / "source.csv"
    link.symlink_to(plain.path.resolve())
    return Part(link, path.name, layout, plain.encoding, (*plain.notes, *layout.notes))


def _refuse_other(first: Part, other: Part) -> None:
    a, b = first.layout, other.layout
    if a.names != b.names:
        missing = [name for name in a.names if name not in b.names]
        more = [name for name in b.names if name not in a.names]
        told = [f"without {listed(missing)}"] if missing else []
        told += [f"with {listed(more)}"] if more else []
        raise BadInput(
            f"{printable(other.name, 80)} has other columns than {printable(first.name, 80)}: "
            f"{' and '.join(told) or 'they stand in another order'}.",
            "Text files are only read together when their headers are the same.",
            "Name files of one kind, or put them together first.",
        )
    if (a.delimiter, a.quote, a.skip) != (b.delimiter, b.quote, b.skip):
        raise BadInput(
            f"{printable(other.name, 80)} is laid out differently from "
            f"{printable(first.name, 80)}: another delimiter, or lines above the header.",
            do="Save them in the same form, or put them together first.",
        )


def load(bench: Bench, parts: Sequence[Part], notes: list[str]) -> int:
    """The cells as texts in the table `raw`, which gets this many rows; notes on what is odd."""
    con = bench.con
    _copied(con, parts)
    rows = int((con.execute("SELECT count(*) FROM raw").fetchone() or (0,))[0])
    _rejected(con, parts, rows, notes)
    if rows:
        _refuse_swallowed(con, parts, rows, notes)
    return rows


def _copied(con: DuckDBPyConnection, parts: Sequence[Part]) -> None:
    """Lines that do not fit go to `reject_errors`."""
    import duckdb

    layout = parts[0].layout
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(layout.names)))
    links = ", ".join(literal(str(part.link)) for part in parts)
    for size in _LINE_SIZES:
        con.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        query = (
            f"CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv([{links}], "
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


def _rejected(con: DuckDBPyConnection, parts: Sequence[Part], rows: int, notes: list[str]) -> None:
    """The lines that do not fit the table, told; BadInput when they are most of the file."""
    names = {str(part.link): part.name for part in parts}
    found = con.execute(
        "SELECT file_path, line, min(error_type::VARCHAR), min(csv_line) FROM reject_errors "
        "JOIN reject_scans USING (scan_id, file_id) GROUP BY ALL ORDER BY file_path, line"
    ).fetchall()
    for place, line, why, text in found:
        if why == "UNQUOTED VALUE" and (text or "").strip().count("\n") > 1:
            raise _unbalanced(names[place], line)
    if not found:
        return
    of = {place: f" of {printable(name, 40)}" if len(parts) > 1 else ""
          for place, name in names.items()}  # fmt: skip
    first = printable((found[0][3] or "").strip(), 60)
    if len(found) > max(rows, 5):
        raise BadInput(
            f"{printable(names[found[0][0]], 80)} is not a table: {len(found)} of its lines do "
            "not have as many cells as the others.",
            f"The first is line {found[0][1]}: {first}",
            "Export it again, or say which character separates the cells.",
        )
    lines = listed((f"{line}{of[place]}" for place, line, _, _ in found), most=5)
    notes.append(
        f"{len(found)} line(s) do not fit the table and were left out: line {lines} "
        f"(the first: {first})."
    )


def _unbalanced(name: str, line: int) -> BadInput:
    return BadInput(
        f'{printable(name, 80)}: a quote (") opens on line {line} and never closes.',
        "Everything after it would become one cell.",
        f"Remove or close the quote on line {line}.",
    )


def _refuse_swallowed(
    con: DuckDBPyConnection, parts: Sequence[Part], rows: int, notes: list[str]
) -> None:
    """A cell that holds whole lines of the table means that a quote closed far too late."""
    layout = parts[0].layout
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
                raise _unbalanced(parts[0].name, layout.skip + int(row) + 1)
            if inside:
                notes.append(
                    f"A cell in data row {row + 1} holds {inside} line(s) that look like rows of "
                    "a table: a quote there may close too late."
                )
