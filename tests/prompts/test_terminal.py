"""The prompts in a real terminal, also one that cannot move its cursor."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|[()=>][0-9A-B]?)")


@pytest.mark.parametrize("terminal", ["dumb", "xterm-256color"])
def test_asked_in_a_terminal_and_left_with_ctrl_c(terminal: str, tmp_path: Path) -> None:
    environment = {**os.environ, "TERM": terminal, "HOME": str(tmp_path), "NO_COLOR": "1"}
    child = pexpect.spawn(
        sys.executable, ["-m", "mlops_tui", "ask", "late"], cwd=str(tmp_path),
        env=environment, encoding="utf-8", timeout=60, dimensions=(24, 80),
    )  # fmt: skip
    said = []

    def answer(expected: str, typed: str) -> None:
        child.expect(expected)
        said.append(child.before)
        child.expect(r"Answer \[")
        said.append(child.before)
        child.sendline(typed)

    answer("Question 1 of 10", "Late flights")
    answer("Question 2 of 10", "")
    answer("Question 3 of 10", "?")
    child.expect("What it changes later")
    child.expect(r"Answer \[")
    child.sendline("Will this flight be late?")
    child.expect("Question 4 of 10")
    child.expect(r"Answer \[")
    child.sendintr()
    child.expect("mlops-tui ask")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    plain = ESCAPES.sub("", "".join(said))
    assert not re.search(r"[─-╿█-▟]", plain), "no boxes in line prompts"
    assert "Traceback" not in plain
    assert terminal != "dumb" or "\x1b" not in "".join(said)
    draft = (tmp_path / "late" / ".mlops" / "draft.yaml").read_text()
    assert "Will this flight be late?" in draft
