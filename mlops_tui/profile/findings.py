"""All findings about a profile, the most serious first."""

from __future__ import annotations

from dataclasses import replace

from mlops_tui.profile.model import Profile
from mlops_tui.profile.reading import Progress, Table
from mlops_tui.profile.roles import guess_task

_ORDER = {"stop": 0, "warn": 1, "note": 2}


def added(profile: Profile, table: Table, told: Progress) -> Profile:
    """The profile with its findings, about the target where it has one."""
    from mlops_tui.profile import leakage, learnable, privacy, quality, structure
    from mlops_tui.profile.context import Context

    task = guess_task(profile, profile.target.name)[0] if profile.target else None
    context = Context(profile, table, task)
    searches = {
        "the answer": learnable,
        "leaks": leakage,
        "personal data": privacy,
        "odd values": quality,
        "copies and order": structure,
    }
    made = []
    for done, (label, search) in enumerate(searches.items()):
        told(done, len(searches), f"looking for {label}")
        made += search.found(context)
    made.sort(key=lambda f: _ORDER[f.severity])
    return replace(profile, findings=tuple(made))
