"""The data contract: what the project may count on in every row, from what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlops_tui.profile.model import ColumnProfile, Profile, rounded

_LEVELS = 50
VERSION = 1


def contract(
    profile: Profile,
    target: str,
    exclude: Mapping[str, str] | None = None,
    group: str | None = None,
) -> dict[str, Any]:
    """The contract as plain data; nothing in the table that was profiled violates it."""
    left_out = set(exclude or {})
    columns = [_column(c, _role(c, target, left_out, group)) for c in profile.columns]
    return {"version": VERSION, "rows": profile.rows, "columns": columns}


def _role(column: ColumnProfile, target: str, left_out: set[str], group: str | None) -> str:
    if column.name == target:
        return "target"
    if column.name in left_out or column.semantic == "nested":
        return "excluded"
    if column.name == group or column.semantic == "identifier":
        return "identifier"
    return "input"


def _column(column: ColumnProfile, role: str) -> dict[str, Any]:
    kind = "text" if column.type == "nested" else column.type
    told: dict[str, Any] = {"name": column.name, "type": kind, "role": role}
    if role in ("excluded", "identifier"):
        return told
    told["missing_allowed"] = role != "target" and column.missing > 0
    if column.type in ("text", "boolean"):
        told["allowed"] = _levels(column)
    if column.type in ("integer", "number") and column.minimum is not None:
        told["minimum"] = _widened(column.minimum, down=True)
        told["maximum"] = _widened(column.maximum, down=False)
    return told


def _levels(column: ColumnProfile) -> list[Any] | None:
    if not 0 < column.distinct <= _LEVELS or len(column.top) < column.distinct:
        return None
    return sorted((value for value, _ in column.top), key=lambda v: (str(type(v)), v))


def _widened(value: Any, *, down: bool) -> Any:
    """6 significant digits, never tighter than what was seen."""
    if not isinstance(value, float):
        return value
    told = rounded(value)
    if told is None or (told <= value if down else told >= value):
        return told
    return value
