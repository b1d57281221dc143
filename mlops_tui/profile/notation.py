"""How the texts of a column write their numbers and moments, and that as a rule for later rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mlops_tui.profile import casting
from mlops_tui.profile.casting import Kind
from mlops_tui.profile.table import Column, Table

NUMERIC = ("integer", "number")
_SIGNS = r"[$€£¥]|EUR|USD|GBP|CHF|\s"
_GAPS = "[ \u00a0\u2009\u202f'\u2019]"
NUMBERS = {
    "decimal comma": (r"\.", ",", ""),
    "decimal comma, thousands": (r"\.", ",", ""),
    "thousands": (",", ".", ""),
    "gaps": (_GAPS, ".", "^\u2212"),
    "gaps, decimal comma": (_GAPS, ",", "^\u2212"),
    "accounts": (r",|\)", ".", r"^\("),
    "money": (f"{_SIGNS}|,", ".", ""),
    "money, decimal comma": (rf"{_SIGNS}|\.", ",", ""),
    "percent": (r"\s?%", ",", ""),
}
"""By kind: what is removed, which sign then stands before the decimals, what says minus."""
_MASKED = re.compile(r"(?:date|datetime) (%.*)")


@dataclass(frozen=True, slots=True)
class Found:
    """The kind of number that most of `present` texts are, and how many of them it cannot read."""

    kind: Kind | None
    unread: int
    present: int


def bare(column: Column) -> str:
    """SQL for the text of a cell without blanks around it, NULL where nothing is left."""
    return f"nullif(trim({column.sql}), '')"


def of_numbers(table: Table, column: Column) -> Found:
    """How a column of texts writes numbers: the plainest kind that reads the most of them."""
    numeric = [kind for kind in casting.ALL if kind.type in NUMERIC]
    kinds = casting.ordered(numeric, table.detected.decimal == ",")
    read = ", ".join(f"count({kind.cast(bare(column))})" for kind in kinds)
    row = table.con.execute(f"SELECT count({column.sql}), {read} FROM t").fetchone() or (0,)
    present, counts = int(row[0]), [int(n) for n in row[1:]]
    most = max(counts, default=0)
    return Found(kinds[counts.index(most)] if most else None, present - most, present)


def rule(column: Column, kind: Kind | None = None) -> dict[str, Any] | None:
    """How texts of this kind, or as the column was read, become values; None where plain."""
    found = told(kind.name if kind else column.physical)
    return {"action": found.pop("action"), "column": column.name, **found} if found else None


def told(name: str) -> dict[str, Any] | None:
    """What a rule says of the kind called `name`; None where it is plain."""
    if name in NUMBERS:
        remove, decimal, minus = NUMBERS[name]
        pattern = next(one.pattern.pattern for one in casting.ALL if one.name == name)
        how = {"pattern": pattern, "remove": remove, "decimal": decimal, "minus": minus}
        return {"action": "read_number", **how}
    mask = _MASKED.fullmatch(name)
    if mask or name == "year-month":
        return {"action": "read_moment", "format": mask[1] if mask else "%Y-%m"}
    return None
