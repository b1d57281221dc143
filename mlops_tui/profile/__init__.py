"""The assistant's reader: opens any source with DuckDB, profiles it, and names what would hurt.

Nothing heavy is imported here; DuckDB comes with the first call that reads.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlops_tui.profile.corrections import Corrections
    from mlops_tui.profile.model import ColumnProfile, Detected, Finding, Profile, Remedy

__all__ = ["ColumnProfile", "Detected", "Finding", "Profile", "Remedy", "inspect"]


def __getattr__(name: str) -> Any:
    """The kinds of a profile, loaded when first named: the app's first frame needs none."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlops_tui.profile import model

    return getattr(model, name)


def inspect(
    source: Path | str,
    target: str | None = None,
    on_progress: Callable[[float, float | None, str], None] | None = None,
    corrections: Corrections | None = None,
) -> Profile:
    """The profile of what `source` names; BadInput where it is no usable table."""
    from mlops_tui.profile.corrections import UNCORRECTED
    from mlops_tui.profile.inspecting import inspect as read

    return read(source, target, on_progress, corrections or UNCORRECTED)
