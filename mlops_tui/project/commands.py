"""Runs the project's commands as child processes: events come out, nothing is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mlops_tui.errors import BadInput, StepFailed, Trouble
from mlops_tui.events import Event, Failed, Log, Result, Warned, parse
from mlops_tui.project.environment import project_environment

__all__ = ["Finished", "Service", "project_environment", "run"]

_GRACE = 0.7
_WIND_DOWN = 10.0
_BELOW_THE_SCREEN = 10
_SERVICE_GRACE = 8.0
_AFTER_KILL = 2.0
_LONGEST_LINE = 16 * 2**20
_BAD_INPUT = 3


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended well."""

    returncode: int
    facts: Mapping[str, Any]
    measured: Mapping[str, Any]
    seconds: float


async def run(
    argv: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    on_event: Callable[[Event], None],
    log: Path,
) -> Finished:
    """Run one command to its end and hand each event on as it arrives.

    A command that reports an error or ends badly raises BadInput (exit code 3) or StepFailed.
    When the task is cancelled, the whole process group is gone before the cancellation goes on.
    """
    begun = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as sink:
        start = sink.tell()
        sink.write(f"$ {' '.join(argv)}\n".encode("utf-8", "replace"))
        sink.flush()
        child = await _start(argv, cwd, env, asyncio.subprocess.PIPE, sink)
        with contextlib.suppress(OSError):
            # Training takes every core; the screen must still get one when a key is pressed.
            os.setpriority(os.PRIO_PGRP, child.pid, _BELOW_THE_SCREEN)
        ear = _Ear(on_event, sink)
        try:
            await ear.listen(child)
            with contextlib.suppress(TimeoutError):
                # Its output ended; the interpreter still has to come to its own end.
                await asyncio.wait_for(child.wait(), _WIND_DOWN)
        finally:
            # Also after a good end: a grandchild of the command must not stay behind.
            await _surely(_end_group(child, _GRACE))
        told, code = ear.told, await child.wait()
    if code != 0 or isinstance(told, Failed):
        raise _trouble(argv, code, told, log, start)
    result = told or Result()
    return Finished(code, result.facts, result.measured, time.monotonic() - begun)


class Service:
    """A command that keeps running until it is stopped; its output goes to a log."""

    def __init__(self, child: asyncio.subprocess.Process, log: Path) -> None:
        self._child = child
        self.log = log

    @classmethod
    async def start(
        cls, argv: Sequence[str], *, cwd: Path, env: Mapping[str, str], log: Path
    ) -> Service:
        """Start it. Its standard input stays open as long as we live: a command started with
        `--events` ends when that closes, so it does not outlive a killed assistant."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as sink:
            child = await _start(argv, cwd, env, sink, sink)
        return cls(child, log)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.returncode is None

    @property
    def pid(self) -> int:
        """The process, which also is the group everything it starts belongs to."""
        return self._child.pid

    async def stop(self) -> None:
        """Ask the whole group to end, then make it; returns when all of it is gone."""
        await _surely(_end_group(self._child, _SERVICE_GRACE))


async def _start(
    argv: Sequence[str], cwd: Path, env: Mapping[str, str], out: int | IO[bytes], err: IO[bytes]
) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *argv,
            cwd=cwd,
            env=dict(env),
            stdin=asyncio.subprocess.PIPE,
            stdout=out,
            stderr=err,
            limit=_LONGEST_LINE,
            start_new_session=True,
        )
    except OSError as error:
        raise StepFailed(
            f"The command {argv[0]} could not be started.",
            f"{error.strerror or error}.",
            "Run `mlops-tui doctor` to see what is missing.",
        ) from error


class _Ear:
    """Hands events on until the output ends; what is no event goes to the log."""

    def __init__(self, on_event: Callable[[Event], None], sink: IO[bytes]) -> None:
        self._on_event = on_event
        self._sink = sink
        self.told: Result | Failed | None = None

    async def listen(self, child: asyncio.subprocess.Process) -> None:
        """Until the output ends, or shortly after the command did: what it left running may
        hold the output open for ever."""
        assert child.stdout is not None
        hearing = asyncio.ensure_future(self._hear(child.stdout))
        try:
            while not hearing.done():
                ended = child.returncode is not None
                await asyncio.wait({hearing}, timeout=0.25)
                if ended:
                    break
            if hearing.done():
                await hearing
        finally:
            hearing.cancel()

    async def _hear(self, stream: asyncio.StreamReader) -> None:
        while True:
            try:
                line = await stream.readline()
            except ValueError:  # longer than any event: not one of ours
                continue
            if not line:
                return
            self._take(line)

    def _take(self, line: bytes) -> None:
        event = parse(line.decode("utf-8", "replace"))
        if event is None:
            self._write(line)
            return
        if isinstance(event, Log | Warned):
            self._write(f"{event.text}\n".encode("utf-8", "replace"))
        if isinstance(event, Result | Failed) and not isinstance(self.told, Failed):
            self.told = event
        self._on_event(event)

    def _write(self, line: bytes) -> None:
        self._sink.write(line)
        self._sink.flush()


async def _surely(work: Coroutine[Any, Any, None]) -> None:
    """Finish some work even when cancelled meanwhile; then the cancellation goes on."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    await task


async def _end_group(child: asyncio.subprocess.Process, grace: float) -> None:
    """SIGTERM to the group, SIGKILL to what is left of it after a while, and wait for its end."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        _signal_group(child.pid, signal.SIGTERM)
        if not await _group_ended(child.pid, grace):
            _signal_group(child.pid, signal.SIGKILL)
            # A process in an uninterruptible call dies when that returns: do not wait for ever.
            await _group_ended(child.pid, _AFTER_KILL)
        await child.wait()
    except asyncio.CancelledError:  # the loop itself is ending: no time for grace
        _signal_group(child.pid, signal.SIGKILL)
        await _group_ended(child.pid, _AFTER_KILL)
        await child.wait()
        raise


async def _group_ended(group: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while _group_lives(group):
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.02)
    return True


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _group_lives(group: int) -> bool:
    """Whether anything of a group still runs. The dead that nobody has collected yet do not
    count: in containers the first process often takes seconds, or never does."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    if not Path("/proc/self/stat").exists():
        return True
    return any(_runs_in(group, stat) for stat in Path("/proc").glob("[0-9]*/stat"))


def _runs_in(group: int, stat: Path) -> bool:
    try:
        state, _, of_group = stat.read_text(errors="replace").rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return False
    return int(of_group) == group and state not in "ZX"


def _trouble(
    argv: Sequence[str], code: int, told: Result | Failed | None, log: Path, start: int
) -> Trouble:
    kind = BadInput if code == _BAD_INPUT else StepFailed
    if isinstance(told, Failed):
        return kind(told.what, told.why, told.do)
    name = _command_name(argv)
    how = f"was stopped by signal {-code}" if code < 0 else f"ended with code {code}"
    last = _last_words(log, start)
    return kind(
        f"The command `{name}` {how}.",
        f"It said: {last}" if last else "It gave no reason.",
        f"The whole output is in {log}.",
    )


def _command_name(argv: Sequence[str]) -> str:
    words = list(argv)
    if "-m" in words[:-1]:
        words = ["python", *words[words.index("-m") :]]
    return " ".join(word for word in words if word != "--events")


def _last_words(log: Path, start: int) -> str:
    """The last line of what the command wrote; of a traceback that is the error itself."""
    with log.open("rb") as stream:
        stream.seek(max(start, log.stat().st_size - 8192))
        lines = stream.read().decode("utf-8", "replace").splitlines()
    said = [line.strip() for line in lines if line.strip() and not line.startswith("$ ")]
    return said[-1][:300] if said else ""
