"""Does part of a column stand in another unit: metres among centimetres, °F among °C?

Looked for in one stretch of the rows (a new machine, a new export) and in one level of a category
(one country, one shop). That the middle is ten times as large proves little: the two must hardly
overlap, and be one distribution but for the factor.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlops_tui.profile.context import Context, calculable
from mlops_tui.profile.model import Finding
from mlops_tui.profile.sample import Floats, Mask, Values
from mlops_tui.profile.words import finding

_FACTORS = {
    10.0: "10", 100.0: "100", 1000.0: "1,000",
    2.54: "2.54 (inches and centimetres)", 2.2046: "2.2 (kilograms and pounds)",
    1.60934: "1.61 (miles and kilometres)", 3.28084: "3.28 (metres and feet)",
}  # fmt: skip
_FAHRENHEIT = 1.8
_TOLD = {**_FACTORS, _FAHRENHEIT: "1.8, and 32 more (°C and °F)"}
_PARTS = 20
_FEWEST_ROWS, _FEWEST_IN_PART, _FEWEST_LEVELS = 200, 40, 20
_MOST_LEVELS, _MOST_COLUMNS = 20, 60
_ENOUGH = 1_000
_NEAR, _SLACK = 0.04, 0.06
_ALIKE = 0.3
# Less than the smallest factor; more than two groups usually lie apart.
_APART = 1.4
_QUANTILES = np.array([0.1, 0.25, 0.5, 0.75, 0.9])


def found(ctx: Context) -> list[Finding]:
    """A finding for each column that seems to hold two units; the first part that shows it."""
    _, order = ctx.order
    columns = [
        i
        for i, c in enumerate(ctx.profile.columns)
        if c.type in ("integer", "number") and c.semantic in ("number", "money") and calculable(c)
    ]
    if len(order) < _FEWEST_ROWS or len(columns) > _MOST_COLUMNS:
        return []
    grouped = _groups(ctx)
    made = []
    for i, values in ctx.sample.each(columns):
        if values.numbers is None or values.levels < _FEWEST_LEVELS:
            continue
        told = _in_rows(values.numbers[order]) or _in_levels(ctx, values.numbers, grouped)
        if told:
            made.append(finding("unit_jump", [ctx.profile.columns[i].name], **told))
    return made


def _groups(ctx: Context) -> dict[int, Values]:
    goal = ctx.target.name if ctx.target else None
    usable = [
        i
        for i, c in enumerate(ctx.profile.columns)
        if c.name != goal
        and c.semantic in ("category", "boolean", "ordinal")
        and 2 <= c.distinct <= _MOST_LEVELS
    ]
    return dict(ctx.sample.each(usable[:_MOST_COLUMNS]))


def _in_rows(numbers: Floats) -> dict[str, str] | None:
    """A stretch of the rows that lies a factor away from the others, which are alike."""
    parts = np.arange(len(numbers)) * _PARTS // len(numbers)
    middles = np.array([_middle(numbers[parts == k]) for k in range(_PARTS)])
    if not (middles > 0).all():
        return None
    for base in np.sort(middles)[[_PARTS // 4, 3 * _PARTS // 4]]:
        away = middles > _APART * base
        edges = np.flatnonzero(np.diff(away.astype(int)))
        if not 1 <= len(edges) <= 2:
            continue
        # The parts beside the change may hold both units.
        clear = np.ones(_PARTS, bool)
        clear[edges], clear[edges + 1] = False, False
        there, rest = away & clear, ~away & clear
        factor = _same_but_for_unit(numbers[there[parts]], numbers[rest[parts]])
        if factor and _alike(middles[there], factor) and _alike(middles[rest], factor):
            first, last = np.flatnonzero(away)[[0, -1]]
            where = f"in the rows from {first / _PARTS:.0%} to {(last + 1) / _PARTS:.0%}"
            return {"factor": _TOLD[factor], "where": where}
    return None


def _alike(middles: Floats, factor: float) -> bool:
    """Do the others differ by far less? Along a trend, or between groups, a factor proves nothing.

    "Far less" is the factor's power 0.3: 1.32 for inches, 2 for ten times.
    """
    return not len(middles) or float(middles.max() / middles.min()) < factor**_ALIKE


def _middle(numbers: Floats) -> float:
    present = numbers[~np.isnan(numbers)]
    return float(np.median(present)) if len(present) else float("nan")


def _in_levels(ctx: Context, numbers: Floats, groups: dict[int, Values]) -> dict[str, str] | None:
    for i, values in groups.items():
        for level in _far_levels(numbers, values):
            there = values.codes == level
            rest = (values.codes >= 0) & ~there
            larger = _same_but_for_unit(numbers[there], numbers[rest])
            factor = larger or _same_but_for_unit(numbers[rest], numbers[there])
            if factor and _alike(_middles_of_others(numbers, values, level), factor):
                where = f"where {_level(ctx, i, there)}"
                where = where if larger else f"everywhere but {where}"
                return {"factor": _TOLD[factor], "where": where}
    return None


def _middles_of_others(numbers: Floats, values: Values, level: int) -> Floats:
    size = np.bincount(values.codes[values.codes >= 0], minlength=values.levels)
    others = (k for k in np.flatnonzero(size >= _FEWEST_IN_PART) if k != level)
    middles = np.array([_middle(numbers[values.codes == k]) for k in others])
    return middles[middles > 0]


def _far_levels(numbers: Floats, values: Values) -> Iterator[int]:
    """The levels whose mean is far from that of all others: only these are looked at closely."""
    there = ~np.isnan(numbers) & (values.codes >= 0)
    codes = values.codes[there]
    size = np.bincount(codes, minlength=values.levels)
    total = np.bincount(codes, weights=numbers[there], minlength=values.levels)
    rest = (total.sum() - total) / np.maximum(size.sum() - size, 1)
    own = total / np.maximum(size, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(np.log(np.abs(own / rest))) > np.log(_APART)
    yield from np.flatnonzero(apart & (size >= _FEWEST_IN_PART)).tolist()


def _same_but_for_unit(large: Floats, small: Floats) -> float | None:
    """The factor that turns the distribution `small` into `large`, where it is a known one."""
    large, small = (_thinned(x[~np.isnan(x)]) for x in (large, small))
    if min(len(large), len(small)) < _FEWEST_IN_PART:
        return None
    a, b = np.quantile(small, _QUANTILES), np.quantile(large, _QUANTILES)
    spread = b[-1] - b[0]
    if spread <= 0 or b[0] <= a[-1]:
        return None
    if (a > 0).all():
        ratios = np.log(b / a)
        noise = _noise(large) + _noise(small)
        for factor in _FACTORS:
            # The factor at the middle, and about the same at both ends. Few values tell it less
            # well, and the larger it is the less that matters.
            off = np.abs(ratios - np.log(factor))
            near = max(_NEAR, min(noise, _SLACK * np.log(factor)))
            if off[2] < near and off.max() < 3 * near:
                return factor
    same = np.abs(b - (_FAHRENHEIT * a + 32)).max() < 0.1 * spread
    return _FAHRENHEIT if same else None


def _noise(x: Floats) -> float:
    """Twice the standard error of the logarithm of the median, from the middle half."""
    low, high = np.log(np.quantile(x, [0.25, 0.75]))
    return float(2 * 1.25 * (high - low) / 1.35 / np.sqrt(len(x)))


def _thinned(x: Floats) -> Floats:
    """Between one and two thousand of the values: quantiles need no more."""
    return x[:: max(len(x) // _ENOUGH, 1)]


def _level(ctx: Context, i: int, there: Mask) -> str:
    """The level as the file writes it: the sample knows texts by their hashes only."""
    row = int(np.flatnonzero(there)[0])
    column = ctx.profile.columns[i]
    return f"{column.name} is {ctx.sample.text(i, row)}"
