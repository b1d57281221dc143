"""The headless front end: a journey that asks nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlops_tui.errors import BadInput
from mlops_tui.journey import Recording
from mlops_tui.journey.demo import demo_session
from mlops_tui.replay.verify import verify as compare
from mlops_tui.replay.walk import Suggestions, new, replay
from mlops_tui.report import Reporter, Summary
from mlops_tui.session import FILE_NAME, Session, load

__all__ = ["demo", "new", "replay_file"]


async def replay_file(
    place: Path,
    root: Path,
    reporter: Reporter,
    *,
    data: str | None = None,
    edits: Suggestions | None = None,
    until: str | None = None,
    verify: bool = False,
) -> Summary:
    """Replay a session file, or the one in a project's folder; `verify` raises Difference."""
    file = (place / FILE_NAME if place.is_dir() else place).absolute()
    session = load(file)
    changes = _changes(session, edits or {}, until)
    recording = Recording(file, changes, data)
    summary = await replay(recording, changes, root, reporter, until)
    try:
        if verify:
            compare(session, file.parent, root, reporter, edited=sorted(changes))
    finally:
        reporter.summary(summary)
    return summary


def _changes(session: Session, edits: Suggestions, until: str | None) -> Suggestions:
    """The edits, each on a step that the session holds; a table of answers is edited by entry."""
    held = {decision.step for decision in session.decisions}
    for step in [*edits, *([until] if until else [])]:
        if step not in held:
            raise BadInput(
                f"The session holds no decision on the step '{step}'.",
                f"It holds: {', '.join(held) or 'none at all'}.",
                "Name one of these, or finish the session first.",
            )
    changed: dict[str, dict[str, Any]] = {}
    for step, fields in edits.items():
        now = session.answers(step) or {}
        changed[step] = {
            name: {**now[name], **value}
            if isinstance(value, dict) and isinstance(now.get(name), dict)
            else value
            for name, value in fields.items()
        }
    return changed


async def demo(root: Path, reporter: Reporter) -> Summary:
    """Replay the bundled session."""
    return await replay_file(demo_session(), root, reporter)
