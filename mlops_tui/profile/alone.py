"""What each input tells about the answer by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from mlops_tui.profile.figures import Association
from mlops_tui.profile.model import Profile
from mlops_tui.profile.sample import Values
from mlops_tui.profile.scores import MEASURE, lowest_believable, score, shared_information

if TYPE_CHECKING:
    from mlops_tui.profile.context import Context


@dataclass(frozen=True, slots=True)
class Scored:
    """What one column reaches, in the units of `scores.MEASURE`.

    `lowest` allows for all columns tried; `by_missing` is what its gaps alone reach; `recoded` is
    how nearly its values and the classes go one to one, from 0 to 1.
    """

    score: float
    lowest: float
    by_missing: float = 0.0
    recoded: float = 0.0


def scored(ctx: Context) -> dict[int, Scored]:
    """The scores of all inputs, by their place; none where there is nothing to tell apart."""
    target, inputs = ctx.answer, ctx.inputs
    made: dict[int, Scored] = {}
    if target is None:
        return made
    for i, values in ctx.sample.each(inputs):
        alone = score(values, target)
        missing = values.missing[target.keep]
        by_missing = recoded = 0.0
        if 5 <= missing.sum() <= len(missing) - 5:
            by_missing = score(Values(None, values.missing.astype(np.int64), 2), target)
        if target.kind != "regression" and 2 <= values.levels <= 50:
            recoded = min(shared_information(values.codes[target.keep], target.codes))
        lowest = lowest_believable(alone, target, len(inputs))
        made[i] = Scored(alone, lowest, by_missing, recoded)
    return made


def with_associations(ctx: Context) -> Profile:
    """The profile with the score of each input."""
    if ctx.answer is None:
        return ctx.profile
    measure = MEASURE[ctx.answer.kind]
    part = ctx.sample.rows < ctx.profile.rows
    columns = list(ctx.profile.columns)
    for i, s in ctx.scored.items():
        told = Association(round(s.score, 4), measure)
        sampled = (*columns[i].sampled, "association") if part else columns[i].sampled
        columns[i] = replace(columns[i], association=told, sampled=tuple(sorted(sampled)))
    return replace(ctx.profile, columns=tuple(columns))
