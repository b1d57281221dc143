"""Open any source as one DuckDB table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.profile.corrections import UNCORRECTED, Corrections
from mlops_tui.profile.printing import printable
from mlops_tui.profile.readers import read_file
from mlops_tui.profile.sources import Source
from mlops_tui.profile.table import Bench, Progress, Table
from mlops_tui.profile.workspace import connect, workspace


def _quiet(done: float, total: float | None, label: str) -> None:
    """The progress of someone who does not listen."""


@contextmanager
def opened(
    source: Path | str,
    on_progress: Progress | None = None,
    corrections: Corrections = UNCORRECTED,
) -> Iterator[Table]:
    """What `source` names (see sources), read as `corrections` say, until the block ends.

    Raises BadInput where it is no usable table, or a correction makes no sense for it.
    """
    named = Source.parse(str(source))
    named.check()
    with workspace() as folder:
        con = connect(folder)
        try:
            bench = Bench(con, folder, on_progress or _quiet, corrections)
            yield _finished(_read(bench, named), named, corrections)
        finally:
            con.close()


def _read(bench: Bench, source: Source) -> Table:
    from mlops_tui.profile import buckets, filesets, servers, web

    bench.told(0, None, "reading")
    if source.kind == "files":
        return filesets.read(bench, source)
    if source.kind == "server":
        return servers.read(bench, source)
    if source.kind == "bucket":
        return buckets.read(bench, source)
    path = web.fetched(source.place, bench) if source.kind == "web" else source.path
    return read_file(bench, path, source.table)


def _finished(table: Table, source: Source, corrections: Corrections) -> Table:
    table.name = table.name or source.name
    found = table.detected
    table.detected = replace(found, notes=(*corrections.notes, *found.notes))
    if table.rows == 0:
        raise BadInput(
            f"{printable(table.name, 80)} has column names but no rows.",
            do="Export it again with its data.",
        )
    return table
