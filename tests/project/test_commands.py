"""Commands of the project: events in, nothing left behind."""

from __future__ import annotations

import asyncio
import os
import sys
import textwrap
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from mlops_tui.errors import BadInput, StepFailed
from mlops_tui.events import Event, Log, Metric, Progress, Result, Started
from mlops_tui.project import commands
from mlops_tui.project.commands import Finished, Service, project_environment, run

Child = Callable[[str], Coroutine[Any, Any, Finished]]


class Stage:
    """Runs a snippet of Python as the command of a project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "logs" / "child.log"
        self.events: list[Event] = []
        self.marks = folder / "pids"

    def argv(self, code: str) -> list[str]:
        script = self.folder / "child.py"
        script.write_text(
            "import json, os, signal, subprocess, sys, time\n"
            "def tell(**event): print(json.dumps(event), flush=True)\n"
            f"def mark(pid): open({str(self.marks)!r}, 'a').write(f'{{pid}}\\n')\n"
            + textwrap.dedent(code)
        )
        return [sys.executable, str(script)]

    async def run(self, code: str) -> Finished:
        env = dict(os.environ)
        return await run(
            self.argv(code), cwd=self.folder, env=env, on_event=self.events.append, log=self.log
        )

    def pids(self, count: int) -> list[int]:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if self.marks.exists() and len(self.marks.read_text().split()) >= count:
                return [int(pid) for pid in self.marks.read_text().split()]
            time.sleep(0.02)
        raise AssertionError("the child did not start")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def runs(pid: int) -> bool:
    """Whether a process is alive; one that is dead and not collected is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    except OSError:
        return False
    return state != "Z"


async def test_events_arrive_and_the_result_comes_back(stage: Stage) -> None:
    finished = await stage.run("""
        tell(type="started", command="train")
        tell(type="progress", done=1, total=2, label="trial 1 of 2", seconds_left=None)
        print("a stray print, {not json")
        print('{"type": "unknown"}')
        print("[1, 2]", flush=True)
        sys.stderr.write("a warning of some library\\n")
        tell(type="metric", series="boosting #1", step=1, value=0.5)
        tell(type="log", text="nearly there \\u00fc")
        tell(type="result", facts={"rows": 3}, measured={"seconds": 0.1})
    """)
    assert finished.returncode == 0 and finished.seconds > 0
    assert finished.facts == {"rows": 3} and finished.measured == {"seconds": 0.1}
    assert stage.events == [
        Started("train"),
        Progress(1, 2, "trial 1 of 2", None),
        Metric("boosting #1", 1, 0.5),
        Log("nearly there ü"),
        Result({"rows": 3}, {"seconds": 0.1}),
    ]
    logged = stage.log.read_text()
    for line in ("a stray print, {not json", "[1, 2]", "of some library", "nearly there ü"):
        assert line in logged


async def test_an_event_may_be_long_and_a_line_too_long_is_dropped(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_LONGEST_LINE", 200_000)
    finished = await stage.run("""
        print("x" * 1_000_000)
        tell(type="result", facts={"text": "y" * 150_000}, measured={})
    """)
    assert finished.facts == {"text": "y" * 150_000}


@pytest.mark.parametrize(("code", "kind"), [(3, BadInput), (4, StepFailed), (0, StepFailed)])
async def test_an_error_keeps_its_words(stage: Stage, code: int, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught:
        await stage.run(f"""
            tell(type="error", what="No target.", why="Empty column.", do="Pick another.")
            sys.exit({code})
        """)
    assert str(caught.value) == "No target. Empty column. Pick another."


async def test_a_crash_is_told_by_its_last_line(stage: Stage) -> None:
    stage.log.parent.mkdir()
    stage.log.write_text("ValueError: of an earlier run\n")
    with pytest.raises(StepFailed) as caught:
        await stage.run("raise ValueError('no such column: \\'x\\'')")
    assert "no such column: 'x'" in caught.value.why
    assert str(stage.log) in caught.value.do
    assert "Traceback" not in str(caught.value)
    with pytest.raises(StepFailed, match="signal 9") as caught:
        await stage.run("os.kill(os.getpid(), 9)")
    assert "gave no reason" in caught.value.why


async def test_a_missing_command_is_told(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="could not be started"):
        await run(["/nonexistent"], cwd=tmp_path, env={}, on_event=print, log=tmp_path / "log")


SPAWNS = """
    child = "import time; time.sleep(60)"
    for _ in range(3):
        mark(subprocess.Popen([sys.executable, "-c", child]).pid)
    mark(os.getpid())
    tell(type="started", command="x")
    time.sleep(60)
"""
STUBBORN = """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = ("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
             "print(1, flush=True); time.sleep(60)")
    other = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)
    other.stdout.readline()
    mark(other.pid)
    mark(os.getpid())
    time.sleep(60)
"""


@pytest.mark.parametrize(("code", "count"), [(SPAWNS, 4), (STUBBORN, 2)], ids=["spawns", "ignores"])
async def test_cancel_ends_the_whole_group_within_a_second(
    stage: Stage, code: str, count: int
) -> None:
    task = asyncio.create_task(stage.run(code))
    pids = await asyncio.to_thread(stage.pids, count)
    begun = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - begun < 1.5
    assert not [pid for pid in pids if runs(pid)]


async def test_cancelling_twice_still_leaves_nothing(stage: Stage) -> None:
    task = asyncio.create_task(stage.run(STUBBORN))
    pids = await asyncio.to_thread(stage.pids, 2)
    task.cancel()
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not [pid for pid in pids if runs(pid)]


def test_the_end_of_the_loop_leaves_nothing(stage: Stage) -> None:
    async def leave() -> list[int]:
        stage.task = asyncio.create_task(stage.run(STUBBORN))  # type: ignore[attr-defined]
        pids = await asyncio.to_thread(stage.pids, 2)
        stage.task.cancel()  # type: ignore[attr-defined]
        await asyncio.sleep(0)
        return pids

    pids = asyncio.run(leave())
    assert not [pid for pid in pids if runs(pid)]


async def test_what_a_finished_command_left_running_is_ended(stage: Stage) -> None:
    begun = time.monotonic()
    finished = await stage.run("""
        mark(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid)
        tell(type="result", facts={"rows": 1}, measured={})
    """)
    assert finished.facts == {"rows": 1}
    assert time.monotonic() - begun < 5
    assert not [pid for pid in stage.pids(1) if runs(pid)]


async def test_a_front_end_that_fails_leaves_no_child(stage: Stage) -> None:
    def fail(event: Event) -> None:
        raise RuntimeError("drawing failed")

    argv = stage.argv(SPAWNS)
    with pytest.raises(RuntimeError, match="drawing"):
        await run(argv, cwd=stage.folder, env=dict(os.environ), on_event=fail, log=stage.log)
    assert not [pid for pid in stage.pids(4) if runs(pid)]


async def test_a_service_runs_until_it_is_stopped(stage: Stage) -> None:
    service = await Service.start(
        stage.argv(SPAWNS), cwd=stage.folder, env=dict(os.environ), log=stage.log
    )
    pids = await asyncio.to_thread(stage.pids, 4)
    assert service.alive and service.pid in pids
    await service.stop()
    assert not service.alive
    assert not [pid for pid in pids if runs(pid)]
    await service.stop()
    assert "started" in stage.log.read_text()


async def test_a_service_that_ends_by_itself_is_noticed(stage: Stage) -> None:
    service = await Service.start(
        stage.argv("pass"), cwd=stage.folder, env=dict(os.environ), log=stage.log
    )
    for _ in range(200):
        if not service.alive:
            break
        await asyncio.sleep(0.02)
    assert not service.alive


async def test_standard_input_closes_when_we_are_killed(stage: Stage) -> None:
    """What the guard of `--events` in the child relies on."""
    child = stage.argv("mark(os.getpid()); sys.stdin.read(); mark(0)")
    killed = textwrap.dedent(f"""
        import asyncio, os, pathlib, signal
        from mlops_tui.project.commands import Service
        async def main():
            folder = pathlib.Path({str(stage.folder)!r})
            await Service.start({child!r}, cwd=folder, env=dict(os.environ), log=folder / "log")
            while not (folder / "pids").exists():
                await asyncio.sleep(0.02)
            os.kill(os.getpid(), signal.SIGKILL)
        asyncio.run(main())
    """)
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", killed)
    await parent.wait()
    assert await asyncio.to_thread(stage.pids, 2)


def test_the_environment_keeps_everything_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://example.invalid")
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    monkeypatch.setenv("PYTHONPATH", "/nonexistent")
    env = project_environment(tmp_path, tmp_path / ".mlops" / "work")
    assert env["MLFLOW_DISABLE_TELEMETRY"] == env["DO_NOT_TRACK"] == "true"
    assert env["BENTOML_DO_NOT_TRACK"] == "True"
    assert env["PYTHONPATH"] == str(tmp_path / ".mlops/work/src")
    assert env["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert "GIT_DIR" not in env
    for name in ("MLFLOW_TRACKING_URI", "BENTOML_HOME", "MPLCONFIGDIR"):
        assert str(tmp_path / "var") in env[name]
