"""All findings about a profile, the most serious first."""

from __future__ import annotations

from mlops_tui.profile.model import Profile
from mlops_tui.profile.reading import Progress, Table

_ORDER = {"stop": 0, "warn": 1, "note": 2}


def added(profile: Profile, table: Table, told: Progress) -> Profile:
    """The profile with its findings."""
    return profile
