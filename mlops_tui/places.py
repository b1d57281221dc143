"""Where the shipped words and templates are, and where the assistant keeps its own files."""

from __future__ import annotations

import contextlib
import json
from functools import cache
from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent


@cache
def shipped(kind: Literal["screens", "templates"]) -> Path:
    """The folder `kind`: inside an installed wheel, else beside the package in a checkout."""
    inside = PACKAGE / "_shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


def log_folder() -> Path:
    """The folder of the assistant's own log (created), by the platform's convention."""
    import platformdirs

    return platformdirs.user_log_path("mlops-tui", ensure_exists=True)


def state_file() -> Path:
    """Where the assistant remembers projects opened lately (the folder is created)."""
    import platformdirs

    return platformdirs.user_state_path("mlops-tui", ensure_exists=True) / "projects.json"


def recent_projects() -> list[Path]:
    """The projects opened lately that are still there, newest first."""
    try:
        told = json.loads(state_file().read_text(encoding="utf-8"))
        return [Path(name) for name in told if Path(name, ".git").exists()]
    except (OSError, ValueError, TypeError):
        return []


def remember_project(root: Path) -> None:
    """Put a project first among those opened lately; not being able to is no error."""
    others = [path for path in recent_projects() if path != root][:9]
    with contextlib.suppress(OSError):
        state_file().write_text(json.dumps([str(root), *map(str, others)]), encoding="utf-8")


def default_projects_folder() -> Path:
    """Where a new project goes unless the user names another place."""
    return Path.home() / "mlops-projects"
