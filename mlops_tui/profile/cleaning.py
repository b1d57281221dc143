"""What every later row needs, too, as rules that need no second look at the data.

That is what reading took for missing ("NA", "?"), how it read numbers and dates that are not
written plainly ("1.234,50 €", "31.01.2024"), and what the remedies did to values.
`data/cleaning.yaml` travels with the project: its code applies the rules to rows that are
predicted, checked for drift or learnt from later. What was done to whole rows (copies, rows
without an answer) is no rule: a request cannot be a copy, and the project leaves such rows out
by itself.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.profile import notation
from mlops_tui.profile.model import Remedy
from mlops_tui.profile.printing import printable
from mlops_tui.profile.spelling import alike, tidiest
from mlops_tui.profile.table import Column, Table

VERSION = 1
TRAVELS = ("as_missing", "merge_variants", "as_number")
_NUMERIC = ("integer", "number")


def resolved(table: Table, remedy: Remedy, columns: Iterable[Column]) -> list[dict[str, Any]]:
    """The rules a remedy amounts to, column by column; to be asked before it is applied."""
    if remedy.action not in TRAVELS:
        return []
    return [rule for column in columns for rule in _rules(table, remedy, column)]


def _rules(table: Table, remedy: Remedy, column: Column) -> list[dict[str, Any]]:
    told = {"action": remedy.action, "column": column.name, **_details(table, remedy, column)}
    if remedy.action != "as_number" or column.type != "text":
        return [told]
    # Which notation most values have is seen here only: a later row may be a single "1,000".
    found = notation.rule(column, notation.of_numbers(table, column).kind)
    return [found, told] if found else [told]


def _details(table: Table, remedy: Remedy, column: Column) -> dict[str, Any]:
    if remedy.action == "as_missing":
        return {"type": column.type, "value": marker(column, remedy.value)}
    if remedy.action == "merge_variants":
        changes, levels = spellings(table, column)
        return {"spellings": dict(changes), "levels": levels}
    return {}


def marker(column: Column, value: str | None) -> str | int | float:
    """The value that stands for a missing one, as a number where numbers are compared.

    BadInput where there is none, or no number in a column of numbers.
    """
    if value is None:
        raise BadInput("The remedy as_missing says not which value.", do='Add "value": "-999".')
    if column.type not in _NUMERIC:
        return value
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadInput(f"{printable(value, 40)} is no number.")
    return int(number) if number.is_integer() else number


def spellings(table: Table, column: Column) -> tuple[list[tuple[str, str]], list[str]]:
    """Which spelling becomes which, and those that stay; BadInput where there are no texts.

    Of those that are alike the most frequent stays, of equally frequent ones the first by letter;
    rather one without stray blanks.
    """
    if column.type != "text":
        raise BadInput(f"{printable(column.name, 60)} holds no texts whose spelling could differ.")
    counted = table.con.execute(
        f"SELECT {column.sql} AS v, count(*) AS n FROM t WHERE v IS NOT NULL GROUP BY v "
        "ORDER BY n DESC, v"
    ).fetchall()
    values = [value for value, _ in counted]
    goals = {value: tidiest(group) for group in alike(values) for value in group}
    changes = [(value, goal) for value, goal in goals.items() if value != goal]
    return sorted(changes), sorted({goals.get(value, value) for value in values})


def reading(table: Table) -> list[dict[str, Any]]:
    """What reading did to texts, as rules: first what it took for missing, then its notations."""
    rules: list[dict[str, Any]] = [
        {"action": "as_missing", "column": name, "type": "text", "value": marker}
        for name, told in table.facts.get("marked", {}).items()
        for marker in told["markers"]
    ]
    notations = (notation.rule(column) for column in table.columns)
    return rules + [rule for rule in notations if rule]


def cleaning(
    rules: Iterable[Mapping[str, Any]], dropped: Iterable[str], read: Collection[str]
) -> dict[str, Any]:
    """The content of `data/cleaning.yaml`.

    `read` names the columns that the project reads. Of the others nothing is written down: what
    an identifier or an excluded column holds is nobody's business there.
    """
    return {
        "version": VERSION,
        "rules": [dict(rule) for rule in rules if rule["column"] in read],
        "dropped": list(dropped),
    }
