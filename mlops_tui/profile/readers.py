"""The reader for each kind of file on this machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile import guard, kinds
from mlops_tui.profile.kinds import FORMATS
from mlops_tui.profile.printing import printable
from mlops_tui.profile.table import Bench, Table


def read_file(bench: Bench, path: Path, table: str) -> Table:
    """One file of this machine, unpacked where it is packed."""
    from mlops_tui.profile import databases, documents, excel, text

    kind, packing, shown = kinds.kind(path), "", path.name
    if kind in ("gzip", "zstd"):
        bench.told(0, None, "unpacking")
        packing, path = kind, guard.unpacked(path, kind, bench.folder)
        kind = kinds.kind(path)
    if kind not in FORMATS:
        raise BadInput(f"{printable(shown, 80)} is packed twice.", do="Unpack it.")
    bench.corrections.check(FORMATS[kind])
    if kind in ("sqlite", "duckdb"):
        made = databases.read(bench, path, kind, table)
    elif kind == "excel":
        made = excel.read(bench, path)
    elif kind == "text":
        made = text.read(bench, [path])
    else:
        made = documents.read(bench, path, kind)
    if packing:
        made.detected = replace(made.detected, format=f"{made.detected.format}, {packing}")
    return made
