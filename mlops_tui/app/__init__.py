"""The full-screen front end. `run` is all that others need of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

Suggestions = dict[str, dict[str, Any]]


def run(project: Path | None, suggestions: Suggestions | None = None, demo: bool = False) -> int:
    """Show the app until the user leaves; returns the exit code.

    `project` is opened, or created when nothing is there; `suggestions` take the place of
    recommended answers; `demo` starts the demo at once. The caller made sure of a terminal.
    """
    if "NO_COLOR" in os.environ:
        # Read by Textual when it is imported: the theme that has no colours of its own.
        os.environ.setdefault("TEXTUAL_THEME", "ansi-dark")
    from mlops_tui.app.app import MlopsApp
    from mlops_tui.app.opening import Request

    request = Request("open", project, suggestions or {}) if project else None
    if demo:
        request = Request("demo", project)
    app = MlopsApp(request, suggestions)
    try:
        code = app.run()
    finally:
        if app.journey is not None:
            app.journey.close()
    if app.crashed is not None:
        sys.stderr.write(_crash_words(app.crashed))
        return 4
    return code or 0


def _crash_words(log: Path) -> str:
    return (
        "Something went wrong inside mlops-tui; this is our mistake, not yours.\n"
        "Your project and everything you typed are kept: start mlops-tui again to go on.\n"
        f"What happened is written in {log}\n"
    )
