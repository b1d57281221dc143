"""All findings about a profile, the most serious first."""

from __future__ import annotations

from dataclasses import replace

from mlops_tui.profile import (
    alone,
    damage,
    drift,
    grading,
    leakage,
    learnable,
    moments,
    privacy,
    quality,
    structure,
    together,
    units,
)
from mlops_tui.profile.context import Context
from mlops_tui.profile.model import Finding, Profile
from mlops_tui.profile.roles import ENTITIES, guess_task
from mlops_tui.profile.table import Progress, Table

_ORDER = {"stop": 0, "warn": 1, "note": 2}
_SEARCHES = {
    "the answer": (learnable,),
    "leaks": (leakage,),
    "personal data": (privacy,),
    "odd values": (quality, moments, damage, units),
    "copies and order": (together, drift),
}


def added(profile: Profile, table: Table, told: Progress) -> Profile:
    """The profile with its findings, about the target where it has one."""
    task = guess_task(profile, profile.target.name)[0] if profile.target else None
    context = Context(profile, table, task)
    copies = structure.found(context)
    context.owner = next((f.columns[0] for f in copies if f.id in ENTITIES), None)
    context.profile = profile = replace(
        alone.with_associations(context),
        correlations=together.correlations(context),
        time=moments.coverage(context),
    )
    made: list[Finding] = []
    for done, (label, modules) in enumerate(_SEARCHES.items()):
        told(done, len(_SEARCHES), f"looking for {label}")
        for search in modules:
            made += search.found(context)
    made = _once(made + copies)
    made.sort(key=lambda f: _ORDER[f.severity])
    profile = replace(profile, findings=tuple(made))
    return replace(profile, quality=grading.quality(profile))


def _once(made: list[Finding]) -> list[Finding]:
    """Without what another finding says already: sorted rows drift, and copies are correlated."""
    ids = {f.id for f in made}
    copies = {name for f in made if f.id in ("twin", "recoded_twin") for name in f.columns[1:]}
    return [
        f
        for f in made
        if not (f.id == "drift_along_rows" and "sorted_by_target" in ids)
        and not (f.id == "correlated_inputs" and len(set(f.columns) - copies) < 2)
    ]
