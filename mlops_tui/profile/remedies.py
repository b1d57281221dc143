"""Remedies the user chose, applied to the open table before it is profiled and written.

Each changes `t` in place, in the order given, and tells how much it touched; the same remedies
on the same source give the same table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import remedying
from mlops_tui.profile.cleaning import resolved
from mlops_tui.profile.model import Remedy
from mlops_tui.profile.offers import Offer, offered, recommended
from mlops_tui.profile.table import Column, Table
from mlops_tui.profile.words import listed, printable

__all__ = ["ACTIONS", "Offer", "applied", "offered", "parsed", "recommended"]

_ABOUT_COLUMNS = ("exclude", "as_missing", "as_number", "merge_variants")
ACTIONS = (*_ABOUT_COLUMNS, "drop_duplicates")


def parsed(told: Any) -> tuple[Remedy, ...]:
    """The remedies of roles.json; BadInput where one is not understood."""
    made = []
    for item in told or ():
        if not isinstance(item, dict) or item.get("action") not in ACTIONS:
            raise BadInput(
                f"A remedy is not understood: {printable(item, 120)}.",
                do=f"Its action is one of {listed(ACTIONS, 9)}.",
            )
        value = item.get("value")
        text = None if value is None else str(value)
        made.append(Remedy(item["action"], tuple(item.get("columns") or ()), text))
    return tuple(made)


def applied(table: Table, remedies: Sequence[Remedy], target: str) -> list[dict[str, Any]]:
    """Apply `remedies` to `table`; what each did: action, columns, value, changed.

    And `rules`: what later rows need of it (see `cleaning`), `dropped`: columns that are gone. A
    remedy for a column that an earlier one left out has nothing to change. Raises BadInput where a
    remedy cannot be done.
    """
    if remedies:
        remedying.own_copy(table)
    record = []
    gone: set[str] = set()
    for remedy in remedies:
        if remedy.action in _ABOUT_COLUMNS and not remedy.columns:
            raise BadInput(f"The remedy {remedy.action} names no column.")
        columns = [_column(table, name) for name in remedy.columns if name not in gone]
        if remedy.action == "exclude":
            if target in remedy.columns:
                raise BadInput("The target cannot be left out.", do="Choose another target.")
            gone.update(remedy.columns)
        rules = resolved(table, remedy, columns)
        changed = _done(table, remedy, columns, gone)
        dropped = [{"name": c.name, "type": c.type} for c in columns if c.name in gone]
        told = {"action": remedy.action, "columns": list(remedy.columns), "value": remedy.value}
        record.append({**told, "changed": changed, "rules": rules, "dropped": dropped})
    # Once for all of them: dropping columns copies the table.
    remedying.exclude(table, gone)
    return record


def _column(table: Table, name: str) -> Column:
    for column in table.columns:
        if column.name == name:
            return column
    raise BadInput(
        f"A remedy names a column that is not there: {printable(name, 60)}.",
        do=f"The columns are: {listed((c.name for c in table.columns), 12)}.",
    )


def _done(table: Table, remedy: Remedy, columns: list[Column], gone: set[str]) -> int:
    if remedy.action == "exclude":
        return len(columns)
    if remedy.action == "drop_duplicates":
        remedying.exclude(table, gone)
        return remedying.drop_duplicates(table)
    if remedy.action == "as_missing":
        return sum(remedying.as_missing(table, column, remedy.value) for column in columns)
    change = {"as_number": remedying.as_number, "merge_variants": remedying.merge_variants}
    return sum(change[remedy.action](table, column) for column in columns)
