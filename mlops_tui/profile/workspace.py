"""A private temporary folder and a DuckDB connection that reaches nothing else."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PREFIX = "mlops-tui-profile-"
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "1GiB",
    "preserve_insertion_order": True,
}
"""How every connection is made: nothing is fetched, large tables go to disk."""


@contextmanager
def workspace() -> Iterator[Path]:
    """A folder that goes away again; those of killed processes are cleared here, too."""
    _clear_stale(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_stale(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        found = re.match(rf"{_PREFIX}(\d+)-", folder.name)
        if found and not _alive(int(found[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def connect(folder: Path) -> DuckDBPyConnection:
    """DuckDB on a file in `folder`, so that large tables need little memory."""
    import duckdb

    config = {**SETTINGS, "temp_directory": str(folder / "spill")}
    con = duckdb.connect(str(folder / "work.duckdb"), config=config)
    con.execute("SET TimeZone = 'UTC'")
    return con


def quoted(name: str) -> str:
    """`name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """`text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def told(error: Exception, *places: tuple[str, str]) -> str:
    """The first line of what DuckDB says, with names in place of our own links.

    `places` are pairs of a path of ours and the name that a person knows.
    """
    said = str(error).split("\n")[0]
    for place, name in places:
        said = said.replace(place, name)
    return re.sub(rf"\S*{_PREFIX}\S*/([^/\s'\"]+)", r"\1", said)
