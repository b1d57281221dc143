"""The answer column as it is once its spellings are merged: "yes ", "Yes" and "yes" are one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_tui.profile import Profile


def once_merged(profile: Profile) -> Profile:
    """The profile with one spelling for each class of the answer; itself where each has one."""
    from mlops_tui.profile.spelling import alike, tidiest

    block = profile.target
    if block is None or not block.classes or not has_spellings(profile):
        return profile
    counts = {str(value): n for value, n in block.classes}
    goals = {value: tidiest(group) for group in alike(counts) for value in group}
    merged: dict[str, int] = {}
    for value, n in counts.items():
        goal = goals.get(value, value)
        merged[goal] = merged.get(goal, 0) + n
    classes = tuple(sorted(merged.items(), key=lambda pair: (-pair[1], pair[0])))
    column = replace(profile.column(block.name), top=classes, distinct=len(classes))
    return replace(
        profile,
        target=replace(block, classes=classes, n_classes=len(classes)),
        columns=tuple(column if c.name == column.name else c for c in profile.columns),
    )


def has_spellings(profile: Profile) -> bool:
    """Whether some class of the answer is written in several ways, so that a remedy is offered."""
    goal = profile.target.name if profile.target else None
    return any(f.id == "dirty_categories" and goal in f.columns for f in profile.findings)


def merging(target: str) -> str:
    """The remedy that merges them, as an answer holds it."""
    from mlops_tui.profile.model import Remedy

    return Remedy("merge_variants", (target,)).written
