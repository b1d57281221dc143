"""Read the first sheet with data of a workbook, through the same path as text."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlops_tui.errors import BadInput
from mlops_tui.profile.model import Detected
from mlops_tui.profile.reading import Progress, Table
from mlops_tui.profile.words import listed, printable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def read(con: DuckDBPyConnection, path: Path, folder: Path, told: Progress) -> Table:
    """The workbook at `path` as the table `t`."""
    from mlops_tui.profile import text

    name, rows, others = _sheet(path)
    target = folder / "sheet.csv"
    width = max(len(row) for row in rows)
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        for row in rows:
            if any(cell not in ("", None) for cell in row):
                writer.writerow([*map(_cell, row), *[""] * (width - len(row))])
    table = text.read(con, target, folder, told, ",", "Excel")
    d = table.detected
    notes = [f"The sheet {printable(name, 60)} was read."]
    if others:
        notes.append(f"These sheets were not read: {listed(others)}.")
    table.detected = Detected("Excel", None, None, d.header_line, None, (*notes, *d.notes))
    return table


def _sheet(path: Path) -> tuple[str, list[list[Any]], list[str]]:
    """Name and rows of the first sheet that holds something, and the other sheets' names."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
            if any(any(cell not in ("", None) for cell in row) for row in rows):
                return name, rows, [other for other in book.sheet_names if other != name]
    except Exception as e:  # calamine raises several kinds of its own and of zip's
        raise BadInput(
            f"The workbook {printable(path.name, 80)} cannot be read: damaged or protected.",
            printable(e, 200),
            "Open it in your spreadsheet program and save the sheet as CSV.",
        ) from None
    raise BadInput(f"The workbook {printable(path.name, 80)} has no cells with data.")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return str(value)
