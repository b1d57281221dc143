"""Where the shipped words and templates are, and where the assistant keeps its own files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).resolve().parent


@cache
def shipped(kind: Literal["screens", "templates", "demo"]) -> Path:
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


def default_projects_folder() -> Path:
    """Where a new project goes unless the user names another place."""
    return Path.home() / "mlops-projects"
