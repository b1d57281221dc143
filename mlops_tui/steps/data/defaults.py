"""What is recommended on the data step, from the profile, with the reason of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_tui.advice import kinds, protected
from mlops_tui.answers import Problem
from mlops_tui.steps.base import Default, SoFar, Values
from mlops_tui.steps.data import tables
from mlops_tui.steps.data.spelled import has_spellings, merging, once_merged

if TYPE_CHECKING:
    from mlops_tui.profile import Profile


def of_the_file(source: str | None) -> dict[str, Default]:
    """The file that was named already, and a limit that suits git."""
    known = {"source": Default(source, "source_given")} if source else {}
    return {**known, "commit_limit_mb": Default(5.0, "limit_usual")}


def of_the_answer(profile: Profile) -> dict[str, Default]:
    """Read as found; the likeliest answer column."""
    from mlops_tui.profile import roles

    made = {"layout": Default({}, "layout_found"), "types": Default({}, "types_found")}
    ranked = roles.guess_targets(profile)
    if ranked:
        made["target"] = Default(ranked[0].value, f"target_{ranked[0].reason}")
    return made


def of_the_parts(profile: Profile, target: str, so_far: SoFar) -> dict[str, Default]:
    """The task, and which column is time, which the owner of several rows."""
    from mlops_tui.profile import roles

    merged = once_merged(profile)
    task, task_reason = roles.guess_task(merged, target)
    time, group = roles.guess_time(profile), roles.guess_group(profile, target)
    return {
        "task": Default(task, f"task_{task_reason}"),
        "positive": _positive(roles.guess_positive(merged, target) if task == "binary" else None),
        "row_is": _row(so_far),
        "time_column": Default(time.value if time else None, "time_found" if time else "time_none"),
        "group_column": Default(
            group.value if group else None, "group_found" if group else "group_none"
        ),
    }


def of_what_is_mended(profile: Profile, given: Values) -> dict[str, Default]:
    """What seems to be known too late, what an engineer would mend, whom to serve equally."""
    from mlops_tui.profile.offers import recommended

    target = given["target"]
    late = list(tables.reasons(profile, target))
    parts = {target, given.get("time_column"), given.get("group_column")}
    mended = [told for told in recommended(profile, target) if not dropped([told]) & parts]
    if has_spellings(profile) and given.get("task") != "regression":
        mended.append(merging(target))
    gone = dropped(mended)
    groups = protected.guess(name for name in profile.names if name not in {target, *gone})
    return {
        "known_later": Default(
            dict.fromkeys(late, tables.AFTER),
            "late_suspects" if late else "late_none",
            {"columns": ", ".join(late)},
        ),
        "remedies": Default(mended, "remedies_usual" if mended else "remedies_none"),
        "protected": Default(
            groups,
            "protected_named" if groups else "protected_none",
            {"columns": ", ".join(groups)},
        ),
    }


def dropped(remedies: list[str]) -> set[str]:
    """The columns that these remedies leave out."""
    from mlops_tui.profile.model import Remedy

    read = (Remedy.read(told) for told in remedies)
    return {name for one in read if one.action == "exclude" for name in one.columns}


def _row(so_far: SoFar) -> Default:
    problem = so_far.answers("problem", Problem)
    if problem and problem.kind in kinds.ROW_IS:
        return Default(kinds.ROW_IS[problem.kind], "row_kind")
    return Default("one case", "row_general")


def _positive(guess: tuple[str, str] | None) -> Default:
    if guess is None:
        return Default(None, "positive_none")
    return Default(guess[0], f"positive_{guess[1]}")
