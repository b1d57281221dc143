"""A file of 5,000 columns at 80x24: a column found, its plot seen, mended, and that taken back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from front_doors import tell
from terminal import BACK, CONTINUE, Terminal

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
COLUMNS, ROWS = 5000, 200
PROFILED = 240
MEND, SENTINEL = "\x12", "v0042"


def wide(file: Path) -> Path:
    rng = random.Random(5)
    names = [f"v{i:04d}" for i in range(COLUMNS - 1)]
    at = names.index(SENTINEL)
    with file.open("w", encoding="utf-8") as out:
        out.write(",".join([*names, "y"]) + "\n")
        for row in range(ROWS):
            cells = [f"{rng.gauss(50, 9):.2f}" for _ in names]
            cells[at] = "-999" if row % 10 == 0 else cells[at]
            out.write(",".join([*cells, rng.choice("ab")]) + "\n")
    return file


def test_a_column_among_thousands_is_seen_mended_and_left_as_it_was(tmp_path: Path) -> None:
    words = ["--data", str(wide(tmp_path / "wide.csv")), "--target", "y", "--defaults"]
    assert tell("new", "wide", *words, "--until", "need", cwd=tmp_path).code == 0
    with Terminal(str(tmp_path / "wide"), home=tmp_path) as terminal:
        terminal.until("Which file holds the past cases?")
        terminal.press(CONTINUE)
        terminal.until("5,000 columns", PROFILED)
        terminal.press(CONTINUE)
        terminal.until("Which column is the answer?")
        terminal.settle()
        terminal.press(CONTINUE)
        terminal.until(lambda t: "^r Mend" in t.footer, PROFILED)
        terminal.press("0042")
        terminal.until("1 of 5,000")
        terminal.until(f"[x] ctrl+r  Read -999 in {SENTINEL} as missing")
        assert "█" in terminal.text  # its plot
        assert "-999 …" in terminal.text
        terminal.press(MEND)
        terminal.until(f"[ ] ctrl+r  Read -999 in {SENTINEL} as missing")
        terminal.press(MEND)
        terminal.until(f"[x] ctrl+r  Read -999 in {SENTINEL} as missing")
        terminal.press(MEND)
        terminal.until(f"[ ] ctrl+r  Read -999 in {SENTINEL} as missing")
        terminal.press(CONTINUE)
        terminal.until("What kind of answer is it?")
        terminal.settle()
        terminal.press(CONTINUE)
        terminal.until("When is each column known")
        assert "v* (4,999 columns)" in terminal.text
        terminal.press(BACK)
        terminal.until("What kind of answer is it?")
    draft = (tmp_path / "wide" / ".mlops" / "draft.yaml").read_text(encoding="utf-8")
    assert "remedies: []" in draft
