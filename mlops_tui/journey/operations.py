"""After the journey: the project's own commands, run in the project itself."""

from __future__ import annotations

import asyncio
import socket
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mlops_tui.errors import StepFailed
from mlops_tui.journey.kinds import Confirmed, OnEvent
from mlops_tui.journey.workbench import command_line, telling
from mlops_tui.project.commands import Service, project_environment, run
from mlops_tui.project.objects import Signature

if TYPE_CHECKING:
    from mlops_tui.journey.core import Journey

_READY_WITHIN_SECONDS = 90.0


async def run_command(
    journey: Journey, command: str, *options: str, on_event: OnEvent
) -> Confirmed:
    """Run a command in the project (drift, retrain, rollback, versions, smoke).

    What it changed in tracked files is committed.
    """
    environment = project_environment(journey.root, journey.root)
    argv = command_line(journey.package(), command, *options)
    found = await run(
        [*argv, "--events"],
        cwd=journey.root,
        env=environment,
        on_event=telling(argv, on_event),
        log=journey.local.log,
    )
    author = journey.session.author
    signature = Signature(author.name, author.email, datetime.now(UTC))
    repository = journey.repository
    commit = await asyncio.to_thread(repository.commit_edits, signature, f"{command}: ")
    return Confirmed(command, commit or "", found.facts, found.measured, "", None)


class RunningService:
    """The project's service, started by us; stop it before leaving."""

    def __init__(self, service: Service, url: str) -> None:
        self._service = service
        self.url = url

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._service.alive

    async def stop(self) -> None:
        """End it and all it started."""
        await self._service.stop()


async def start_service(journey: Journey, port: int | None = None) -> RunningService:
    """Start `serve` and wait until it says it is ready; raises StepFailed with the log's path."""
    chosen = port or _free_port()
    service = await Service.start(
        command_line(journey.package(), "serve", "--port", str(chosen), "--events"),
        cwd=journey.root,
        env=project_environment(journey.root, journey.root),
        log=journey.local.log.with_name("service.log"),
    )
    running = RunningService(service, f"http://127.0.0.1:{chosen}")
    try:
        await _ready(running)
    except BaseException:
        await running.stop()
        raise
    return running


async def _ready(running: RunningService) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if not running.alive:
            break
        if await asyncio.to_thread(_answers, f"{running.url}/readyz"):
            return
        await asyncio.sleep(0.2)
    raise StepFailed(
        "The service did not become ready.",
        "It ended or gave no answer in time.",
        f"Its output is in {running._service.log}.",
    )


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
