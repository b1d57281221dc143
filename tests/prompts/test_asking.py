"""A scripted person goes through real steps of a real journey."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from mlops_tui.errors import Cancelled
from mlops_tui.journey import Journey, Question
from mlops_tui.prompts import ask
from mlops_tui.report import Lines


class Script:
    """Types line after line, then leaves with Ctrl-C."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.asked: list[str] = []

    async def line(self, prompt: str, question: Question | None = None) -> str:
        """The next line of the script."""
        self.asked.append(question.name if question else prompt)
        line = next(self._lines, None)
        if line is None:
            raise KeyboardInterrupt
        return line


async def talk(root: Path, *typed: str) -> tuple[Script, str]:
    """What was asked, and what was said."""
    script, said = Script(typed), io.StringIO()
    with pytest.raises(Cancelled):
        await ask(root, {}, script, Lines(said))
    return script, said.getvalue()


async def test_enter_takes_what_is_recommended(tmp_path: Path) -> None:
    script, said = await talk(tmp_path / "late", *[""] * 10)
    assert script.asked[:10] == [
        "name", "kind", "goal", "why", "action", "today", "success", "smallest_gain",
        "cost_false_alarm", "cost_miss",
    ]  # fmt: skip
    assert "Decision kept as commit" in said
    assert "Recommended: late" in said


async def test_a_file_that_cannot_be_read_leads_back_to_the_question(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text('a,y\n"1,2\n3,4\n5,6\n7,8\n', encoding="utf-8")
    good.write_text("a,y\n" + "".join(f"{i},{i % 2}\n" for i in range(40)), encoding="utf-8")
    seen: list[object] = []
    journey = Journey.create(tmp_path / "p")
    for step in ("problem", "users", "need"):
        told: dict[str, object] = {}
        for stage in range(1, journey.form(step).stages + 1):
            told |= {q.name: q.default for q in journey.form(step, stage, told).questions}
            if stage < journey.form(step).stages:
                await journey.look(step, stage, told, seen.append)
        await journey.confirm(step, told, seen.append)
    journey.close()
    script, said = await talk(tmp_path / "p", str(bad), "", "back", str(good), "", "y")
    assert "never closes" in said
    assert script.asked[:6] == [
        "source", "commit_limit_mb", "What now? [again]: ", "source", "commit_limit_mb", "target",
    ]  # fmt: skip


async def test_a_question_mark_explains(tmp_path: Path) -> None:
    script, said = await talk(tmp_path / "p", "?")
    assert script.asked == ["name", "name"]
    assert "What it changes later:" in said


async def test_back_asks_the_question_before_again(tmp_path: Path) -> None:
    script, _ = await talk(tmp_path / "p", "", "", "", "back", "Which flights will be late?")
    assert script.asked == ["name", "kind", "goal", "why", "goal", "why"]


async def test_back_at_the_first_question_goes_to_the_step_before(tmp_path: Path) -> None:
    script, said = await talk(tmp_path / "p", *[""] * 10, "back")
    assert script.asked[10:] == ["who", "name"]
    assert said.count("[ 1/13]") == 2


async def test_a_wrong_answer_is_told_at_once(tmp_path: Path) -> None:
    script, said = await talk(tmp_path / "p", *[""] * 8, "-3", "free", "2")
    assert script.asked[8:] == ["cost_false_alarm"] * 3 + ["cost_miss"]
    assert "number above 0" in said
    assert "Type a number" in said


async def test_ctrl_c_keeps_what_was_typed(tmp_path: Path) -> None:
    root = tmp_path / "p"
    _, said = await talk(root, "Late flights")
    assert f"mlops-tui ask '{root}'" in said
    again, said = await talk(root)
    assert again.asked == ["name"]
    assert "Your answer so far: Late flights." in said


async def test_the_project_is_free_again_afterwards(tmp_path: Path) -> None:
    await talk(tmp_path / "p", *[""] * 10)
    journey = Journey.open(tmp_path / "p")
    assert journey.next_step() == "users"
    journey.close()
