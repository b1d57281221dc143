"""Remedies the user chose, applied to the open table before it is profiled and written.

Each changes `t` in place, in an order of their own, and tells how much it touched; the same
remedies on the same source give the same table, in whatever order they were chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import remedying
from mlops_tui.profile.cleaning import resolved
from mlops_tui.profile.model import Remedy
from mlops_tui.profile.offers import ACTIONS, Offer, offered, recommended
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.table import Column, Table

__all__ = ["ACTIONS", "Offer", "applied", "offered", "parsed", "recommended"]

_ABOUT_ROWS = "drop_duplicates"


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
    """Apply `remedies` to `table`; what each did, in the order in which they were applied.

    That is its action, columns, value, changed. And `rules`: what later rows need of it (see
    `cleaning`), `dropped`: columns that are gone. A remedy for a column that another one leaves out
    has nothing to change. Raises BadInput where a remedy cannot be done.
    """
    if remedies:
        remedying.own_copy(table)
    record = []
    gone = _left_out(remedies, target)
    for remedy in _in_order(table, remedies):
        columns = [_column(table, name) for name in remedy.columns]
        columns = [c for c in columns if remedy.action == "exclude" or c.name not in gone]
        rules = resolved(table, remedy, columns)
        changed = _done(table, remedy, columns)
        dropped = [{"name": c.name, "type": c.type} for c in columns if c.name in gone]
        told = {"action": remedy.action, "columns": list(remedy.columns), "value": remedy.value}
        record.append({**told, "changed": changed, "rules": rules, "dropped": dropped})
    # Once for all of them: dropping columns copies the table.
    remedying.exclude(table, gone)
    return record


def _left_out(remedies: Sequence[Remedy], target: str) -> set[str]:
    """The columns that will be gone; BadInput where the target is one of them."""
    gone = {name for r in remedies if r.action == "exclude" for name in r.columns}
    if target in gone:
        raise BadInput("The target cannot be left out.", do="Choose another target.")
    return gone


def _in_order(table: Table, remedies: Sequence[Remedy]) -> list[Remedy]:
    """By action, then as their columns stand in the table; each once."""
    places = {column.name: i for i, column in enumerate(table.columns)}

    def place(remedy: Remedy) -> tuple[int, list[int], str]:
        if remedy.action != _ABOUT_ROWS and not remedy.columns:
            raise BadInput(f"The remedy {remedy.action} names no column.")
        columns = [places[_column(table, name).name] for name in remedy.columns]
        return ACTIONS.index(remedy.action), columns, remedy.value or ""

    return sorted(dict.fromkeys(remedies), key=place)


def _column(table: Table, name: str) -> Column:
    for column in table.columns:
        if column.name == name:
            return column
    raise BadInput(
        f"A remedy names a column that is not there: {printable(name, 60)}.",
        do=f"The columns are: {listed((c.name for c in table.columns), 12)}.",
    )


def _done(table: Table, remedy: Remedy, columns: list[Column]) -> int:
    if remedy.action == "exclude":
        return len(columns)
    if remedy.action == _ABOUT_ROWS:
        return remedying.drop_duplicates(table)
    if remedy.action == "as_missing":
        return sum(remedying.as_missing(table, column, remedy.value) for column in columns)
    change = {"as_number": remedying.as_number, "merge_variants": remedying.merge_variants}
    return sum(change[remedy.action](table, column) for column in columns)
