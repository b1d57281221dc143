"""Where a step's work happens: a scratch checkout, and the project's own commands in it."""

from __future__ import annotations

import shlex
import sys
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from mlops_tui.events import Event, Started
from mlops_tui.journey.kinds import OnEvent
from mlops_tui.places import PACKAGE
from mlops_tui.project.commands import project_environment, run
from mlops_tui.steps.base import Outcome


class Workbench:
    """The desk of one step's work; `open` makes its scratch checkout, where one is needed."""

    def __init__(
        self,
        project: Path,
        package: str,
        *,
        keep: Path,
        log: Path,
        on_event: OnEvent,
        recorded: Outcome | None = None,
    ) -> None:
        self.keep = keep
        self.recorded = recorded
        self._project = project
        self._package = package
        self._log = log
        self._on_event = on_event
        self._stack = ExitStack()
        self._root: Path | None = None

    def __enter__(self) -> Workbench:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def open(self, checkout: AbstractContextManager[Path]) -> None:
        """Enter the scratch checkout; it is left and removed with the desk. Blocks."""
        self._root = self._stack.enter_context(checkout)

    @property
    def root(self) -> Path:
        """The scratch checkout; thrown away after the files of the outcome were taken."""
        if self._root is None:
            raise RuntimeError("this step said that it needs no checkout")
        return self._root

    async def run(self, command: str, *options: str) -> Outcome:
        """Run a command of the project and report its events."""
        environment = project_environment(self._project, self.root)
        argv = command_line(self._package, command, *options)
        return await self._run(argv, self.root, environment)

    async def run_profile(self, verb: str, *options: str) -> Outcome:
        """Run the assistant's own data profile as a child process."""
        environment = project_environment(self._project, self._project)
        environment["PYTHONPATH"] = str(PACKAGE.parent)
        argv = [sys.executable, "-m", "mlops_tui.profile", verb, *options]
        return await self._run(argv, self.keep, environment)

    def made(self, *patterns: str) -> dict[str, Path]:
        """The files below `root` that match the patterns, by project path."""
        found = sorted({path for pattern in patterns for path in self.root.glob(pattern)})
        return {path.relative_to(self.root).as_posix(): path for path in found if path.is_file()}

    async def _run(self, argv: list[str], cwd: Path, environment: dict[str, str]) -> Outcome:
        self.keep.mkdir(parents=True, exist_ok=True)
        found = await run(
            [*argv, "--events"],
            cwd=cwd,
            env=environment,
            on_event=telling(argv, self._on_event),
            log=self._log,
        )
        return Outcome(found.facts, found.measured)


def telling(argv: list[str], on_event: OnEvent) -> OnEvent:
    """The events of a command, which is told as a person would type it."""
    typed = shlex.join(["python", *argv[1:]])

    def tell(event: Event) -> None:
        on_event(Started(typed) if isinstance(event, Started) else event)

    return tell


def command_line(package: str, command: str, *options: str) -> list[str]:
    """The command as it is started here; a person types `python` for the first word."""
    return [sys.executable, "-m", package, command, *options]
