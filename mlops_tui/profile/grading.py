"""The quality score: 100 less what each finding takes, every point with its reason.

Points and words stand in words.toml, under `score` and as `points` of each finding.
"""

from __future__ import annotations

from mlops_tui.profile.figures import Deduction, Quality
from mlops_tui.profile.model import Finding, Profile
from mlops_tui.profile.words import scoring, table


def quality(profile: Profile) -> Quality:
    """The score of a profile, from its findings in their order."""
    left, made = 100, []
    for finding in profile.findings:
        deduction = _deduction(profile, finding, left)
        if deduction is not None:
            made.append(deduction)
            left -= deduction.points
    return Quality(left, tuple(made))


def _deduction(profile: Profile, finding: Finding, left: int) -> Deduction | None:
    """What `finding` takes of the points that are `left`; None where it is no defect."""
    by = table()[finding.id].get("points")
    if by is None or not left:
        return None
    rules = scoring()
    weight, least = rules["points"][finding.severity], rules["least"]
    count, every = _share(profile, finding, by)
    points = round(weight * count / max(every, 1))
    why = rules[by].format(weight=weight, count=f"{count:,}", all=f"{every:,}")
    if points < least:
        points, why = least, rules["least_words"].format(how=why, least=least)
    if points > left:
        points, why = left, rules["rest_words"].format(how=why)
    return Deduction(finding.id, finding.columns, points, why)


def _share(profile: Profile, finding: Finding, by: str) -> tuple[int, int]:
    if by == "columns":
        return len(finding.columns), len(profile.columns)
    if by == "rows":
        return finding.rows or 0, profile.rows
    return 1, 1
