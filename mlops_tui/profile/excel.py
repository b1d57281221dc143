"""Read the first sheet with data of a workbook, through the same path as text."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile.corrections import Corrections
from mlops_tui.profile.model import Detected
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.table import Bench, Table


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with data: its rows, the number of the first one, and the other sheets' names."""

    name: str
    rows: list[list[Any]]
    first_row: int
    others: list[str]


def read(bench: Bench, path: Path) -> Table:
    """The workbook at `path` as the table `t`; the header's line is its row in the sheet."""
    from mlops_tui.profile import text

    sheet = _sheet(path)
    target = bench.folder / "sheet.csv"
    lines = _written(sheet, target)
    said = {"delimiter": "comma", "encoding": "utf-8", **bench.corrections.layout}
    header = said.get("header", "none")
    if header != "none":
        said["header"] = str(_line(int(header), lines))
    as_text = replace(bench, corrections=Corrections(said, bench.corrections.types))
    table = text.read(as_text, [target], "Excel")
    d = table.detected
    notes = [f"The sheet {printable(sheet.name, 60)} was read."]
    if sheet.others:
        notes.append(f"These sheets were not read: {listed(sheet.others)}.")
    row = {line: row for row, line in lines.items()}.get(d.header_line or 0)
    table.detected = Detected("Excel", header_line=row, notes=(*notes, *d.notes), dates=d.dates)
    return table


def _written(sheet: _Sheet, target: Path) -> dict[int, int]:
    """Write the rows as text; on which line each row of the sheet that holds something begins.

    Empty rows are blank lines, so that lines are rows as long as no cell has a line break. A
    title is written without the empty cells beside it: then it is seen not to be the header.
    """
    timed = {i for row in sheet.rows for i, cell in enumerate(row) if _has_time(cell)}
    rows = [[_cell(cell, i in timed) for i, cell in enumerate(row)] for row in sheet.rows]
    _refuse_several(rows, sheet)
    width = max(map(len, rows))
    usual = Counter(_extent(row) for row in rows if any(row)).most_common(1)[0][0]
    lines, line, titles = {}, sheet.first_row, True
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        out.write("\n" * (sheet.first_row - 1))
        for i, row in enumerate(rows):
            if not any(row):
                out.write("\n" if width > 1 else '""\n')
                line += 1
                continue
            titles = titles and _is_title(row, usual)
            writer.writerow(filter(None, row) if titles else [*row, *[""] * (width - len(row))])
            lines[sheet.first_row + i] = line
            line += 1 + sum(cell.count("\n") for cell in row)
    return lines


def _extent(row: list[str]) -> int:
    return max((i + 1 for i, cell in enumerate(row) if cell), default=0)


def _is_title(row: list[str], usual: int) -> bool:
    """Does a row above the table hold less than half of what the rows below hold?"""
    filled = [i for i, cell in enumerate(row) if cell]
    return usual > 1 and (filled == [0] or len(filled) < 0.5 * usual)


def _refuse_several(rows: list[list[str]], sheet: _Sheet) -> None:
    """Two tables one below the other, an empty row between, would become one of wrong cells."""
    blocks: list[list[int]] = [[]]
    for i, row in enumerate(rows):
        if any(row):
            blocks[-1].append(i)
        elif blocks[-1]:
            blocks.append([])
    longest = max(map(len, blocks))
    large = [block for block in blocks if len(block) >= 3 and 2 * len(block) >= longest]
    extents = [max(_extent(rows[i]) for i in block) for block in large]
    if len(set(extents)) > 1:
        told = listed(sheet.first_row + block[0] for block in large)
        raise BadInput(
            f"The sheet {printable(sheet.name, 60)} holds several tables; they begin in rows "
            f"{told}.",
            do="Save each as CSV, or put each on a sheet of its own.",
        )


def _line(row: int, lines: dict[int, int]) -> int:
    if row not in lines:
        raise BadInput(
            f"Row {row} of the sheet cannot be the header: it is empty.",
            do=f"Choose another; rows with cells are {listed(lines, 8)}.",
        )
    return lines[row]


def _sheet(path: Path) -> _Sheet:
    """The first sheet that holds something."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=True)
            if any(any(cell not in ("", None) for cell in row) for row in rows):
                others = [other for other in book.sheet_names if other != name]
                return _Sheet(name, rows, (sheet.start or (0, 0))[0] + 1, others)
    except Exception as e:  # calamine raises several kinds of its own and of zip's
        raise BadInput(
            f"The workbook {printable(path.name, 80)} cannot be read: damaged or protected.",
            printable(e, 200),
            "Open it in your spreadsheet program and save the sheet as CSV.",
        ) from None
    raise BadInput(f"The workbook {printable(path.name, 80)} has no cells with data.")


def _has_time(value: Any) -> bool:
    return isinstance(value, dt.datetime) and value.time() != dt.time()


def _cell(value: Any, timed: bool) -> str:
    """A cell as text; a sheet's date is midnight where others of the column are `timed`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.date):
        day, _, time = value.isoformat().partition("T")
        return f"{day} {time or '00:00:00'}" if timed else day
    return str(value)
