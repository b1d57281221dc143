from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from mlops_tui.app.app import MlopsApp
from mlops_tui.app.opening import Request
from mlops_tui.app.shell import Shell
from mlops_tui.app.work import WorkPage

Opened = Callable[..., AbstractAsyncContextManager[tuple[Shell, Pilot[Any]]]]
Settled = Callable[[Pilot[Any]], Any]


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test looks into, or writes to, the home of who runs it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_DIM_FACTOR"):
        monkeypatch.delenv(name, raising=False)


async def _settled(pilot: Pilot[Any], seconds: float = 20) -> Shell:
    for _ in range(int(seconds / 0.05)):
        await pilot.pause(0.05)
        shell = next((s for s in pilot.app.screen_stack if isinstance(s, Shell)), None)
        if shell is None or shell.page is None or shell.flow.running.busy:
            continue
        if not isinstance(shell.page, WorkPage):
            await pilot.pause()
            return shell
    raise AssertionError("the shell did not come to rest")


@pytest.fixture
def settled() -> Settled:
    """Waits until a page that takes answers or tells findings is shown."""
    return _settled


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """An app around a project in an empty folder; the same folder again when asked twice."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (80, 24), **suggestions: dict[str, Any]
    ) -> AsyncIterator[tuple[Shell, Pilot[Any]]]:
        app = MlopsApp(Request("open", tmp_path / "project", suggestions))
        async with app.run_test(size=size) as pilot:
            try:
                yield await _settled(pilot), pilot
            finally:
                if app.journey is not None:
                    app.journey.close()

    return run
