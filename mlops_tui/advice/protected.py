"""Which columns may tell groups of people apart who have a right to be served equally well."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = frozenset(
    {"sex", "gender", "age", "race", "ethnicity", "ethnic", "religion", "nationality",
     "disability", "disabled", "pregnant", "marital", "orientation"}
)  # fmt: skip
"""The grounds that most laws on equal treatment name."""


def guess(names: Iterable[str]) -> list[str]:
    """The columns whose names say so, in their order: 'AgeGroup' and 'age_group', not 'page'."""
    return [name for name in names if _tokens(name) & _WORDS]


def _tokens(name: str) -> set[str]:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return set(re.split(r"[^a-z]+", apart.casefold()))
