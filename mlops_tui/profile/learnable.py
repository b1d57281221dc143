"""Is there anything to learn: enough rows, enough answers, of a kind that can be predicted?"""

from __future__ import annotations

from mlops_tui.profile.context import Context, share
from mlops_tui.profile.model import ColumnProfile, Finding
from mlops_tui.profile.printing import printable
from mlops_tui.profile.words import finding

_FEW_ROWS, _TOO_FEW_ROWS = 100, 30
_RARE_ROWS = 10
_MOST_CLASSES = 50


def found(ctx: Context) -> list[Finding]:
    """All findings about the target."""
    goal = ctx.target
    made = _shape(ctx)
    if goal is None:
        return made
    answers = ctx.profile.rows - goal.missing
    if not answers:
        return [*made, finding("target_empty", [goal.name])]
    if goal.not_finite:
        made.append(
            finding(
                "target_not_finite", [goal.name], count=goal.not_finite, concerns=goal.not_finite
            )
        )
    if goal.missing:
        made.append(_missing(ctx, goal))
    if answers < _FEW_ROWS:
        severity = "stop" if answers < _TOO_FEW_ROWS else "warn"
        made.append(finding("too_few_rows", rows=answers, severity=severity))
    if goal.distinct == 1:
        made.append(finding("target_one_class", [goal.name], value=str(goal.top[0][0])))
    elif ctx.task != "regression":
        made += _classes(goal, answers)
    return made


def _shape(ctx: Context) -> list[Finding]:
    count, rows = len(ctx.profile.columns), ctx.profile.rows
    if count > max(rows, 20):
        return [finding("more_columns_than_rows", count=count, rows=rows)]
    return []


def _missing(ctx: Context, goal: ColumnProfile) -> Finding:
    part = goal.missing / ctx.profile.rows
    return finding(
        "target_missing",
        [goal.name],
        severity="stop" if part > 0.8 else "warn",
        concerns=goal.missing,
        count=f"{goal.missing:,}",
        rows=f"{ctx.profile.rows:,}",
        share=share(goal.missing, ctx.profile.rows),
    )


def _classes(goal: ColumnProfile, answers: int) -> list[Finding]:
    if goal.distinct == answers and answers >= 20:
        return [finding("target_identifier", [goal.name])]
    if goal.distinct > _MOST_CLASSES:
        severity = "stop" if goal.distinct > 1000 or goal.distinct > 0.2 * answers else "warn"
        facts = {"count": f"{goal.distinct:,}", "rows": f"{answers:,}"}
        return [finding("target_many_classes", [goal.name], severity=severity, **facts)]
    made = []
    rare = [(value, n) for value, n in goal.top if n < _RARE_ROWS]
    if rare and answers >= _TOO_FEW_ROWS:
        told = ", ".join(f"{printable(value, 30)} ({n})" for value, n in rare[:5])
        single = any(n < 2 for _, n in rare)
        severity = "stop" if single and goal.distinct == 2 else "warn"
        made.append(finding("target_rare_class", [goal.name], severity=severity, classes=told))
    value, n = goal.top[-1]
    part = n / answers
    if part < min(0.2, 0.6 / goal.distinct):
        made.append(
            finding(
                "imbalance",
                [goal.name],
                severity="warn" if part < 0.05 else "note",
                value=printable(value, 40),
                share=share(n, answers),
                other=share(answers - n, answers),
            )
        )
    return made
