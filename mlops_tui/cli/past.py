"""`mlops-tui history`: the decisions of a project, newest first."""

from __future__ import annotations

import sys
from pathlib import Path

from mlops_tui.errors import BadInput


def tell_history(root: Path) -> int:
    """Print the log of decisions; reads only, so it works while another program has the project."""
    from mlops_tui import session as sessions
    from mlops_tui.journey import landing, learning
    from mlops_tui.project.history import EDIT
    from mlops_tui.project.repository import Repository

    root = root.absolute()
    file = root / sessions.FILE_NAME
    if not file.is_file():
        raise BadInput(
            f"The folder {root} holds no mlops-tui project.",
            "It has no session.yaml.",
            "Name the folder of a project, for example: mlops-tui history flights-late",
        )
    from mlops_tui.report import Lines, plain, shown

    lines = Lines(sys.stdout)
    session = sessions.load(file)
    for past in landing.history(Repository(root), session):
        step = past.step or ("by hand" if past.subject.startswith(EDIT) else "-")
        when = past.at.astimezone().strftime("%Y-%m-%d %H:%M")
        lines.say(f"{past.commit[:10]}  {when}  {step:<11} {plain(past.subject)}")
        for name, (was, now) in past.changed.items():
            lines.say(f"{name}: {shown(was)} -> {shown(now)}", 30)
    lines.say("")
    lines.say(learning.learnt(session.decisions).told())
    return 0
