"""What a person can name as data: a file, several files, a table in a database, an address.

~/data/orders.csv          CSV, Parquet, JSON, Excel, also packed
~/data/orders/             Parquet files, also in folders like year=2024
~/data/orders-*.csv        several files with the same columns
~/data/shop.db#orders      a table or view of an SQLite or DuckDB file
https://… s3://…           a file elsewhere
postgres://… mysql://…     a table of a server, after #
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from mlops_tui.errors import BadInput
from mlops_tui.profile import addresses, guard, kinds
from mlops_tui.profile.printing import printable

Kind = Literal["file", "files", "database", "server", "web", "bucket", "unknown"]
_SCHEMES: dict[str, Kind] = {
    "http": "web", "https": "web", "s3": "bucket",
    "postgres": "server", "postgresql": "server", "mysql": "server",
}  # fmt: skip
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_WILD = re.compile(r"[*?\[]")
_PARQUET = (".parquet", ".pq", ".parq")
_MOST_FILES = 20_000


@dataclass(frozen=True)
class Source:
    """`place` is a path, a pattern or an address; `table` is what stands behind its #."""

    kind: Kind
    place: str
    table: str = ""

    @classmethod
    def parse(cls, text: str) -> Source:
        """What `text` names; whether there is such a thing is for `check`."""
        address = _ADDRESS.match(text)
        if address and not _is_there(Path(text)):
            place, _, table = text.partition("#")
            return cls(_SCHEMES.get(address[1].lower(), "unknown"), place, table)
        path = _expanded(text)
        if _is_there(path):
            return cls("files" if path.is_dir() else "file", str(path))
        place = str(path)
        for mark in re.finditer("#", place):
            if Path(place[: mark.start()]).is_file():
                return cls("database", place[: mark.start()], place[mark.end() :])
        return cls("files" if _WILD.search(place) else "file", place)

    @property
    def path(self) -> Path:
        """Where a file, a folder or a pattern is."""
        return Path(self.place)

    @property
    def away(self) -> bool:
        """Is it elsewhere, and not a file of this machine?"""
        return self.kind in ("server", "web", "bucket", "unknown")

    @property
    def name(self) -> str:
        """What it is called in a session: no place on this machine, no host, no credential."""
        if self.away:
            if not addresses.sound(self.place):
                return self.kind
            named = addresses.name(self.place)
        elif self.kind == "files" and not self.path.is_dir():
            named = self.path.relative_to(self.base).as_posix()
        else:
            named = self.path.name if self.path.name not in ("", "..") else self.path.resolve().name
        return f"{named}#{self.table}" if self.table else named

    @property
    def resolved(self) -> str:
        """The same source from any folder of this machine."""
        place = self.place
        if self.kind == "files" and not self.path.is_dir():
            place = str(self.base.resolve() / self.path.relative_to(self.base))
        elif not self.away:
            place = str(self.path.resolve())
        return f"{place}#{self.table}" if self.table else place

    @property
    def base(self) -> Path:
        """The folder that holds all files; below it, names are part of the fingerprint."""
        if self.path.is_dir():
            return self.path
        parts = self.path.parts
        wild = next((i for i, part in enumerate(parts) if _WILD.search(part)), len(parts) - 1)
        return Path(*parts[:wild])

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files of a folder or a pattern, in the order of their names."""
        base = self.base
        found = _below(base) if self.path.is_dir() else _matching(base, self.path)
        return tuple(sorted(found, key=lambda path: path.relative_to(base).as_posix()))

    def check(self) -> None:
        """Raise BadInput unless this can be opened, as far as a glance can tell."""
        if self.away:
            addresses.check(self.place, tuple(_SCHEMES))
        elif self.kind == "files":
            self._check_files()
        else:
            guard.checked(self.path)
            if self.kind == "database" and kinds.kind(self.path) not in ("sqlite", "duckdb"):
                raise BadInput(
                    f"{printable(self.path.name, 80)} is no database, so it has no tables to "
                    "name behind #.",
                    do="Name the file alone.",
                )

    def _check_files(self) -> None:
        shown = printable(self.name, 80)
        if not self.files:
            if self.path.is_dir():
                raise BadInput(
                    f"The folder {shown} holds no Parquet files.",
                    do="Name one file in it, or several by a pattern such as FOLDER/*.csv.",
                )
            raise BadInput(f"No file matches {shown}.", do="Check the spelling of the pattern.")
        if len(self.files) > _MOST_FILES:
            raise BadInput(
                f"{shown} stands for {len(self.files)} files; at most {_MOST_FILES} are read.",
                do="Name a part of them, or put them together first.",
            )
        for path in self.files:
            guard.checked(path)

    def fingerprint(self) -> str | None:
        """SHA-256 of a file, or of the names and SHA-256 of several in order.

        None where there is no file to take it of: then the fingerprint is that of the snapshot.
        """
        if self.kind == "file" and kinds.kind(self.path) not in ("sqlite", "duckdb"):
            return guard.sha256(self.path)
        if self.kind != "files":
            return None
        digest = hashlib.sha256()
        for path in self.files:
            name = path.relative_to(self.base).as_posix()
            digest.update(f"{name}\0{guard.sha256(path)}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    @property
    def size(self) -> int | None:
        """How many bytes the files have; None where that says nothing about the data."""
        if self.kind == "file":
            return self.path.stat().st_size
        return sum(path.stat().st_size for path in self.files) if self.kind == "files" else None


def _below(folder: Path) -> list[Path]:
    """Parquet files in a folder; what begins with . or _ are notes of other programs."""
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        kept = (name for name in names if not name.startswith((".", "_")))
        found += [Path(parent, name) for name in kept if name.lower().endswith(_PARQUET)]
    return found


def _matching(base: Path, pattern: Path) -> list[Path]:
    found = base.glob(str(pattern.relative_to(base)))
    return [path for path in found if not path.name.startswith(".") and not path.is_dir()]


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~nobody: there is no such person
        return Path(text)


def problem(text: str) -> str | None:
    """Why `text` cannot be a source, in plain words; None where it can, as far as one sees."""
    if not text.strip():
        return "Name a data file, for example ~/data/orders.csv"
    try:
        Source.parse(text).check()
    except BadInput as trouble:
        return str(trouble)
    return None


def keepable(text: str) -> bool:
    """Whether `text` may be written down anywhere: no password or key can be in it."""
    source = Source.parse(text)
    return not source.away or addresses.sound(source.place)


def name(text: str) -> str:
    """What a session calls the source `text`."""
    return Source.parse(text).name


def resolved(text: str) -> str:
    """The source `text` in a form that leads to it from any folder of this machine."""
    return Source.parse(text).resolved
