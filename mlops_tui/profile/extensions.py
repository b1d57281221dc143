"""DuckDB's extensions: used where a person has them, never fetched behind their back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_tui.errors import BadInput
from mlops_tui.profile.printing import printable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def load(con: DuckDBPyConnection, name: str, what: str, instead: str) -> None:
    """Load the extension `name`; BadInput that says how to get it, or what to do `instead`."""
    import duckdb

    try:
        con.execute(f"LOAD {name}")
    except duckdb.Error as e:
        missing = "not found" in str(e) or "INSTALL" in str(e)
        raise BadInput(
            f"{what} is read through DuckDB's extension {name}, which "
            f"{'is not on this machine' if missing else 'cannot be loaded here'}.",
            "" if missing else printable(str(e).split("\n")[0], 160),
            f'Install it once, with the Python that runs mlops-tui (python -c "import duckdb; '
            f"duckdb.sql('INSTALL {name}')\" downloads it), or {instead}.",
        ) from None
