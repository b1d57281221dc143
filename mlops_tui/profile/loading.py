"""Load the cells of text tables as they are, and tell which lines do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlops_tui.errors import BadInput
from mlops_tui.profile import dialect, encoding, tidying
from mlops_tui.profile.corrections import DELIMITERS
from mlops_tui.profile.dialect import Layout
from mlops_tui.profile.model import Quoting
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.table import Bench
from mlops_tui.profile.texts import batches
from mlops_tui.profile.workspace import literal, told

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
    delimiter: str
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
    text, notes = plain.path, list(plain.notes)
    delimiter = DELIMITERS[said["delimiter"]] if "delimiter" in said else None
    layout = _layout(path, text, delimiter, said.get("header"))
    shown = layout.style.delimiter
    if delimiter in (None, " ") and (shown == " " or len(layout.names) == 1):
        if dialect.aligned(text):
            text, shown = _tabbed(text, folder), " "
            layout = _layout(path, text, "\t", said.get("header"))
            notes.append("The cells are set apart by runs of blanks.")
        elif len(layout.names) == 1 and dialect.fixed_width(text):
            raise _fixed(path)
    # A link with a plain name: DuckDB would take [, ] and * in a path for a pattern.
    link = folder / "source.csv"
    link.symlink_to(text.resolve())
    return Part(link, path.name, layout, plain.encoding, shown, (*notes, *layout.header.notes))


def _layout(path: Path, text: Path, delimiter: str | None, header: str | None) -> Layout:
    layout = dialect.layout(text, delimiter, header)
    if layout is None:
        raise BadInput(f"{printable(path.name, 80)} holds only blank lines.")
    return layout


def _tabbed(text: Path, folder: Path) -> Path:
    target = folder / "tabbed.csv"
    with (
        text.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="utf-8", newline="\n") as out,
    ):
        out.writelines("\t".join(line.split()) + "\n" for line in source)
    return target


def _fixed(path: Path) -> BadInput:
    return BadInput(
        f"{printable(path.name, 80)} seems to have columns of fixed width, set apart by blanks.",
        "Where a cell holds blanks or is empty, one cannot tell the columns apart.",
        "Save it as CSV from the program that made it, or open it in a spreadsheet program with "
        "fixed widths.",
    )


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
    if (a.style, a.header.skip) != (b.style, b.header.skip):
        raise BadInput(
            f"{printable(other.name, 80)} is laid out differently from "
            f"{printable(first.name, 80)}: another delimiter, or lines above the header.",
            do="Save them in the same form, or put them together first.",
        )


def load(bench: Bench, parts: Sequence[Part], notes: list[str]) -> tuple[int, list[str]]:
    """The cells as texts in the table `raw`: how many rows, the names; notes on what is odd."""
    con, names = bench.con, list(parts[0].layout.names)
    _copied(con, parts)
    rows = _rows(con)
    _rejected(con, parts, rows, notes)
    if not rows:
        return 0, names
    _refuse_swallowed(con, parts, rows, notes)
    if parts[0].layout.header.line is not None:
        tidying.headers_again(con, names, notes)
        names = tidying.without_nameless(con, names, notes)
    tidying.rulers(con, len(names), notes)
    return _rows(con), names


def _rows(con: DuckDBPyConnection) -> int:
    return int((con.execute("SELECT count(*) FROM raw").fetchone() or (0,))[0])


def _copied(con: DuckDBPyConnection, parts: Sequence[Part]) -> None:
    """Lines that do not fit go to `reject_errors`."""
    import duckdb

    for size in _LINE_SIZES:
        try:
            _read(con, parts, size)
        except duckdb.Error as e:
            if "line size" in str(e).lower() and size != _LINE_SIZES[-1]:
                continue
            if "state machine" not in str(e):
                raise _unreadable(e) from None
            _with_same_ends(con, parts)
        if not _too_long(con):
            return


def _with_same_ends(con: DuckDBPyConnection, parts: Sequence[Part]) -> None:
    """Once more, after the line ends of different systems were made the same."""
    import duckdb

    for part in parts:
        made = encoding.with_same_ends(part.link, part.link.with_name("ends.csv"))
        part.link.unlink()
        part.link.symlink_to(made)
    try:
        _read(con, parts, _LINE_SIZES[-1])
    except duckdb.Error as e:
        raise _unreadable(e) from None


def _unreadable(e: Exception) -> BadInput:
    return BadInput("The text cannot be read as a table.", printable(told(e), 200))


def _read(con: DuckDBPyConnection, parts: Sequence[Part], size: int) -> None:
    """The table `raw`; a line of more than `size` bytes is an error."""
    layout, style = parts[0].layout, parts[0].layout.style
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(layout.names)))
    links = ", ".join(literal(str(part.link)) for part in parts)
    con.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    con.execute(
        f"CREATE OR REPLACE TABLE raw AS SELECT * FROM read_csv([{links}], "
        f"auto_detect=false, header=false, skip={layout.header.skip}, "
        f"delim={literal(style.delimiter)}, quote={literal(style.quote)}, "
        f"escape={literal(style.escape)}, columns={{{columns}}}, store_rejects=true, "
        f"rejects_limit=0, max_line_size={size})"
    )


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
    told = f"{len(found)} line(s) do not fit the table and were left out: line {lines}"
    notes.append(Quoting(f"{told} (the first: {first}).", f"{told}."))


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
            inside = sum(line.count(layout.style.delimiter) >= width - 1 for line in lines)
            if inside > max(2, rows * 0.01):
                raise _unbalanced(parts[0].name, layout.header.skip + int(row) + 1)
            if inside:
                notes.append(
                    f"A cell in data row {row + 1} holds {inside} line(s) that look like rows of "
                    "a table: a quote there may close too late."
                )
