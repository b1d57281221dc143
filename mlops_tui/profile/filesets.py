"""Read several files as one table: Parquet in folders or by a pattern, text by a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from mlops_tui.errors import BadInput
from mlops_tui.profile import casting, kinds, typed
from mlops_tui.profile.kinds import FORMATS
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.sources import Source
from mlops_tui.profile.table import Bench, Table
from mlops_tui.profile.typed import Relation
from mlops_tui.profile.workspace import literal, quoted, told

_EMPTY = "__HIVE_DEFAULT_PARTITION__"
_ROW = "file_row_number"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The columns that folders like year=2024 stand for, by key: a value for each file."""

    values: dict[str, list[str | None]]

    @classmethod
    def of(cls, paths: Sequence[Path], base: Path) -> _Parts:
        told = [_pairs(path.relative_to(base)) for path in paths]
        keys = dict.fromkeys(key for pairs in told for key in pairs)
        return cls({key: [pairs.get(key) for pairs in told] for key in keys})

    def type(self, key: str) -> str:
        """BIGINT or DATE where all values can be that without losing a zero, else VARCHAR."""
        given = [value for value in self.values[key] if value is not None]
        for kind, goal in ((casting.INTEGER, "BIGINT"), (casting.DATES[0], "DATE")):
            if given and all(kind.pattern.fullmatch(value) for value in given):
                return goal
        return "VARCHAR"


def _pairs(path: Path) -> dict[str, str | None]:
    split = (part.split("=", 1) for part in path.parts[:-1] if "=" in part)
    return {key: None if value == _EMPTY else unquote(value) for key, value in split if key}


def read(bench: Bench, source: Source) -> Table:
    """The files of `source`, one below the other; BadInput where they are not of one kind."""
    from mlops_tui.profile import text

    kind = _one_kind(source)
    bench.corrections.check(FORMATS[kind])
    if kind == "text":
        return text.read(bench, source.files)
    for path in source.files:
        kinds.kind(path)  # the end of each must be there
    return _parquet(bench, source)


def _one_kind(source: Source) -> str:
    found: dict[str, Path] = {}
    for path in source.files:
        found.setdefault(kinds.kind(path), path)
    (first, path), *others = found.items()
    if others:
        raise BadInput(
            f"The files are of different kinds: {printable(path.name, 60)} and "
            f"{printable(others[0][1].name, 60)}.",
            do="Name files of one kind by a narrower pattern, such as *.parquet or *.csv.",
        )
    if first not in ("text", "parquet"):
        raise BadInput(
            f"Several files can be read together when they are Parquet or text; "
            f"{printable(path.name, 60)} is neither.",
            do="Name one file.",
        )
    return first


def _parquet(bench: Bench, source: Source) -> Table:
    import duckdb

    files, base = source.files, source.base
    parts = _Parts.of(files, base)
    links = _linked(bench.folder / "set", files, parts)
    names = dict(zip(links, (path.relative_to(base).as_posix() for path in files), strict=True))
    try:
        notes = _differences(bench, names)
        return typed.read(bench, _relation(bench, links, parts, notes))
    except duckdb.Error as e:
        raise BadInput(
            f"The Parquet files of {printable(source.name, 80)} cannot be read as one table.",
            printable(told(e, *names.items()), 200),
            "Name fewer of them by a pattern to find the one that does not fit.",
        ) from None


def _linked(folder: Path, files: Sequence[Path], parts: _Parts) -> list[str]:
    """Links with plain names: DuckDB takes [ and * for patterns, and knows keys by their folder."""
    links = []
    for i, path in enumerate(files):
        place = folder
        for k, values in enumerate(parts.values.values()):
            value = values[i]
            place /= f"k{k}={_EMPTY if value is None else quote(value, safe='')}"
        place.mkdir(parents=True, exist_ok=True)
        link = place / f"{i:06d}.parquet"
        link.symlink_to(path.resolve())
        links.append(str(link))
    return links


def _relation(bench: Bench, links: list[str], parts: _Parts, notes: list[str]) -> Relation:
    listing = f"[{', '.join(map(literal, links))}]"
    known = {f"k{k}": parts.type(key) for k, key in enumerate(parts.values)}
    types = ", ".join(f"'{column}': {goal}" for column, goal in known.items())
    options = f"union_by_name=true, hive_partitioning={bool(known)}".lower()
    options += f", hive_types={{{types}}}" if known else ""
    plain = f"read_parquet({listing}, {options})"
    described = bench.con.execute(f"DESCRIBE SELECT * FROM {plain}").fetchall()
    own = {row[0].casefold() for row in described} - set(known)
    renamed, hidden = [], []
    for column, key in zip(known, parts.values, strict=True):
        if key.casefold() in own:
            hidden.append(column)
            notes.append(
                f"The files have a column {printable(key, 40)}; the one that the folders' names "
                "stand for was left out."
            )
        else:
            renamed.append(f"{column} AS {quoted(key)}")
    taken = f"RENAME ({', '.join(renamed)})" if renamed else ""
    number, body = "row_number() OVER () - 1", f"(SELECT * {taken} FROM {plain})"
    if _ROW not in own:
        # No name of a column in the files: it is hidden.
        number = "place" + "_" * max(map(len, own), default=0)
        place = f"{_ROW} + {_offsets(bench, links)}[file_index::BIGINT + 1] AS {number}"
        counted = f"read_parquet({listing}, {options}, {_ROW}=true)"
        body = f"(SELECT * {taken}, {place} FROM {counted})"
        hidden += [_ROW, number]
    format_ = f"Parquet, {len(links)} files"
    return Relation(body, format_, number, tuple(hidden), in_place=True, notes=tuple(notes))


def _offsets(bench: Bench, links: list[str]) -> str:
    """How many rows stand before each file, as an SQL list."""
    listing = ", ".join(map(literal, links))
    found = bench.con.execute(
        f"SELECT file_name, num_rows FROM parquet_file_metadata([{listing}])"
    ).fetchall()
    counts, before, offsets = dict(found), 0, []
    for link in links:
        offsets.append(str(before))
        before += counts[link]
    return f"([{', '.join(offsets)}]::BIGINT[])"


def _differences(bench: Bench, names: dict[str, str]) -> list[str]:
    """Which columns are not in all files, and which have other types in some."""
    types: dict[str, dict[str, str]] = {}
    for link, column, kind in _columns(bench, list(names)):
        types.setdefault(column, {})[names[link]] = kind
    notes = []
    for column, by_file in types.items():
        shown = printable(column, 40)
        absent = [name for name in names.values() if name not in by_file]
        if absent:
            notes.append(
                f"{shown} is not in {len(absent)} of {len(names)} files ({listed(absent, 3)}); "
                "there it is missing."
            )
        kinds = sorted(set(by_file.values()))
        if len(kinds) > 1:
            notes.append(
                f"{shown} has different types in the files ({listed(kinds)}); one that holds all "
                "values was taken."
            )
    return notes


def _columns(bench: Bench, links: list[str]) -> list[tuple[str, str, str]]:
    """File, name and type of every column; what is inside a column is passed over."""
    found = bench.con.execute(
        "SELECT file_name, name, coalesce(logical_type, type, 'nested'), "
        f"coalesce(num_children, 0) FROM parquet_schema([{', '.join(map(literal, links))}])"
    ).fetchall()
    columns, inside, last = [], 0, None
    for link, name, kind, children in found:
        if link != last:  # the first line of each file is the whole
            last, inside = link, 0
        elif inside:
            inside += children - 1
        else:
            columns.append((link, name, str(kind)))
            inside = children
    return columns
