"""The tables of the data step: how the file is read, types, and when each column is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_tui.screens import Option, Row, Words

if TYPE_CHECKING:
    from mlops_tui.profile import Profile

BEFORE, AFTER = "before", "after"
DOUBTS = frozenset({"formula", "dominant_column", "key_tells"})
"""Findings about columns that tell so much that it is worth asking when they are known."""
TOGETHER = "leak_together"
"""One of its columns was perhaps calculated with the answer: each is asked about, none excluded."""


def layout(words: Words, profile: Profile) -> tuple[Row, ...]:
    """What can be corrected about the whole file, with what was found."""
    from mlops_tui.profile.corrections import LAYOUT, applicable, as_found

    found, rows = as_found(profile.detected), []
    for name in applicable(profile.detected.format):
        if name == "dates" and name not in found:
            continue
        usual = words.labels["found"].format(value=found.get(name, "")).rstrip(": ")
        listed = tuple(Option(value, value) for value in LAYOUT[name])
        rows.append(Row(words.labels[name], (name,), (Option("", usual), *listed)))
    return tuple(rows)


def types(profile: Profile) -> tuple[Row, ...]:
    """Every column that is no list or record, with the type that was found."""
    return tuple(
        Row(column.name, (column.name,), base=column.type, hint=_values(column.top))
        for column in profile.columns
        if column.type != "nested"
    )


def known_later(words: Words, profile: Profile, target: str) -> tuple[Row, ...]:
    """One row for each column that raises a suspicion or a doubt, then the others in groups."""
    from mlops_tui.profile.grouping import groups

    suspects = reasons(profile, target)
    for finding in profile.findings:
        for name in finding.columns if finding.id in DOUBTS | {TOGETHER} else ():
            suspects.setdefault(name, finding.evidence)
    suspects.pop(target, None)
    rows = [Row(name, (name,), base=BEFORE, hint=why) for name, why in suspects.items()]
    rest = [c for c in profile.columns if c.name != target and c.name not in suspects]
    rows += [Row(g.label, g.columns, base=BEFORE, hint=_about(words, g)) for g in groups(rest)]
    return tuple(rows)


def reasons(profile: Profile, target: str) -> dict[str, str]:
    """The columns that may be known only afterwards, each with the first reason to think so."""
    from mlops_tui.profile.roles import suspects_known_later

    found: dict[str, str] = {}
    for name in suspects_known_later(profile, target):
        why = (f.evidence for f in profile.findings if name in f.columns and "leak" in f.id)
        found[name] = next(why, "")
    return found


def as_table(told: Any) -> dict[str, str]:
    """An answer about `known_later` as a table, also where it is a list of columns."""
    if isinstance(told, list):
        return dict.fromkeys(map(str, told), AFTER)
    return dict(told or {})


def _values(top: tuple[tuple[Any, int], ...]) -> str:
    from mlops_tui.profile.printing import printable

    return ", ".join(printable(value, 24) for value, _ in top[:4])


def _about(words: Words, group: Any) -> str:
    from mlops_tui.profile.printing import listed

    if len(group.columns) == 1:
        return ""
    return words.labels["group"].format(columns=listed(group.columns, 6))
