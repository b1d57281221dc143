"""Runs one journey to its end and leaves no child behind, however it ends."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

from mlops_tui.errors import Cancelled

T = TypeVar("T")


def finish(journey: Coroutine[Any, Any, T]) -> T:
    """Run the coroutine; Ctrl-C, a closed terminal or SIGTERM cancels it and its children."""
    import asyncio
    import signal

    async def watched() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        for name in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(name, task.cancel)
        return await journey

    try:
        return asyncio.run(watched())
    except asyncio.CancelledError:
        raise Cancelled(
            "Stopped.", "It was told to end.", "What was confirmed is kept; open it to go on."
        ) from None
