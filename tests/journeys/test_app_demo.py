"""The demo in the app at 80x24, from the welcome to an answered request by one key alone."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from front_doors import git, processes_below
from terminal import CONTINUE, Terminal

from mlops_tui.lifecycle import ORDER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]
LONGEST_STEP = 400
MOST_KEYS = 80


def ready(terminal: Terminal) -> bool:
    """The footer offers the continue key (or the two keys of mission control)."""
    return any(f"^n {word}" in terminal.footer for word in ("Begin", "Continue", "Start", "Send"))


def test_the_continue_key_alone_reaches_an_answered_request(tmp_path: Path) -> None:
    with Terminal(home=tmp_path) as terminal:
        terminal.until("Try the demo")
        for _ in range(MOST_KEYS):
            terminal.until(ready, LONGEST_STEP)
            before = terminal.settle()
            assert "✗" not in before, before
            if "Answered 200" in before:
                break
            terminal.press(CONTINUE)
            terminal.until(lambda t, before=before: t.text != before, LONGEST_STEP)
        else:
            raise AssertionError(f"{MOST_KEYS} keys were not enough:\n{terminal.text}")
        assert "mission control" in terminal.text
        assert "Service runs at" in terminal.text
        project = tmp_path / "mlops-projects" / "flights-late"
        assert git(project, "status", "--porcelain") == ""
        subjects = git(project, "log", "--first-parent", "--format=%(trailers:key=Step,valueonly)")
        assert set(subjects.split()) == set(ORDER)
        terminal.child.kill(signal.SIGHUP)  # the window is closed
        terminal.until(lambda t: not t.alive(), 30)
    # The service went with the app.
    assert processes_below(tmp_path) == []
