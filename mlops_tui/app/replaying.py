"""Takes the decisions of a recording again, in sight."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_tui.app.flow import Flow
    from mlops_tui.journey import Recording


async def replay(flow: Flow, recording: Recording) -> None:
    """One recorded decision after the other; then the flow goes on where the session ends."""
    for taken in recording.steps():
        job = partial(recording.confirm, flow.journey, taken)
        if not await flow.repeat(taken.step, job):
            return
    await flow.go()
