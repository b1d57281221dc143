"""Two columns that go together, and whose quotient tells the answer: an instalment and its loan.

Each alone is harmless and known, it seems, in time. Together, perhaps for each kind of a third
column (the term), they give the answer away, since one was calculated with it. Only pairs that
are strongly correlated are asked: what is calculated from another column goes along with it.
"""

from __future__ import annotations

import numpy as np

from mlops_tui.profile.alone import Scored
from mlops_tui.profile.context import Context
from mlops_tui.profile.model import Finding
from mlops_tui.profile.printing import printable
from mlops_tui.profile.sample import Codes, Floats, Values
from mlops_tui.profile.scores import MEASURE, Answer, lowest_believable, score
from mlops_tui.profile.words import finding

_CLOSE, _MOST_PAIRS = 0.9, 4
_FEWEST_KINDS, _MOST_KINDS, _MOST_COLUMNS = 2, 12, 40
_BINS, _ROWS_A_BIN = 40, 15
# As for a single column that answers nearly everything (leakage.py).
_TELLS = {"binary": 0.95, "multiclass": 0.9, "regression": 0.93}
# Chance level of each measure: a pair must add most of what lies above it.
_CHANCE = {"binary": 0.5, "multiclass": 0.0, "regression": 0.0}


def found(ctx: Context, target: Answer, scored: dict[int, Scored]) -> list[Finding]:
    """The pairs (or pairs and a kind) that tell what none of them tells alone."""
    pairs = _pairs(ctx, scored)
    kinds = _kinds(ctx, scored) if pairs else []
    tried = max(len(pairs) * (1 + len(kinds)), 1)
    made = []
    for a, b in pairs:
        quotient = _quotient(ctx, a, b)
        told: dict[tuple[int, ...], float] = {
            (a, b): score(Values(None, *_binned(quotient, None)), target)
        }
        for kind in kinds:
            codes = ctx.sample.column(kind).codes
            told[a, b, kind] = score(Values(None, *_binned(quotient, codes)), target)
        best = max(told, key=lambda columns: (told[columns], -len(columns)))
        alone = max(scored[i].score for i in best)
        if _gives_away(told[best], alone, target, tried):
            names = [ctx.profile.columns[i].name for i in best]
            goal = ctx.target.name if ctx.target else ""
            each = f", for each {printable(names[2], 40)}" if len(names) > 2 else ""
            facts = {"measure": MEASURE[target.kind], "score": f"{told[best]:.2f}", "each": each}
            made.append(finding("leak_together", names, target=goal, **facts))
    return made[:1]


def _gives_away(reached: float, alone: float, target: Answer, tried: int) -> bool:
    chance = _CHANCE[target.kind]
    adds = reached - alone > 0.5 * (reached - chance)
    believable = lowest_believable(reached, target, tried) >= 0.9 * _TELLS[target.kind]
    return reached >= _TELLS[target.kind] and adds and believable


def _pairs(ctx: Context, scored: dict[int, Scored]) -> list[tuple[int, int]]:
    table = ctx.profile.correlations
    close = (p for p in table.pairs if abs(p.rho) >= _CLOSE) if table else iter(())
    placed = ((ctx.places[p.first], ctx.places[p.second]) for p in close)
    return [pair for pair in placed if set(pair) <= set(scored)][:_MOST_PAIRS]


def _kinds(ctx: Context, scored: dict[int, Scored]) -> list[int]:
    few = [i for i in scored if _FEWEST_KINDS <= ctx.profile.columns[i].distinct <= _MOST_KINDS]
    return few[:_MOST_COLUMNS]


def _quotient(ctx: Context, a: int, b: int) -> Floats:
    first, second = (ctx.sample.column(i).numbers for i in (a, b))
    assert first is not None and second is not None  # correlated columns are numbers
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        made = first / second
    return np.where(np.isfinite(made), made, np.nan)


def _binned(quotient: Floats, kind: Codes | None) -> tuple[Codes, int]:
    """A code for each row: the kind, and in which part of its kind's quotients the row is."""
    groups = np.zeros(len(quotient), np.int64) if kind is None else kind + 1
    codes = np.full(len(quotient), -1, np.int64)
    for group in np.unique(groups):
        here = (groups == group) & ~np.isnan(quotient)
        bins = int(np.clip(here.sum() // _ROWS_A_BIN, 1, _BINS))
        edges = np.unique(np.quantile(quotient[here], np.linspace(0, 1, bins + 1)[1:-1])) if (
            here.any()
        ) else np.zeros(0)  # fmt: skip
        codes[here] = group * (_BINS + 1) + np.searchsorted(edges, quotient[here], side="right")
    present = codes >= 0
    _, codes[present] = np.unique(codes[present], return_inverse=True)
    return codes, int(codes.max(initial=-1)) + 1
