"""Training stopped, and the app killed, in a real terminal: nothing is left behind."""

from __future__ import annotations

import random
import shutil
import sys
import time
from pathlib import Path

import pytest
from front_doors import git, processes_below, tell
from terminal import BACK, CONTINUE, Terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
]
ASKED = "Which kinds of model"
LONGEST_GOODBYE = 3.0


def table(path: Path, rows: int) -> Path:
    """Machines that fail or not: enough rows that training takes a while."""
    dice = random.Random(11)
    lines = ["hours,heat,kind,vibration,failed"]
    for _ in range(rows):
        hours, heat = dice.uniform(0, 5000), dice.gauss(60, 12)
        kind, shaking = dice.choice(["press", "lathe", "mill", "saw"]), dice.expovariate(1)
        fails = hours / 5000 + (heat - 60) / 40 + 0.4 * shaking + dice.gauss(0, 0.5) > 1.1
        row = f"{hours:.0f},{heat:.1f},{kind},{shaking:.3f},{'yes' if fails else 'no'}"
        lines.append(row)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def before_training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose next step is the training, made without the app."""
    folder = tmp_path_factory.mktemp("stopping")
    data = table(folder / "machines.csv", 12_000)
    words = ["--target", "failed", "--defaults", "--until", "features"]
    ended = tell("new", "machines", "--data", str(data), *words, cwd=folder)
    assert ended.code == 0, ended.err
    return folder


@pytest.fixture
def place(before_training: Path, tmp_path: Path) -> Path:
    """A copy of it, so that each test begins there; the folder is the home as well."""
    shutil.copytree(before_training, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def train(terminal: Terminal) -> None:
    """From the training's questions into the middle of the training."""
    terminal.until(ASKED)
    terminal.settle()
    terminal.press(CONTINUE)
    terminal.until("fold", 120)
    terminal.read(0.5)


def nothing_left(place: Path, but: int | None = None) -> bool:
    """Whether the app's children are gone within the time that a goodbye takes."""
    deadline = time.monotonic() + LONGEST_GOODBYE
    while time.monotonic() < deadline:
        if not [line for line in processes_below(place) if "-m machines" in line]:
            return True
        time.sleep(0.1)
    return False


def test_stop_brings_the_questions_back_and_training_goes_on_later(place: Path) -> None:
    project = place / "machines"
    decided = git(project, "rev-parse", "main")
    with Terminal(str(project), home=place) as terminal:
        train(terminal)
        terminal.press(BACK)
        seconds = terminal.until(ASKED)
        assert seconds < 1.0
        assert nothing_left(place)
        terminal.until("Stopped. Nothing was changed")
        assert git(project, "status", "--porcelain") == ""
        assert git(project, "rev-parse", "main") == decided
        terminal.press(CONTINUE)
        terminal.until("✓ Training", 300)
        assert git(project, "rev-parse", "main") != decided
        assert git(project, "status", "--porcelain") == ""


def test_killed_outright_it_leaves_no_child_and_goes_on_with_the_draft(place: Path) -> None:
    project = place / "machines"
    with Terminal(str(project), home=place) as terminal:
        terminal.until(ASKED)
        terminal.until("Recommended: ROC AUC")
        for key in "\t\t7":  # typed into the budget: a draft
            terminal.press(key)
            terminal.settle()
        terminal.until("607")
        terminal.press(CONTINUE)
        terminal.until("fold", 120)
        terminal.kill()
    assert nothing_left(place)
    assert git(project, "status", "--porcelain") == ""
    with Terminal(str(project), home=place) as again:
        again.until(ASKED)
        for key in "\t\t":
            again.settle()
            again.press(key)
        again.until("607")
        again.press(CONTINUE)
        again.until("fold", 120)
