"""Read a file, or Parquet files by a pattern, from S3 through DuckDB's extension httpfs."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from mlops_tui.errors import BadInput
from mlops_tui.profile import extensions, typed
from mlops_tui.profile.printing import printable
from mlops_tui.profile.readers import read_file
from mlops_tui.profile.sources import Source
from mlops_tui.profile.table import Bench, Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.workspace import literal, told

_SECRET = {
    "KEY_ID": ("AWS_ACCESS_KEY_ID",),
    "SECRET": ("AWS_SECRET_ACCESS_KEY",),
    "SESSION_TOKEN": ("AWS_SESSION_TOKEN",),
    "REGION": ("AWS_REGION", "AWS_DEFAULT_REGION"),
}
_INSTEAD = "copy it here (aws s3 cp s3://… .) and name the file"


def read(bench: Bench, source: Source) -> Table:
    """The Parquet files that `source` names, or one file of another kind."""
    import duckdb

    extensions.load(bench.con, "httpfs", "A file of S3", _INSTEAD)
    bench.con.execute(f"CREATE SECRET bucket ({', '.join(_settings())})")
    try:
        if Path(source.place).suffix.lower() in (".parquet", ".pq"):
            bench.corrections.check("Parquet")
            relation = f"read_parquet({literal(source.place)}, union_by_name=true)"
            return typed.read(bench, Relation(relation, "Parquet"))
        path = _fetched(bench, source)
    except duckdb.Error as e:
        raise BadInput(
            f"S3 did not hand out {printable(source.name, 80)}.",
            printable(told(e), 240),
            "Check its name, AWS_REGION and the access keys in the environment, or "
            + _INSTEAD
            + ".",
        ) from None
    return read_file(bench, path, source.table)


def _settings() -> list[str]:
    """What the environment says about the access; the secret lives in memory only."""
    told = ["TYPE s3"]
    for setting, names in _SECRET.items():
        value = next((os.environ[name] for name in names if os.environ.get(name)), None)
        told += [f"{setting} {literal(value)}"] if value else []
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        parts = urlsplit(endpoint)
        secure = str(parts.scheme == "https").lower()
        told += [f"ENDPOINT {literal(parts.netloc)}", f"USE_SSL {secure}", "URL_STYLE 'path'"]
    return told


def _fetched(bench: Bench, source: Source) -> Path:
    found = bench.con.execute(f"SELECT content FROM read_blob({literal(source.place)})").fetchall()
    if len(found) != 1:
        raise BadInput(
            f"{printable(source.name, 80)} stands for {len(found)} files.",
            do="Several files of S3 are read together when they are Parquet; name one.",
        )
    folder = bench.folder / "fetched"
    folder.mkdir()
    path = folder / ("data" + Path(source.place).suffix.lower())
    path.write_bytes(found[0][0])
    return path
