"""Is the answer arithmetic: a weighted sum of one to four columns, a product or a quotient of two?

Arithmetic needs no learning: where the parts are known in time, the formula answers. A column
that only repeats the answer, also in another unit (a power of ten), is a leak, not a formula.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import permutations

import numpy as np

from mlops_tui.profile.context import Context, calculable
from mlops_tui.profile.model import Finding
from mlops_tui.profile.printing import printable
from mlops_tui.profile.sample import Floats
from mlops_tui.profile.scores import Answer, r2
from mlops_tui.profile.words import finding

# Rounding leaves far less of the variance, honest columns far more (docs/verdicts.md).
_EXACT = 0.9995
_CLOSE, _GLANCE = 0.99, 200
_FEWEST_ROWS, _ENOUGH_ROWS = 60, 4_000
_MOST_PARTS, _MOST_COLUMNS, _MOST_FACTORS = 4, 80, 40


@dataclass(slots=True)
class Arithmetic:
    """What was found: the formulas, and the columns that are the answer itself."""

    findings: list[Finding] = field(default_factory=list)
    repeats: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A weighted sum: its R² on rows it was not fitted to, the weights, the constant first."""

    r2: float
    weights: Floats


def arithmetic(ctx: Context, target: Answer, unfit: set[int]) -> Arithmetic:
    """Look among the numeric columns, but for those in `unfit` (leaks for another reason)."""
    made = Arithmetic()
    if target.kind != "regression" or ctx.target is None:
        return made
    target = _thinned(target)
    columns = {
        i: values.numbers[target.keep]
        for i, values in ctx.sample.each([i for i in _numeric(ctx) if i not in unfit])
        if values.numbers is not None
    }
    for i in list(columns):
        fit = _fitted([columns[i]], target)
        if fit.r2 <= _EXACT:
            continue
        if _another_unit(columns[i], target, float(fit.weights[1])):
            made.repeats.add(i)
            del columns[i]
        else:
            _add(ctx, made, target, [i], fit)
    if not made.findings and len(columns) <= _MOST_COLUMNS:
        _grow(ctx, made, columns, target)
    if not made.findings and len(columns) <= _MOST_FACTORS:
        _multiply(ctx, made, columns, target)
    return made


def _thinned(target: Answer) -> Answer:
    """Some of the rows: what is exact shows on any of them."""
    step = max(len(target.keep) // _ENOUGH_ROWS, 1)
    thin = {name: getattr(target, name)[::step] for name in ("numbers", "keep", "half")}
    return replace(target, **thin)


def _numeric(ctx: Context) -> list[int]:
    columns = ctx.profile.columns
    numeric = (i for i in ctx.inputs if columns[i].type in ("integer", "number"))
    return [i for i in numeric if calculable(columns[i])]


def _another_unit(column: Floats, target: Answer, slope: float) -> bool:
    """Is the answer this column times a power of ten (or equal to it), and no constant added?"""
    if slope == 0:
        return False
    factor = float(np.copysign(10.0 ** round(np.log10(abs(slope))), slope))
    there = ~np.isnan(column)
    return r2(target.numbers[there], factor * column[there]) > _EXACT


def _grow(ctx: Context, made: Arithmetic, columns: dict[int, Floats], target: Answer) -> None:
    """Add the column that helps most, until the sum is exact or has four parts."""
    chosen: list[int] = []
    for _ in range(min(_MOST_PARTS, len(columns))):
        fits = {
            i: _fitted([columns[j] for j in [*chosen, i]], target)
            for i in columns
            if i not in chosen
        }
        best = max(fits, key=lambda i: fits[i].r2)
        chosen.append(best)
        if fits[best].r2 > _EXACT:
            _add(ctx, made, target, chosen, fits[best])
            return


def _multiply(ctx: Context, made: Arithmetic, columns: dict[int, Floats], target: Answer) -> None:
    """The product or quotient of two columns, the first pair that is exact."""
    glance = slice(_GLANCE)
    for i, j in permutations(columns, 2):
        for sign in ("×", "/") if i < j else ("/",):
            # Few rows rule out nearly all pairs.
            some = _joined(columns[i][glance], sign, columns[j][glance])
            if abs(_correlation(some, target.numbers[glance])) < _CLOSE:
                continue
            fit = _fitted([_joined(columns[i], sign, columns[j])], target)
            if fit.r2 > _EXACT:
                _add(ctx, made, target, [i, j], fit, sign)
                return


def _joined(a: Floats, sign: str, b: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = a * b if sign == "×" else a / b
    return np.where(np.isfinite(value), value, np.nan)


def _correlation(a: Floats, b: Floats) -> float:
    there = ~np.isnan(a)
    if there.sum() < 10 or a[there].std() == 0 or b[there].std() == 0:
        return 0.0
    return float(np.corrcoef(a[there], b[there])[0, 1])


def _fitted(columns: list[Floats], target: Answer) -> _Fit:
    """Least squares on one half of the rows that have all parts, judged on the other half."""
    x = np.column_stack([np.ones(len(target.numbers)), *columns])
    there = ~np.isnan(x).any(axis=1)
    learn, tell = there & (target.half == 0), there & (target.half == 1)
    if min(learn.sum(), tell.sum()) < _FEWEST_ROWS:
        return _Fit(0.0, np.zeros(x.shape[1]))
    weights = np.linalg.lstsq(x[learn], target.numbers[learn], rcond=None)[0]
    return _Fit(r2(target.numbers[tell], x[tell] @ weights), weights)


def _add(
    ctx: Context, made: Arithmetic, target: Answer, parts: list[int], fit: _Fit, sign: str = ""
) -> None:
    names = [ctx.profile.columns[i].name for i in parts]
    goal = ctx.target.name if ctx.target else ""
    made.parts.update(parts)
    terms = [f" {sign} ".join(printable(n, 40) for n in names)] if sign else names
    told = _told(goal, terms, fit.weights, float(target.numbers.std()))
    facts = {"target": goal, "formula": told, "score": f"{fit.r2:.4f}"}
    made.findings.append(finding("formula", names, **facts))


def _told(goal: str, names: list[str], weights: Floats, spread: float) -> str:
    """The formula as a person writes it: "charge = 0.17 × minutes + 2".

    A constant that is nothing beside the standard deviation `spread` comes from rounding.
    """
    constant, *factors = (float(w) for w in weights)
    told = ""
    for weight, name in zip(factors, names, strict=True):
        factor = "" if abs(abs(weight) - 1) < 1e-4 else f"{abs(weight):.4g} × "
        sign = ("" if weight > 0 else "-") if not told else (" + " if weight > 0 else " - ")
        told += f"{sign}{factor}{printable(name, 90)}"
    if abs(constant) > 1e-3 * spread:
        told += f" {'+' if constant > 0 else '-'} {abs(constant):.4g}"
    return f"{printable(goal, 40)} = {told}"
