"""Small tables drawn as text: leaderboards, confusion counts, facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from mlops_tui.app.text import lines, number, pad

_LEFT_OUT = ("kind", "params")


def board(title: str, rows: Mapping[str, Mapping[str, Any]], width: int, most: int) -> Content:
    """The rows that arrived last, under the names of their values; baselines are marked."""
    names = [key for key in _keys(rows.values()) if key not in _LEFT_OUT]
    cells = [[_cell(row, name) for name in names] for row in rows.values()]
    more = f", the last {most} of {len(cells)}" if len(cells) > most else ""
    return table(names, cells[-most:], width, f"{title}{more}")


def _cell(row: Mapping[str, Any], name: str) -> str:
    told = number(row.get(name))
    if name == "name" and row.get("kind") == "baseline":
        return f"{told} (no ML)"
    return told


def _keys(rows: Any) -> list[str]:
    seen: dict[str, None] = {}
    for row in rows:
        seen.update(dict.fromkeys(row))
    return list(seen)


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, title: str = ""
) -> Content:
    """A plain table; the first column is text, the others stand right."""
    if not heads:
        return Content(title)
    sizes = [max(len(head), *(len(row[i]) for row in rows), 3) if rows else len(head)
             for i, head in enumerate(heads)]  # fmt: skip
    spare = width - sum(sizes[1:]) - 2 * (len(sizes) - 1)
    sizes[0] = max(min(sizes[0], spare), 8)
    drawn = [Content.styled(title, "bold")] if title else []
    drawn.append(Content.styled(_line(heads, sizes), "$secondary"))
    drawn += [Content(_line(row, sizes)) for row in rows]
    return lines(drawn)


def _line(cells: Sequence[str], sizes: Sequence[int]) -> str:
    first = pad(cells[0], sizes[0])
    rest = (pad(cell, size, right=True) for cell, size in zip(cells[1:], sizes[1:], strict=True))
    return "  ".join([first, *rest]).rstrip()


def facts(found: Mapping[str, Any], width: int) -> Content:
    """Facts as "name  value" lines; nested ones are told by their size."""
    told = [(name.replace("_", " "), _fact(value)) for name, value in found.items()]
    wide = min(max((len(name) for name, _ in told), default=0), 24)
    return lines(
        [
            Content.assemble((pad(name, wide), "$secondary"), "  ", pad(value, width - wide - 2))
            for name, value in told
        ]
    )


def _fact(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {number(item)}" for key, item in value.items()) or "–"
    if isinstance(value, (list, tuple)):
        return ", ".join(number(item) for item in value) or "none"
    return number(value)
