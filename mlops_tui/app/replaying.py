"""Takes the decisions of a session again, in sight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlops_tui.app.flow import Flow
    from mlops_tui.session import Decision, Session


async def replay(flow: Flow, session: Session, data: Path | None) -> None:
    """One recorded decision after the other; then the flow goes on where the session ends."""
    for decision in session.decisions:
        place = {"source": str(data)} if data and decision.step == "data" else {}
        if not await flow.repeat(decision, {**decision.answers, **place}):
            return
    await flow.go()


async def take(flow: Flow, decision: Decision, answers: dict[str, Any], on_event: Any) -> Any:
    """A recorded decision with its recorded time: looks, then the work."""
    journey, step = flow.journey, decision.step
    values: dict[str, Any] = {}
    stages = journey.form(step).stages
    for stage in range(1, stages):
        asked = {question.name for question in journey.form(step, stage, values).questions}
        values |= {name: answers[name] for name in asked if name in answers}
        await journey.look(step, stage, values, on_event)
    return await journey.confirm(step, answers, on_event, decision.at, recorded=decision)
