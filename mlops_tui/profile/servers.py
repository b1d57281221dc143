"""Read one table or view of a PostgreSQL or MySQL server through DuckDB's extensions."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from mlops_tui.errors import BadInput
from mlops_tui.profile import databases, extensions, typed
from mlops_tui.profile.printing import printable
from mlops_tui.profile.sources import Source
from mlops_tui.profile.table import Bench, Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.workspace import literal

_NAMES = {"postgres": "PostgreSQL", "mysql": "MySQL"}
_EXPORT = {
    "postgres": "export the table with psql: \\copy (SELECT * FROM name) TO 'name.csv' CSV HEADER",
    "mysql": "export the table with your client as CSV",
}


def read(bench: Bench, source: Source) -> Table:
    """The table that `source` names, or the only one there is."""
    import duckdb

    kind = "mysql" if source.place.lower().startswith("mysql") else "postgres"
    bench.corrections.check(_NAMES[kind])
    # An address that leads nowhere would otherwise be waited for for minutes.
    os.environ.setdefault("PGCONNECT_TIMEOUT", "15")
    extensions.load(bench.con, kind, f"A table of {_NAMES[kind]}", _EXPORT[kind])
    told = source.place if kind == "postgres" else _mysql(source.place)
    try:
        bench.con.execute(f"ATTACH {literal(told)} AS source (TYPE {kind}, READ_ONLY)")
        databases.copy(bench.con, source.table, source.name.partition("#")[0])
        bench.con.execute("DETACH source")
        return typed.read(bench, Relation("raw", _NAMES[kind]))
    except duckdb.Error as e:
        said = str(e).split("\n")[0].replace(told, source.name)
        raise BadInput(
            f"The {_NAMES[kind]} server did not hand out {printable(source.name, 80)}.",
            printable(said, 240),
            f"Check that the server can be reached and the table read, or {_EXPORT[kind]}.",
        ) from None


def _mysql(address: str) -> str:
    """The address in the words that the extension takes: in quotes, so that each is one value."""
    parts = urlsplit(address)
    told = {"host": parts.hostname, "port": parts.port, "user": parts.username}
    told["database"] = parts.path.strip("/")
    return " ".join(
        f"{name}={_quoted(unquote(str(value)))}" for name, value in told.items() if value
    )


def _quoted(value: str) -> str:
    escaped = value.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'
