"""The headless front end: a journey that asks nothing."""

from __future__ import annotations

from pathlib import Path

from mlops_tui.errors import BadInput
from mlops_tui.journey.core import Suggestions
from mlops_tui.journey.demo import demo_session
from mlops_tui.replay.verify import verify as compare
from mlops_tui.replay.walk import find_data, new, replay
from mlops_tui.report import Reporter, Summary
from mlops_tui.session import FILE_NAME, load

__all__ = ["demo", "new", "replay_file"]


async def replay_file(
    place: Path,
    root: Path,
    reporter: Reporter,
    *,
    data: Path | None = None,
    edits: Suggestions | None = None,
    until: str | None = None,
    verify: bool = False,
) -> Summary:
    """Replay a session file, or the one in a project's folder; `verify` raises Difference."""
    file = (place / FILE_NAME if place.is_dir() else place).absolute()
    session = load(file)
    if not session.decisions:
        raise BadInput(
            f"{place} holds no decision yet.",
            "There is nothing to replay.",
            "Continue that project first, or name another session.",
        )
    source = find_data(session, file.parent, data)
    summary = await replay(session, root, reporter, data=source, edits=edits or {}, until=until)
    if verify:
        compare(session, file.parent, root, reporter, edited=sorted(edits or {}))
    return summary


async def demo(root: Path, reporter: Reporter) -> Summary:
    """Replay the bundled session."""
    return await replay_file(demo_session(), root, reporter)
