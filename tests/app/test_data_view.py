"""The view of the data: a column found by typing, its plot, a remedy taken and taken back."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from mlops_tui.app.views.columns import ColumnTable
from mlops_tui.app.views.data import DataView
from mlops_tui.app.views.findings import FindingList
from mlops_tui.profile import Profile, inspect
from mlops_tui.steps import STEPS
from mlops_tui.steps.data import Mending


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    rng = random.Random(2)
    told = ["id,age,height,city,y"]
    for i in range(300):
        age = -999 if i % 20 == 0 else rng.randint(18, 80)
        city = rng.choice(["Bonn", "bonn ", "Ulm"])
        told.append(f"{i},{age},{rng.gauss(170, 9):.1f},{city},{rng.choice('ab')}")
    file = tmp_path_factory.mktemp("view") / "people.csv"
    file.write_text("\n".join(told) + "\n", encoding="utf-8")
    return inspect(file, "y")


@asynccontextmanager
async def viewed(profile: Profile, mends: bool = True, **answers: Any):
    changed: list[dict[str, Any]] = []
    mending = Mending(STEPS["data"].words("remedies"), profile, answers) if mends else None

    class Viewing(App[None]):
        def compose(self) -> ComposeResult:
            yield DataView(profile, mending, changed.append)

    app = Viewing()
    async with app.run_test(size=(76, 30)) as pilot:
        await pilot.pause()
        yield app, pilot, changed


def text(app: App[None], name: str) -> str:
    return str(app.query_one(f"#{name}", Static).render())


async def test_a_column_is_found_seen_and_mended_and_that_is_taken_back(profile: Profile) -> None:
    async with viewed(profile) as (app, pilot, changed):
        await pilot.press(*"age")
        await pilot.pause()
        assert "▂" in text(app, "column") or "█" in text(app, "column")
        assert "[ ] ctrl+r  Read -999 in age as missing" in text(app, "column")
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "[x] ctrl+r  Read -999 in age as missing" in text(app, "column")
        assert changed == [{"remedies": ["as_missing age=-999"]}]
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "[ ] ctrl+r" in text(app, "column")
        assert changed[-1] == {"remedies": []}


async def test_findings_are_walked_and_mended_with_space(profile: Profile) -> None:
    async with viewed(profile) as (app, pilot, changed):
        found = app.query_one(FindingList)
        found.focus()
        await pilot.pause()
        at = next(i for i, f in enumerate(found.findings) if f.id == "dirty_categories")
        for _ in range(at):
            await pilot.press("down")
        await pilot.press("space")
        await pilot.pause()
        assert changed == [{"remedies": ["merge_variants city"]}]
        assert "[x] One spelling for each value of city" in text(app, "finding")
        assert found.findings[at].advice[:20] in text(app, "finding")


async def test_what_cannot_be_mended_says_so(profile: Profile) -> None:
    async with viewed(profile) as (app, pilot, changed):
        await pilot.press(*"height", "ctrl+r")
        await pilot.pause()
        assert changed == []
        assert any("mended" in str(note.message) for note in app._notifications)


async def test_after_the_decision_there_is_only_to_look(profile: Profile) -> None:
    async with viewed(profile, mends=False) as (app, pilot, changed):
        await pilot.press(*"age", "ctrl+r")
        await pilot.pause()
        assert "ctrl+r" not in text(app, "column")
        assert changed == []
        assert app.query_one(ColumnTable).check_action("mend", ()) is False


async def test_columns_are_sorted_by_what_was_found(profile: Profile) -> None:
    async with viewed(profile) as (app, pilot, _):
        await pilot.press(*["ctrl+s"] * 4)
        assert app.query_one(ColumnTable).columns[0].name in ("age", "city")


