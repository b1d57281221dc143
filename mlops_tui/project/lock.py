"""One program at a time works on a project."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from datetime import datetime
from pathlib import Path
from types import TracebackType

from mlops_tui.errors import BadInput, StepFailed
from mlops_tui.project.objects import STATE


class Held(StepFailed):
    """Another program holds the project."""


class ProjectLock:
    """Holds a project from `acquire` to `release`; the system lets go when the process ends."""

    def __init__(self, root: Path, program: str) -> None:
        self._root = root
        self._program = program
        self._descriptor: int | None = None

    def acquire(self) -> ProjectLock:
        """Take the project, or raise Held, which says who has it."""
        path = self._root / STATE / "lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise BadInput(
                f"The project {self._root} cannot be written to.",
                f"{error.strerror}.",
                "Check that the folder is yours and the disk has room, or name another folder.",
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise self._held(path) from error
        self._descriptor = descriptor
        started = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        told = {"pid": os.getpid(), "program": self._program, "started": started}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(told).encode(), 0)
        return self

    def release(self) -> None:
        """Let go. The file stays: taking it away would race with the next program."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> ProjectLock:
        return self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _held(self, path: Path) -> Held:
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            who = f"{told['program']} (process {told['pid']}, since {told['started']})"
        except (OSError, ValueError, KeyError, TypeError):
            who = "another program"
        return Held(
            f"The project {self._root} is open in {who}.",
            "Two programs deciding at once would undo each other's work.",
            "Close the other one, then try again.",
        )
