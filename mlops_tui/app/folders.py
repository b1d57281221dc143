"""A folder for a project that is not there yet."""

from __future__ import annotations

from pathlib import Path

from mlops_tui.places import default_projects_folder


def free_folder(name: str) -> Path:
    """A place for a new project that nothing lies in: name, name-2, name-3..."""
    home = default_projects_folder()
    tries = (home / (name if n == 1 else f"{name}-{n}") for n in range(1, 10_000))
    return next(path for path in tries if is_free(path))


def is_free(path: Path) -> bool:
    """Whether a project can begin here."""
    return not path.exists() or (path.is_dir() and not any(path.iterdir()))
