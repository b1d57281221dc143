"""The assistant's reader: opens any source with DuckDB, profiles it, and names what would hurt.

Nothing heavy is imported here; DuckDB comes with the first call that reads.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mlops_tui.profile.model import ColumnProfile, Detected, Finding, Profile, Remedy
from mlops_tui.profile.roles import (
    as_text,
    guess_group,
    guess_positive,
    guess_targets,
    guess_task,
    guess_time,
    guess_treatments,
    suspects_known_later,
)
from mlops_tui.profile.words import printable

__all__ = [
    "ColumnProfile",
    "Detected",
    "Finding",
    "Profile",
    "Remedy",
    "as_text",
    "guess_group",
    "guess_positive",
    "guess_targets",
    "guess_task",
    "guess_time",
    "guess_treatments",
    "inspect",
    "printable",
    "suspects_known_later",
]


def inspect(
    path: Path | str,
    target: str | None = None,
    on_progress: Callable[[float, float | None, str], None] | None = None,
) -> Profile:
    """The profile of the source at `path`; BadInput where it is no usable table."""
    from mlops_tui.profile.inspecting import inspect as read

    return read(path, target, on_progress)
