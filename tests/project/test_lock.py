"""One program at a time works on a project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlops_tui.errors import BadInput
from mlops_tui.project.lock import Held, ProjectLock


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from mlops_tui.project.lock import ProjectLock\n"
        "with ProjectLock(Path(sys.argv[1]), 'mlops-tui ask'):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert first.stdout and first.stdin
    assert first.stdout.readline() == b"held\n"
    with pytest.raises(Held, match=rf"open in mlops-tui ask \(process {first.pid}, since 20"):
        ProjectLock(tmp_path, "mlops-tui").acquire()
    first.kill()
    first.communicate()
    # Killed: the file still names it, and is no obstacle.
    assert json.loads((tmp_path / ".mlops/lock").read_text())["pid"] == first.pid
    with ProjectLock(tmp_path, "mlops-tui"):
        told = json.loads((tmp_path / ".mlops/lock").read_text())
        assert (told["pid"], told["program"]) == (os.getpid(), "mlops-tui")


def test_released_means_free(tmp_path: Path) -> None:
    lock = ProjectLock(tmp_path, "a").acquire()
    with pytest.raises(Held):
        ProjectLock(tmp_path, "b").acquire()
    lock.release()
    lock.release()
    with ProjectLock(tmp_path, "b"):
        (tmp_path / ".mlops/lock").write_text("not json")
        with pytest.raises(Held, match="open in another program"):
            ProjectLock(tmp_path, "c").acquire()


def test_children_do_not_keep_it(tmp_path: Path) -> None:
    with ProjectLock(tmp_path, "a"):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        ProjectLock(tmp_path, "b").acquire().release()
    finally:
        child.communicate(b"\n")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / ".mlops").write_text("a file")
    with pytest.raises(BadInput, match="cannot be written"):
        ProjectLock(tmp_path, "a").acquire()
