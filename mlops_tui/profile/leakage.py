"""Columns that give the answer away: alone, by being filled in at all, or by when they are known.

Every column is scored on rows it was not fitted to, and its score has to hold after taking
into account how many columns were tried, or noise would be named among many columns.
"""

from __future__ import annotations

import numpy as np

from mlops_tui.profile import jointly
from mlops_tui.profile.alone import Scored
from mlops_tui.profile.context import Context
from mlops_tui.profile.formula import arithmetic
from mlops_tui.profile.known_later import known_later
from mlops_tui.profile.model import Finding
from mlops_tui.profile.printing import listed
from mlops_tui.profile.roles import guess_time
from mlops_tui.profile.sample import Values, coded
from mlops_tui.profile.scores import (
    MEASURE,
    Answer,
    lowest_believable,
    score,
    shared_information,
)
from mlops_tui.profile.words import finding

# A leak answers (nearly) everything; between this and _DOMINANT it may be an honest rule.
_LEAK = {"binary": 0.99, "multiclass": 0.97, "regression": 0.98}
_LOWEST = {"binary": 0.9, "multiclass": 0.85, "regression": 0.95}
_DOMINANT = {"binary": 0.95, "multiclass": 0.9, "regression": 0.93}
_MISSING_LEAK = {"binary": 0.95, "multiclass": 0.8, "regression": 0.8}
_DERIVED = {"binary": 0.75, "multiclass": 0.4, "regression": 0.5}
_RECODED = 0.85
# What a key or a gap may tell by chance; MEASURE's units, after allowing for all columns tried.
_KEY_TELLS = {"binary": 0.65, "multiclass": 0.2, "regression": 0.2}
_GAP_TELLS = {"binary": 0.55, "multiclass": 0.05, "regression": 0.03}


def found(ctx: Context) -> list[Finding]:
    """All findings about leaks."""
    target = ctx.answer
    if target is None or ctx.target is None:
        return []
    scored = ctx.scored
    empty = {i for i, s in scored.items() if s.by_missing >= _MISSING_LEAK[target.kind]}
    sums = arithmetic(ctx, target, empty)
    alone = {i: s for i, s in scored.items() if i not in sums.parts}
    alone |= _in_time(ctx, alone)
    made = [f for i, s in alone.items() if (f := _alone(ctx, target, i, s, sums.repeats))]
    leaks = [ctx.places[f.columns[0]] for f in made if f.id.startswith("leak")]
    made += _derived(ctx, target, alone, leaks)
    told = {name for f in made for name in f.columns if f.id.startswith("leak")}
    scores = {i: s.score for i, s in scored.items()}
    later = known_later(ctx, target.kind, scores, sums.parts)
    made += [f for f in later if f.columns[0] not in told]
    named = {name for f in made for name in f.columns if f.id.startswith("leak")}
    made = [f for f in made if f.id != "dominant_column" or f.columns[0] not in named]
    quiet = {i: s for i, s in alone.items() if ctx.profile.columns[i].name not in named}
    made += [*sums.findings, *_keys(ctx, target, quiet), *_gaps(ctx, target, quiet)]
    made += jointly.found(ctx, target, quiet)
    return made + _sorted(ctx, target)


def _in_time(ctx: Context, scored: dict[int, Scored]) -> dict[int, Scored]:
    """The column that says when a row happened: it is known, however well it tells the answer.

    In a slow series neighbouring rows are alike, so the moment alone tells it well. Whether it
    is filled in at all can still give the answer away.
    """
    when = guess_time(ctx.profile)
    place = ctx.places[when.value] if when else -1
    return {i: Scored(0.0, 0.0, s.by_missing) for i, s in scored.items() if i == place}


def _alone(ctx: Context, target: Answer, i: int, s: Scored, repeats: set[int]) -> Finding | None:
    name, kind = ctx.profile.columns[i].name, target.kind
    goal = ctx.target.name if ctx.target else ""
    facts = {"target": goal, "measure": MEASURE[kind]}
    if s.by_missing >= _MISSING_LEAK[kind]:
        return finding("leak_missingness", [name], score=f"{s.by_missing:.2f}", **facts)
    if i in repeats or (s.score >= _LEAK[kind] and s.lowest >= _LOWEST[kind]):
        return finding("leak_single_column", [name], score=f"{s.score:.2f}", **facts)
    if s.recoded >= _RECODED and len(target.keep) >= 50:
        return finding("leak_recoding", [name], target=goal)
    if s.score >= _DOMINANT[kind] and s.lowest >= _LOWEST[kind]:
        return finding("dominant_column", [name], score=f"{s.score:.2f}", **facts)
    return None


def _derived(
    ctx: Context, target: Answer, scored: dict[int, Scored], leaks: list[int]
) -> list[Finding]:
    """Columns that a leaking column determines: coarser forms of the same leak."""
    made: list[Finding] = []
    good = [i for i, s in scored.items() if i not in leaks and s.score >= _DERIVED[target.kind]]
    for leak in leaks[:20]:
        source = ctx.sample.column(leak)
        if source.levels > len(source.codes) / 5:
            continue
        for i in good:
            told, _ = shared_information(source.codes, ctx.sample.column(i).codes)
            if told > 0.99 and all(ctx.profile.columns[i].name not in f.columns for f in made):
                made.append(
                    finding(
                        "leak_derived",
                        [ctx.profile.columns[i].name],
                        source=ctx.profile.columns[leak].name,
                        target=ctx.target.name if ctx.target else "",
                        measure=MEASURE[target.kind],
                        score=f"{scored[i].score:.2f}",
                    )
                )
    return made


def _keys(ctx: Context, target: Answer, scored: dict[int, Scored]) -> list[Finding]:
    """Keys that tell the answer: they were given out in its order, or by who knew it."""
    made = []
    for i, s in scored.items():
        column = ctx.profile.columns[i]
        if column.semantic != "identifier":
            continue
        if column.type == "text":
            s = _scored_number(ctx, target, i, len(scored))
        if s.lowest >= _KEY_TELLS[target.kind]:
            facts = {"measure": MEASURE[target.kind], "score": f"{s.score:.2f}"}
            goal = ctx.target.name if ctx.target else ""
            made.append(finding("key_tells", [column.name], target=goal, **facts))
    return made


def _scored_number(ctx: Context, target: Answer, i: int, tried: int) -> Scored:
    """The number at the end of a key like K00012, scored like a column of numbers."""
    numbers = ctx.sample.trailing_numbers(i)
    if np.isnan(numbers).mean() > 0.5:
        return Scored(0.0, 0.0)
    alone = score(coded(numbers), target)
    return Scored(alone, lowest_believable(alone, target, tried))


def _gaps(ctx: Context, target: Answer, scored: dict[int, Scored]) -> list[Finding]:
    """One note about the columns whose gaps tell something, and do not give the answer away."""
    goal, kind = ctx.target.name if ctx.target else "", target.kind
    telling = {
        i: s.by_missing
        for i, s in scored.items()
        if lowest_believable(s.by_missing, target, len(scored)) >= _GAP_TELLS[kind]
    }
    if not telling:
        return []
    ranked = sorted(telling, key=lambda i: (-telling[i], i))
    names = [ctx.profile.columns[i].name for i in ranked]
    shares = listed(f"{n} ({telling[i]:.2f})" for n, i in zip(names, ranked, strict=True))
    return [finding("missing_tells", names, target=goal, measure=MEASURE[kind], shares=shares)]


def _sorted(ctx: Context, target: Answer) -> list[Finding]:
    """Does the place in the file tell the answer?"""
    if ctx.target is None or any(c.semantic == "datetime" for c in ctx.profile.columns):
        return []
    place = np.arange(len(target.keep))
    everywhere = np.zeros(int(target.keep.max(initial=0)) + 1)
    everywhere[target.keep] = place
    values = Values(everywhere, everywhere.astype(np.int64), len(place))
    if len(place) >= 200 and score(values, target) >= _DOMINANT[target.kind]:
        return [finding("sorted_by_target", [ctx.target.name])]
    return []
