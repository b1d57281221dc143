"""The user edited the very line that a decision changes: the real journey, through the app."""

from __future__ import annotations

import subprocess

import pytest
from textual.widgets import Static

from mlops_tui.app.conflict import ConflictPage
from mlops_tui.app.form import FormPage
from mlops_tui.app.pages import FoundPage

MINE = "miss: 33.0"
NEW = "miss: 7.0"


async def decide_again(shell, pilot, settled) -> None:
    """Answer the first step differently."""
    await shell.flow.go("problem")
    await settled(pilot)
    assert isinstance(shell.page, FormPage)
    shell.page.boxes["cost_miss"].control.value = "7"
    await pilot.press("ctrl+n")
    await settled(pilot)


@pytest.mark.parametrize(
    ("keys", "kept", "left_out"),
    [
        ([], [MINE], [NEW, "<<<<<<<"]),
        (["down"], [NEW], [MINE, "<<<<<<<"]),
        (["down", "down"], [MINE, NEW, "<<<<<<<", ">>>>>>>"], []),
    ],
    ids=["mine", "new", "markers"],
)
async def test_the_choice_lands(opened, settled, tmp_path, keys, kept, left_out) -> None:
    params, readme = tmp_path / "project" / "params.yaml", tmp_path / "project" / "README.md"
    async with opened(problem={"cost_miss": 4.0}) as (shell, pilot):
        await pilot.press("ctrl+n")
        await settled(pilot)
        params.write_text(params.read_text().replace("miss: 4.0", MINE))
        readme.write_text(readme.read_text() + "\nOur own words.\n")
        await decide_again(shell, pilot, settled)
        assert isinstance(shell.page, ConflictPage)
        assert shell.page.files == ["params.yaml"]
        assert MINE in params.read_text()
        shown = str(shell.page.query_one(".sides", Static).render())
        assert f"mine {MINE}" in shown
        assert f"new  {NEW}" in shown
        await pilot.press(*keys, "ctrl+n")
        await settled(pilot)
        assert isinstance(shell.page, FoundPage)
        told = params.read_text()
        assert [word for word in kept if word not in told] == []
        assert [word for word in left_out if word in told] == []
        assert "Our own words." in readme.read_text()
        assert shell.journey.session.answers("problem")["cost_miss"] == 7.0
    state = subprocess.run(
        ["git", "status", "--porcelain"], cwd=params.parent, capture_output=True, text=True
    )
    assert state.stdout == ""


async def test_escape_from_the_conflict_leaves_everything(opened, settled, tmp_path) -> None:
    params = tmp_path / "project" / "params.yaml"
    async with opened(problem={"cost_miss": 4.0}) as (shell, pilot):
        await pilot.press("ctrl+n")
        await settled(pilot)
        params.write_text(params.read_text().replace("miss: 4.0", MINE))
        await decide_again(shell, pilot, settled)
        assert isinstance(shell.page, ConflictPage)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(shell.page, FormPage)
        assert shell.page.values()["cost_miss"] == 7.0
        assert shell.journey.session.answers("problem")["cost_miss"] == 4.0
        assert MINE in params.read_text()
