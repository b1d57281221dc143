"""The profile as it is written into a project, where everybody who can read the code reads it.

A look at the data quotes cells, so that a person recognises them. What identifiers, columns that
are left out and personal data hold is nobody's business in files that git keeps for ever.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from mlops_tui.profile import words
from mlops_tui.profile.model import ColumnProfile, Detected, Finding, Profile, Quoting

_NOTHING: dict[str, Any] = {
    "top": (),
    "minimum": None,
    "maximum": None,
    "mean": None,
    "stddev": None,
    "quantiles": (),
    "histogram": None,
    "outliers": None,
}


def unquoted(detected: Detected) -> Detected:
    """How the source was read, with notes that quote no line and no cell of it."""
    return replace(detected, notes=tuple(_bare(note) for note in detected.notes))


def _bare(note: str) -> str:
    return note.bare if isinstance(note, Quoting) else note


def discreet(profile: Profile, private: Collection[str], shown: Collection[str] = ()) -> Profile:
    """The profile without the values of `private` columns, and of those with personal data.

    `shown` are columns whose values the project needs: the answer, and when a row is from.
    """
    personal = {name for f in profile.findings if f.id == "personal_data" for name in f.columns}
    hidden = ({*private} | personal) - {*shown}
    reach = profile.time
    return replace(
        profile,
        columns=tuple(_column(c) if c.name in hidden else c for c in profile.columns),
        findings=tuple(_finding(f, hidden) for f in profile.findings),
        time=None if reach and reach.column in hidden else reach,
        extra=_extra(profile.extra, hidden),
    )


def _column(column: ColumnProfile) -> ColumnProfile:
    sampled = tuple(name for name in column.sampled if name not in _NOTHING)
    return replace(column, sampled=sampled, **_NOTHING)


def _finding(finding: Finding, hidden: set[str]) -> Finding:
    """The finding; in other words where its own quote values of a hidden column."""
    if not (hidden.intersection(finding.columns) and words.quotes(finding.id)):
        return finding
    valued = finding.remedy is not None and finding.remedy.value is not None
    remedy = None if valued else finding.remedy
    evidence, effect = words.private(finding.columns)
    return replace(finding, evidence=evidence, effect=effect, advice="", remedy=remedy)


def _extra(extra: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
    mixed = {
        name: {**told, "text": ""} if name in hidden else told
        for name, told in extra.get("mixed", {}).items()
    }
    return {**extra, "mixed": mixed} if mixed else extra
