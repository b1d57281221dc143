"""How rows and columns hang together: copies of columns, repeated things, order in time."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from mlops_tui.profile.context import Context
from mlops_tui.profile.model import ColumnProfile, Finding, Remedy
from mlops_tui.profile.roles import guess_time, repeats
from mlops_tui.profile.sample import Values
from mlops_tui.profile.semantic import tokens
from mlops_tui.profile.statistics import EXACT_ROWS
from mlops_tui.profile.words import finding

_MOST_TIMES = 10
_WHEN = {"time", "day", "days", "week", "month", "year", "visit", "period", "step", "wave", "date"}


def found(ctx: Context) -> list[Finding]:
    """All findings about structure."""
    return [*_twins(ctx), *_entities(ctx), *_time(ctx)]


def _twins(ctx: Context) -> list[Finding]:
    same: dict[bytes, int] = {}
    recoded: dict[bytes, int] = {}
    made: list[Finding] = []
    for i, values in ctx.sample.each(ctx.inputs):
        if len(values.codes) < 20 or values.levels < 2:
            continue
        exact = _digest(values.codes if values.numbers is None else values.numbers)
        pattern = _pattern(values)
        if exact in same and _equal(ctx, same[exact], i):
            made.append(finding("twin", _names(ctx, same[exact], i)))
        elif pattern and pattern in recoded and _one_to_one(ctx, recoded[pattern], i):
            made.append(finding("recoded_twin", _names(ctx, recoded[pattern], i)))
        same.setdefault(exact, i)
        if pattern:
            recoded.setdefault(pattern, i)
    return [replace(f, remedy=Remedy("exclude", f.columns[1:])) for f in made]


def _names(ctx: Context, first: int, second: int) -> list[str]:
    return [ctx.profile.columns[first].name, ctx.profile.columns[second].name]


def _digest(array: np.ndarray) -> bytes:
    return hashlib.blake2b(np.ascontiguousarray(array).tobytes(), digest_size=16).digest()


def _pattern(values: Values) -> bytes | None:
    """The order in which values first appear: equal for two codings of the same thing.

    Columns in which hardly a value comes twice all look alike that way, so they have none.
    """
    present = values.codes >= 0
    if values.levels > 0.5 * present.sum():
        return None
    _, first, inverse = np.unique(values.codes, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    codes = np.where(present, rank[inverse], -1)
    minority = len(codes) - int(np.bincount(rank[inverse]).max())
    return _digest(codes) if minority >= 3 else None


def _equal(ctx: Context, a: int, b: int) -> bool:
    return (
        ctx.one(f"SELECT count(*) FROM t WHERE c{a}::VARCHAR IS DISTINCT FROM c{b}::VARCHAR") == 0
    )


def _one_to_one(ctx: Context, a: int, b: int) -> bool:
    pairs = ctx.one(f"SELECT count(*) FROM (SELECT DISTINCT c{a}, c{b} FROM t)")
    return all(
        ctx.one(f"SELECT count(*) FROM (SELECT DISTINCT c{x} FROM t)") == pairs for x in (a, b)
    )


def _entities(ctx: Context) -> list[Finding]:
    goal = ctx.target.name if ctx.target else None
    candidates = [c for c in ctx.profile.columns if c.name != goal]
    times = [c for c in candidates if _says_when(ctx, c)]
    facts = {"rows": f"{ctx.profile.rows:,}"}
    for column in candidates:
        other = _panel(ctx, column, times[:_MOST_TIMES])
        if other:
            ctx.profile.extra["panel"] = [column.name, other]
            facts |= _rows_of_each(ctx, column)
            return [finding("panel", [column.name], other=other, **facts)]
    named = [c for c in candidates if repeats(ctx.profile, c)]
    return [finding("entity", [c.name], **facts, **_rows_of_each(ctx, c)) for c in named[:3]]


def _rows_of_each(ctx: Context, column: ColumnProfile) -> dict[str, str]:
    """How many different ones there are, and how many rows they have: fewest, median, most."""
    x = ctx.sql(column.name)
    row = ctx.table.con.execute(
        f"SELECT min(n), median(n), max(n) FROM (SELECT count(*) AS n FROM t "
        f"WHERE {x} IS NOT NULL GROUP BY {x})"
    ).fetchone()
    least, middle, most = row or (0, 0, 0)
    each = f"{least:,}" if least == most else f"{least:,} to {most:,} (the median is {middle:,.3g})"
    return {"count": f"{column.distinct:,}", "each": each}


def _panel(ctx: Context, column: ColumnProfile, times: list[ColumnProfile]) -> str | None:
    """The time column with which `column` makes a key, where neither is one alone."""
    rows = ctx.profile.rows
    average = (rows - column.missing) / max(column.distinct, 1)
    usable = column.type in ("text", "integer") and column.semantic != "text"
    if rows > EXACT_ROWS or not usable or column.missing or column.distinct < 5 or average < 2:
        return None
    if set(tokens(column.name)) & _WHEN:
        return None
    for other in times:
        if other.name == column.name:
            continue
        # A key of two columns is no surprise where their combinations far outnumber the rows.
        if column.distinct * other.distinct > 4 * rows:
            continue
        if not _pairs_differ(ctx, column, other):
            continue
        pair = f"{ctx.sql(column.name)}, {ctx.sql(other.name)}"
        if ctx.one(f"SELECT count(*) FROM (SELECT DISTINCT {pair} FROM t)") == rows:
            return other.name
    return None


def _pairs_differ(ctx: Context, a: ColumnProfile, b: ColumnProfile) -> bool:
    """No pair of values comes twice in the sample: then it is worth counting them all."""
    first, second = (ctx.sample.column(ctx.places[c.name]) for c in (a, b))
    pairs = first.codes * (second.levels + 1) + second.codes
    return len(np.unique(pairs)) == len(pairs)


def _says_when(ctx: Context, column: ColumnProfile) -> bool:
    named = column.type != "text" and bool(set(tokens(column.name)) & _WHEN)
    usable = not column.missing and column.distinct < ctx.profile.rows
    return usable and (named or column.type in ("date", "datetime"))


def _time(ctx: Context) -> list[Finding]:
    guess = guess_time(ctx.profile)
    if guess is None or (ctx.target is not None and guess.value == ctx.target.name):
        return []
    column = ctx.profile.column(guess.value)
    low, high = (str(end).removesuffix("T00:00:00") for end in (column.minimum, column.maximum))
    facts = {"low": low, "high": high}
    return [finding("time_order", [column.name], **facts)]
