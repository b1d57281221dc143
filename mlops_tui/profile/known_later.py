"""Signs that a column is written down only when the answer is already there.

Data cannot prove when a value was known; these are reasons to ask the person who knows.
"""

from __future__ import annotations

from mlops_tui.profile.context import Context, share
from mlops_tui.profile.model import ColumnProfile, Finding
from mlops_tui.profile.semantic import tokens
from mlops_tui.profile.words import finding

_AFTER = {
    "paid", "recovered", "recoveries", "recovery", "settled", "settlement", "refunded", "refund",
    "discharge", "discharged", "outcome", "resolution", "resolved", "closed", "cancelled",
    "canceled", "cancellation", "futime", "followup", "survival", "delivered", "returned",
    "terminated", "termination", "chargeback", "aftermath", "postmortem", "repaid",
}  # fmt: skip
_BEFORE = {
    "previous",
    "prior",
    "past",
    "historical",
    "last",
    "prev",
    "earlier",
    "before",
    "planned",
}
_COMMON = {
    "total", "avg", "average", "mean", "id", "mm", "cm", "kg", "g", "day", "days", "number",
    "num", "count", "rate", "date", "time", "type", "code", "name", "amount", "is", "has", "of",
    "per", "the", "max", "min", "sum", "n", "no", "pct", "percent", "value", "price", "year",
    "month", "hour", "minute", "length", "width", "status", "class", "group", "level", "index",
}  # fmt: skip
# How much a column must tell before its name is held against it.
_TELLS = {"binary": 0.65, "multiclass": 0.15, "regression": 0.15}
_TELLS_MUCH = {"binary": 0.85, "multiclass": 0.5, "regression": 0.5}


def known_later(
    ctx: Context, kind: str, scores: dict[int, float], parts: set[int]
) -> list[Finding]:
    """The columns there is a reason to ask about; `parts` are those of a formula."""
    made = []
    together = _missing_together(ctx)
    for i in ctx.inputs:
        column = ctx.profile.columns[i]
        reason = together.get(i) or _by_name(ctx, column, kind, scores.get(i, 0.0), i in parts)
        if reason and ctx.target:
            made.append(
                finding("leak_known_later", [column.name], target=ctx.target.name, reason=reason)
            )
    return made


def _missing_together(ctx: Context) -> dict[int, str]:
    """Columns that are empty just where the answer is: recorded in the same moment."""
    goal = ctx.target
    if goal is None or goal.missing < 20 or goal.missing > 0.5 * ctx.profile.rows:
        return {}
    candidates = [
        i
        for i in ctx.inputs
        if 0.5 * goal.missing <= ctx.profile.columns[i].missing <= 1.3 * goal.missing
    ]
    made = {}
    for i in candidates:
        own = ctx.profile.columns[i].missing
        both = ctx.one(
            f"SELECT count(*) FROM t WHERE c{i} IS NULL AND {ctx.sql(goal.name)} IS NULL"
        )
        if both >= 0.8 * goal.missing and both >= 0.95 * own:
            made[i] = (
                f"it is empty where the answer is ({share(both, goal.missing)} of those rows) and "
                "nearly nowhere else, so both are recorded together"
            )
    return made


def _by_name(
    ctx: Context, column: ColumnProfile, kind: str, score: float, part: bool
) -> str | None:
    words = set(tokens(column.name))
    counterpart = ctx.planned.get(tuple(tokens(column.name)))
    if counterpart:
        return f"{counterpart} is the plan, {column.name} what really happened"
    if words & _BEFORE or ctx.target is None:
        return None
    if words & _AFTER and score >= _TELLS[kind]:
        return (
            "its name speaks of something that comes afterwards, and it tells much about the answer"
        )
    shared = (words & set(tokens(ctx.target.name))) - _COMMON
    # What the answer is calculated from shares words with it as a matter of course.
    if shared and not part and score >= _TELLS_MUCH[kind]:
        return f'it shares "{sorted(shared)[0]}" with the answer and tells most of it'
    return None
