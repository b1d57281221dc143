"""What a column means, beyond how it is stored."""

from __future__ import annotations

import re
from functools import cache

from mlops_tui.profile.measures import Figures
from mlops_tui.profile.model import Semantic
from mlops_tui.profile.table import Column

_BOOLEAN = frozenset({"yes", "no", "y", "n", "true", "false", "t", "f", "on", "off"})
_BOOLEAN |= {"0", "1", "0.0", "1.0"}
_ID_WORDS = {"id", "ids", "uid", "uuid", "guid", "key", "rownum", "rowid", "index", "rownames"}
_MONEY_WORDS = {
    "price",
    "cost",
    "amount",
    "salary",
    "income",
    "revenue",
    "charge",
    "charges",
    "fee",
}
CALENDAR = {
    "year", "quarter", "month", "week", "weekday", "day", "hour", "minute", "date", "time",
    "season",
}  # fmt: skip
"""Words in the names of columns that follow from when a row happened."""
_ORDER_WORDS = {"number", "no", "nr", "num", "code"}


def tokens(name: str) -> list[str]:
    """The words in a column name: customerID, customer_id and "customer id" give the same."""
    return list(_tokens(name))


@cache
def _tokens(name: str) -> tuple[str, ...]:
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    return tuple(word for word in re.split(r"[^a-z0-9]+", spaced.lower()) if word)


def looks_like_id(name: str) -> bool:
    """Does the name say that the column holds keys?"""
    return bool(set(tokens(name)) & _ID_WORDS) or bool(re.search(r"[a-z]I[Dd]$", name))


def meaning(column: Column, figures: Figures, rows: int, money: bool = False) -> Semantic:
    """The semantic type of `column`."""
    if column.type == "nested":
        return "nested"
    if figures.distinct <= 1:
        return "constant"
    if column.type in ("date", "datetime", "time"):
        return "datetime"
    if column.type == "boolean" or _two_valued(column, figures):
        return "boolean"
    if is_key(column, figures, rows):
        return "identifier"
    if column.type in ("integer", "number"):
        return _numeric(column, figures, money)
    return _textual(figures)


def _two_valued(column: Column, figures: Figures) -> bool:
    values = {str(value).strip().casefold() for value, _ in figures.top}
    if column.type == "number" and figures.distinct > 2:
        return False
    return figures.distinct <= 12 and bool(values) and values <= _BOOLEAN


def is_key(column: Column, figures: Figures, rows: int) -> bool:
    """Is every value different, in a way that only keys are?"""
    if figures.present < 20 or figures.distinct < figures.present or column.type == "number":
        return False
    if column.type == "integer":
        span = _span(figures)
        dense = span is not None and span <= 1.05 * figures.present
        named = looks_like_id(column.name) or bool(set(tokens(column.name)) & _ORDER_WORDS)
        return (dense and (figures.monotone or named)) or named
    words = figures.lengths.mean_words if figures.lengths else 1
    return words < 4


def _span(figures: Figures) -> int | None:
    if isinstance(figures.minimum, int) and isinstance(figures.maximum, int):
        return figures.maximum - figures.minimum + 1
    return None


def _numeric(column: Column, figures: Figures, money: bool) -> Semantic:
    if money or set(tokens(column.name)) & _MONEY_WORDS:
        return "money"
    span = _span(figures)
    if column.type == "integer" and 3 <= figures.distinct <= 12 and span is not None:
        return "ordinal" if span <= 2 * figures.distinct + 1 else "number"
    return "number"


def _textual(figures: Figures) -> Semantic:
    words = figures.lengths.mean_words if figures.lengths else 1
    longest = figures.lengths.mean if figures.lengths else 0
    varied = figures.distinct > max(50, 0.05 * figures.present)
    return "text" if varied and (words >= 4 or longest > 60) else "category"
