"""What is wrong with the answers of the data step beyond their types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_tui.steps.base import Values
from mlops_tui.steps.data.defaults import dropped
from mlops_tui.steps.data.spelled import merging, once_merged
from mlops_tui.steps.data.tables import as_table

if TYPE_CHECKING:
    from mlops_tui.profile import Profile

_ONE = {2: ("target",), 3: ("time_column", "group_column")}
_TABLES = {2: ("types",), 4: ("known_later",)}


def source(told: str) -> dict[str, str]:
    """Whether there is a file to read."""
    from mlops_tui.profile.sources import problem

    found = problem(told)
    return {"source": found} if found else {}


def columns(stage: int, given: Values, profile: Profile) -> dict[str, str]:
    """Every column that is named must exist, and the answer column plays no second part."""
    found: dict[str, str] = {}
    names, target = set(profile.names), given.get("target")
    for field in _ONE.get(stage, ()):
        value = given.get(field)
        if value is not None and value not in names:
            found[field] = "This file has no such column; pick one from the list."
        elif field != "target" and value == target and value is not None:
            found[field] = "This is the answer column; pick another or none."
    several = {field: as_table(given.get(field)) for field in _TABLES.get(stage, ())}
    if stage == 4:
        several["protected"] = dict.fromkeys(given.get("protected") or (), "")
    for field, told in several.items():
        if unknown := sorted(set(told) - names):
            found[field] = f"This file has no column {', '.join(unknown[:5])}."
    if stage == 4:
        found |= _of_the_answer(target, several) | _remedies(given, names)
    if stage == 4 and not found:
        return _spelled_once(given, profile)
    return found or (_task(given, once_merged(profile)) if stage == 3 else {})


def _of_the_answer(target: str | None, several: dict[str, dict[str, str]]) -> dict[str, str]:
    found = {}
    if target in several["known_later"]:
        found["known_later"] = "The answer column is always known later; leave it out here."
    if target in several["protected"]:
        found["protected"] = "This is the answer column; groups are told apart by others."
    return found


def _remedies(given: Values, names: set[str]) -> dict[str, str]:
    """Each must be one that there is, and must not take away a column that plays a part."""
    from mlops_tui.profile.model import Remedy
    from mlops_tui.profile.remedies import ACTIONS

    told = list(given.get("remedies") or ())
    for one in told:
        try:
            remedy = Remedy.read(one)
        except ValueError:
            return {"remedies": f"'{one}' is not understood; pick from the list."}
        if remedy.action not in ACTIONS:
            return {"remedies": f"There is no remedy '{remedy.action}'; pick from the list."}
        if unknown := sorted(set(remedy.columns) - names):
            return {"remedies": f"This file has no column {', '.join(unknown[:5])}."}
    gone = dropped(told)
    for part, field in (("the answer", "target"), ("the time", "time_column"),
                        ("the owner of several rows", "group_column")):  # fmt: skip
        if given.get(field) in gone:
            return {"remedies": f"{given[field]} is {part}; it cannot be left out."}
    if both := sorted(gone & set(given.get("protected") or ())):
        return {"remedies": f"Groups are told apart by {both[0]}; keep it, or not as a group."}
    return {}


def _spelled_once(given: Values, profile: Profile) -> dict[str, str]:
    """A yes-or-no answer that is spelt in several ways has more than two values until mended."""
    classes = len((profile.target.classes if profile.target else None) or ())
    merged = merging(str(given.get("target"))) in (given.get("remedies") or ())
    if given.get("task") != "binary" or classes <= 2 or merged:
        return {}
    return {"remedies": "The answer is written in more than two ways: merge its spellings too."}


def _task(given: Values, profile: Profile) -> dict[str, str]:
    block = profile.target
    classes = [as_text(value) for value, _ in (block.classes if block else None) or ()]
    if given.get("task") != "binary":
        if given.get("positive") is not None:
            return {"positive": "Only a yes/no task has a positive answer; choose none."}
        return {}
    if block and classes and len(classes) != 2:
        return {"task": f"The answer column has {block.n_classes} values, not two."}
    if classes and given.get("positive") not in classes:
        return {"positive": f"Pick the value that you look for: {' or '.join(classes)}."}
    return {}


def as_text(value: str | int | float | bool | None) -> str:
    """A class as settings write it."""
    from mlops_tui.profile import roles

    return roles.as_text(value)
