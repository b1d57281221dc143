"""Columns that belong together by their names: what can be asked of all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mlops_tui.profile.model import ColumnProfile
from mlops_tui.profile.semantic import tokens

_TOGETHER = 3
_MOST_ALONE = 30


@dataclass(frozen=True, slots=True)
class Group:
    """Columns under one label, in the order of the file."""

    label: str
    columns: tuple[str, ...]


def groups(columns: Sequence[ColumnProfile]) -> list[Group]:
    """Three or more columns whose names begin alike are a group (`dep_*`, `V*`).

    Of what is left each column stands alone, or, where that would be more than 30 rows, with the
    others of its type.
    """
    together = _gathered((_stem(column.name), column.name) for column in columns)
    large = {stem: names for stem, names in together.items() if stem and len(names) >= _TOGETHER}
    grouped = {name for names in large.values() for name in names}
    alone = [column for column in columns if column.name not in grouped]
    made = [Group(_label(names, stem), tuple(names)) for stem, names in large.items()]
    if len(alone) <= _MOST_ALONE:
        made += [Group(column.name, (column.name,)) for column in alone]
    else:
        by_type = _gathered((str(column.type), column.name) for column in alone)
        made += [
            Group(f"others: {kind} ({len(names):,} columns)", tuple(names))
            for kind, names in by_type.items()
        ]
    place = {column.name: i for i, column in enumerate(columns)}
    return sorted(made, key=lambda group: place[group.columns[0]])


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, name in pairs:
        found.setdefault(key, []).append(name)
    return found


def _stem(name: str) -> str:
    words = tokens(name)
    return re.sub(r"\d+$", "", words[0]) if words else ""


def _label(names: list[str], stem: str) -> str:
    begun = names[0][: len(stem)]
    alike = all(name.startswith(begun) for name in names)
    return f"{begun if alike else stem}* ({len(names):,} columns)"
