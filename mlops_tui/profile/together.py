"""Which numeric columns move together, from a sample of the rows."""

from __future__ import annotations

import numpy as np

from mlops_tui.profile.context import Context
from mlops_tui.profile.figures import Correlation, Correlations
from mlops_tui.profile.model import Finding
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.roles import repeats
from mlops_tui.profile.sample import Floats
from mlops_tui.profile.words import finding

_ROWS, _COLUMNS = 5_000, 300
_FEWEST_ROWS = 30
_SHOWN = 30
_WEAK, _CLOSE = 0.3, 0.95


def correlations(ctx: Context) -> Correlations | None:
    """Spearman's rank correlation of all pairs, over the rows where both have a value.

    The strongest 30 pairs with an absolute value of 0.3 and more; of at most 5,000 rows and of
    the first 300 numeric columns. None where there are no two columns or fewer than 30 rows.
    """
    numeric = [
        i
        for i, c in enumerate(ctx.profile.columns)
        if c.type in ("integer", "number") and c.semantic not in ("identifier", "constant")
    ]
    used = numeric[:_COLUMNS]
    if len(used) < 2 or ctx.sample.rows < _FEWEST_ROWS:
        return None
    step = -(-ctx.sample.rows // _ROWS)
    kept = [(i, v.numbers[::step]) for i, v in ctx.sample.each(used) if v.numbers is not None]
    rho = spearman(np.column_stack([numbers for _, numbers in kept]))
    first, second = np.triu_indices(len(kept), 1)
    # Rounded as it is told: what a processor does to the 16th digit must not change the order.
    strength = np.abs(np.round(rho[first, second], 4))
    ranked = np.argsort(-strength, kind="stable")[:_SHOWN]
    names = [ctx.profile.columns[i].name for i, _ in kept]
    pairs = tuple(
        Correlation(names[first[k]], names[second[k]], round(float(rho[first[k], second[k]]), 4))
        for k in ranked
        if strength[k] >= _WEAK
    )
    return Correlations(len(kept[0][1]), len(used), len(numeric) - len(used), pairs)


def spearman(table: Floats) -> Floats:
    """Rank correlations of the columns, rows without both values left out; 0 where few are left.

    Ranks are those among all values of a column, which a gap in the other column leaves as is.
    """
    there = ~np.isnan(table)
    ranks = np.column_stack([_ranks(column) for column in table.T])
    mask = there.astype(float)
    n = mask.T @ mask
    sums, squares = ranks.T @ mask, (ranks**2).T @ mask
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = ranks.T @ ranks - sums * sums.T / n
        spread = squares - sums**2 / n
        made = shared / np.sqrt(spread * spread.T)
    enough = (n >= _FEWEST_ROWS) & (spread > 1e-9) & (spread.T > 1e-9)
    return np.where(enough, np.clip(np.nan_to_num(made), -1, 1), 0.0)


def _ranks(column: Floats) -> Floats:
    """Ranks from -0.5 to 0.5, equal values sharing the middle one; 0 where there is no value."""
    made = np.zeros(len(column))
    there = ~np.isnan(column)
    if there.any():
        _, inverse, counts = np.unique(column[there], return_inverse=True, return_counts=True)
        middle = np.cumsum(counts) - (counts + 1) / 2
        made[there] = middle[inverse] / max(there.sum(), 1) - 0.5
    return made


def found(ctx: Context) -> list[Finding]:
    """One note about all pairs of inputs that say nearly the same."""
    table, goal = ctx.profile.correlations, ctx.target.name if ctx.target else None
    if table is None:
        return []
    # Keys of people and things are no inputs, whatever they go with.
    out = {goal, *(c.name for c in ctx.profile.columns if repeats(ctx.profile, c))}
    close = [p for p in table.pairs if abs(p.rho) >= _CLOSE and not out & {p.first, p.second}]
    if not close:
        return []
    names = list(dict.fromkeys(name for p in close for name in (p.first, p.second)))
    told = listed(
        (f"{printable(p.first, 30)} and {printable(p.second, 30)} ({p.rho:.2f})" for p in close),
        3,
        62,
    )
    return [finding("correlated_inputs", names, pairs=told)]
