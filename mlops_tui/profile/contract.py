"""The data contract: what the project may count on in every row, from what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlops_tui.profile.model import ColumnProfile, Profile, rounded

_LEVELS = 50
VERSION = 1


def contract(
    profile: Profile,
    target: str,
    exclude: Mapping[str, str] | None = None,
    group: str | None = None,
    dropped: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """The contract as plain data; nothing in the table that was profiled violates it.

    `dropped` (name and type) are columns of the source that are not in the table any more. They
    stay known, so that a whole record can be sent to the service.
    """
    left_out = set(exclude or {})
    columns = [
        _column(c, _role(c, target, left_out, group), profile.rows) for c in profile.columns
    ]
    columns += [{**gone, "type": _kind(gone["type"]), "role": "excluded"} for gone in dropped]
    told = {"version": VERSION, "rows": profile.rows, "columns": columns}
    panel = profile.extra.get("panel")
    return {**told, "unique_together": [list(panel)]} if panel else told


def _role(column: ColumnProfile, target: str, left_out: set[str], group: str | None) -> str:
    if column.name == target:
        return "target"
    if column.name in left_out or column.semantic == "nested":
        return "excluded"
    if column.name == group or column.semantic == "identifier":
        return "identifier"
    return "input"


def _column(column: ColumnProfile, role: str, rows: int) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": _kind(column.type), "role": role}
    if role in ("excluded", "identifier"):
        return {**told, "unique": True} if _is_key(column, rows) else told
    gaps = column.missing + column.not_finite
    told["missing_allowed"] = role != "target" and gaps > 0
    if told["missing_allowed"]:
        told["missing_share"] = rounded(gaps / rows)
    if column.type in ("text", "boolean"):
        told["allowed"] = _levels(column)
    if column.type in ("integer", "number") and column.minimum is not None:
        told["minimum"] = _widened(column.minimum, down=True)
        told["maximum"] = _widened(column.maximum, down=False)
    return told


def _is_key(column: ColumnProfile, rows: int) -> bool:
    """Whether each row has a value of its own, counted and not estimated.

    Only of identifiers: measures differ everywhere, too, by chance, and later rows may repeat them.
    """
    keyed = column.semantic == "identifier" and column.distinct_exact
    return keyed and not column.missing and column.distinct == rows


def _kind(physical: str) -> str:
    return "text" if physical == "nested" else physical


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
