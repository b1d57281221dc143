"""The one thing that runs at a time, and the service that runs beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from mlops_tui.journey.operations import RunningService

T = TypeVar("T")
LONGEST_GOODBYE = 2.0


class Running:
    """Runs work that a key can stop; `changed` is called when it begins and when it ends."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._task: asyncio.Future[Any] | None = None
        self.service: RunningService | None = None

    @property
    def busy(self) -> bool:
        """Whether work is running."""
        return self._task is not None

    @property
    def serving(self) -> RunningService | None:
        """The service, while it lives."""
        return self.service if self.service is not None and self.service.alive else None

    async def run(self, work: Awaitable[T]) -> T:
        """Wait for the work; raises CancelledError when it was stopped."""
        task = asyncio.ensure_future(work)
        self._task = task
        self._changed()
        try:
            return await task
        finally:
            self._task = None
            self._changed()

    async def stop(self) -> None:
        """End the work; whoever waits for it is told."""
        if self._task is not None:
            self._task.cancel()

    async def close(self) -> None:
        """End the work and the service before the app leaves."""
        if self._task is not None:
            task = self._task
            task.cancel()
            await asyncio.wait([task], timeout=LONGEST_GOODBYE)
        if self.serving:
            await self.serving.stop()
