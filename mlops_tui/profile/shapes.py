"""One JSON document that holds a table inside: which records it means."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from mlops_tui.profile.printing import listed, printable

_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Inside:
    """The records of a document, and what a person is told about where they were."""

    records: list[dict[str, Any]]
    note: str


def unfolded(path: Path, target: Path) -> str | None:
    """Write the records inside the document at `path`, one a line; the note, or None: no table."""
    if path.stat().st_size > _LARGEST:
        return None
    try:
        found = inside(json.loads(path.read_text(encoding="utf-8-sig")))
    except (ValueError, RecursionError):
        return None
    if found is None:
        return None
    with target.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(record) + "\n" for record in found.records)
    return found.note


def inside(document: Any) -> Inside | None:
    """The table in `document`; None where it is not plain which one that would be."""
    if isinstance(document, list):
        return _rows(document)
    if not isinstance(document, dict) or not document:
        return None
    return _split(document) or _columns(document) or _wrapped(document) or _keyed(document)


def _rows(rows: list[Any]) -> Inside | None:
    """Lists of equal length; the first are the names when it alone is all words."""
    if not rows or not all(isinstance(row, list) and row for row in rows):
        return None
    if any(len(a) != len(b) for a, b in pairwise(rows)):
        return None
    first, rest = rows[0], rows[1:]
    words = all(isinstance(cell, str) for cell in first) and len(set(first)) == len(first)
    if words and rest and not all(isinstance(cell, str) for row in rest for cell in row):
        return Inside([dict(zip(first, row, strict=True)) for row in rest],
                      "Each list is a row; the first has the names.")  # fmt: skip
    names = [f"column_{i + 1}" for i in range(len(first))]
    return Inside([dict(zip(names, row, strict=True)) for row in rows],
                  "Each list is a row; the columns were named column_1, column_2, …")  # fmt: skip


def _split(document: dict[str, Any]) -> Inside | None:
    """`{"columns": […], "data": [[…], …]}`, as pandas writes it."""
    names, rows = document.get("columns"), document.get("data")
    if not (isinstance(names, list) and isinstance(rows, list) and rows):
        return None
    if not all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return None
    return Inside([dict(zip(map(str, names), row, strict=True)) for row in rows],
                  "Names and rows stood apart and were put together.")  # fmt: skip


def _columns(document: dict[str, Any]) -> Inside | None:
    """`{"a": [1, 2], "b": [3, 4]}`, or the same with row numbers: `{"a": {"0": 1}}`."""
    values = list(document.values())
    if all(isinstance(value, dict) and value for value in values):
        keys = list(values[0])
        if any(list(value) != keys for value in values) or not all(k.isdigit() for k in keys):
            return None
        values = [list(value.values()) for value in values]
    if not all(isinstance(value, list) for value in values) or len(values[0]) < 2:
        return None
    same = all(len(a) == len(b) for a, b in pairwise(values))
    if not same or (len(values) == 1 and all(isinstance(v, dict) for v in values[0])):
        return None
    rows = zip(*values, strict=True)
    return Inside([dict(zip(document, row, strict=True)) for row in rows],
                  "The document holds a list for each column.")  # fmt: skip


def _wrapped(document: dict[str, Any]) -> Inside | None:
    """`{"status": "ok", "data": [{…}, …]}`: the only list of records is the table."""
    tables = [name for name, value in document.items() if _are_records(value)]
    if len(tables) != 1:
        return None
    others = [name for name in document if name != tables[0]]
    beside = f" Left out beside them: {listed(others)}." if others else ""
    return Inside(document[tables[0]],
                  f"The records inside {printable(tables[0], 40)} were read.{beside}")  # fmt: skip


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(r, dict) for r in value)


def _keyed(document: dict[str, Any]) -> Inside | None:
    """`{"row1": {"a": 1}, "row2": {"a": 2}}`: records by a key."""
    values = list(document.values())
    if len(values) < 3 or not all(isinstance(value, dict) and value for value in values):
        return None
    if any(set(a) != set(b) for a, b in pairwise(values)) or "key" in values[0]:
        return None
    records = [{"key": key, **value} for key, value in document.items()]
    return Inside(records, "The records stood under keys; these are the column key.")
