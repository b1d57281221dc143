"""Does the table change along time, or from its first rows to its last?

The sample is cut into ten parts in order, and each column's distribution before a cut is held
against that after it. The effect is the population stability index (PSI), whose usual reading is
that 0.25 is a shift that matters (Siddiqi, Credit Risk Scorecards, 2006). p-values are of no use
here: with many rows they name every column. What the same rows give in random order, at three
tries, is the floor of noise that an effect must rise above.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlops_tui.profile.context import Context, share
from mlops_tui.profile.model import Finding
from mlops_tui.profile.moments import day
from mlops_tui.profile.printing import listed, printable
from mlops_tui.profile.sample import Codes, Values
from mlops_tui.profile.semantic import CALENDAR, tokens
from mlops_tui.profile.words import finding

_PARTS, _BINS, _TRIES = 10, 10, 3
_SHIFT = 0.25
_FEWEST_ROWS = 200
# Levels with fewer rows, or a smaller share of them, count together.
_FEWEST_OF_LEVEL, _RARE = 10, 0.01


@dataclass(frozen=True, slots=True)
class Shift:
    """How much a column changes at its greatest change, and after which of the ten parts."""

    effect: float
    cut: int


def found(ctx: Context) -> list[Finding]:
    """One finding with all columns that change, those that change most first."""
    when, order = ctx.order
    if len(order) < _FEWEST_ROWS:
        return []
    parts = np.arange(len(order)) * _PARTS // len(order)
    rng = np.random.default_rng(11)
    mixed = [rng.permutation(parts) for _ in range(_TRIES)]
    shifts: dict[int, Shift] = {}
    for i, values in ctx.sample.each(_watched(ctx, when)):
        bins = _binned(values)[order]
        shift = _largest(bins, parts)
        if shift.effect >= _SHIFT:
            floor = max(_largest(bins, other).effect for other in mixed)
            if shift.effect - floor >= _SHIFT:
                shifts[i] = shift
    return [_told(ctx, when, order, shifts)] if shifts else []


def _watched(ctx: Context, when: str | None) -> list[int]:
    """Dates, counters and calendar columns change along time by what they are."""
    passing = ("identifier", "constant", "nested", "datetime", "text")
    return [
        i
        for i, c in enumerate(ctx.profile.columns)
        if c.semantic not in passing
        and c.name != when
        and not (c.monotone and c.type in ("integer", "number"))
        and not set(tokens(c.name)) & CALENDAR
    ]


def _binned(values: Values) -> Codes:
    """Tenths of the numbers, or the frequent levels and one bin for the rare; 0 is missing."""
    if values.numbers is not None and values.levels > 2 * _BINS:
        present = values.numbers[values.codes >= 0]
        edges = np.unique(np.quantile(present, np.linspace(0, 1, _BINS + 1)[1:-1]))
        cut: Codes = np.searchsorted(edges, values.numbers, side="right") + 1
        return np.where(values.codes < 0, 0, cut)
    count = np.bincount(values.codes[values.codes >= 0], minlength=values.levels)
    often = np.argsort(-count, kind="stable")[: 2 * _BINS]
    often = often[count[often] >= max(_FEWEST_OF_LEVEL, _RARE * count.sum())]
    place = np.ones(values.levels + 1, np.int64)
    place[often] = np.arange(2, len(often) + 2)
    place[-1] = 0  # the code of a missing value is -1
    return place[values.codes]


def _largest(bins: Codes, parts: Codes) -> Shift:
    """The largest PSI between the rows before and after a cut, over the nine cuts."""
    width = int(bins.max(initial=0)) + 1
    counted = np.bincount(parts * width + bins, minlength=_PARTS * width).reshape(_PARTS, width)
    before = np.cumsum(counted, axis=0)[:-1]
    after = counted.sum(axis=0) - before
    # Half a row in each bin, so that an empty one does not make the index infinite.
    p, q = ((x + 0.5) / (x + 0.5).sum(axis=1, keepdims=True) for x in (before, after))
    effects = ((p - q) * np.log(p / q)).sum(axis=1)
    cut = int(effects.argmax())
    return Shift(float(effects[cut]), cut + 1)


def _told(ctx: Context, when: str | None, order: Codes, shifts: dict[int, Shift]) -> Finding:
    ranked = sorted(shifts, key=lambda i: (-shifts[i].effect, i))
    names = [ctx.profile.columns[i].name for i in ranked]
    told = listed((_change(ctx, i, order, shifts[i]) for i in ranked), 3, 62)
    if when is None:
        return finding("drift_along_rows", names, changes=told)
    goal = ctx.target.name if ctx.target else None
    severity = "warn" if goal in names else "note"
    return finding("drift_over_time", names, changes=told, time=when, severity=severity)


def _change(ctx: Context, i: int, order: Codes, shift: Shift) -> str:
    """What changed, in figures a person can check: medians, or the share of rows that moved."""
    name, values = printable(ctx.profile.columns[i].name, 40), ctx.sample.column(i)
    edge = -(-shift.cut * len(order) // _PARTS)
    first, last = order[:edge], order[edge:]
    since = _since(ctx, int(order[edge]), shift.cut)
    if values.numbers is not None and values.levels > 2 * _BINS:
        before, after = (float(np.nanmedian(values.numbers[rows])) for rows in (first, last))
        if before != after:
            return f"{name} (median {before:.4g}, {after:.4g} {since})"
    bins = _binned(values)
    width = int(bins.max()) + 1
    p, q = (np.bincount(bins[rows], minlength=width) / len(rows) for rows in (first, last))
    moved = float(np.abs(p - q).sum() / 2)
    return f"{name} ({share(moved, 1)} other values {since})"


def _since(ctx: Context, row: int, cut: int) -> str:
    """From which day on, or after which part of the rows."""
    when = ctx.order[0]
    moments = ctx.sample.column(ctx.places[when]).numbers if when else None
    if moments is None:
        return f"after {share(cut, _PARTS)} of rows"
    return f"since {day(float(moments[row]))}"
