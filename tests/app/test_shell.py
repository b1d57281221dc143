"""The shell around real steps: keys, drafts, checks, work, and going back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.content import Content
from textual.widgets import Static, TextArea

from mlops_tui.app import mission, telling
from mlops_tui.app.app import MlopsApp
from mlops_tui.app.conflict import ConflictPage
from mlops_tui.app.dialogs import Sure
from mlops_tui.app.form import FormPage
from mlops_tui.app.glossary import GlossaryScreen
from mlops_tui.app.help import HelpScreen
from mlops_tui.app.hint import HintPanel
from mlops_tui.app.history import HistoryScreen, PastList
from mlops_tui.app.mission import MissionPage
from mlops_tui.app.opening import Request
from mlops_tui.app.pages import FoundPage, Reading, TroublePage
from mlops_tui.app.rail import Rail
from mlops_tui.app.welcome import Welcome
from mlops_tui.app.work import WorkPage
from mlops_tui.errors import BadInput, StepFailed
from mlops_tui.project.plan import Conflict
from mlops_tui.steps import STEPS


async def test_continue_alone_lands_a_decision_and_escape_goes_back(opened, settled) -> None:
    async with opened() as (shell, pilot):
        assert isinstance(shell.page, FormPage)
        assert pilot.app.focused is shell.page.boxes["name"].control
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert isinstance(shell.page, FoundPage)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert shell.flow.step == "users"
        assert [place.state for place in shell.journey.rail()][:2] == ["done", "todo"]
        await pilot.press("escape")
        await settled(pilot)
        assert shell.flow.step == "problem"
        # Nothing was changed, so nothing is decided again.
        decisions = len(shell.journey.history())
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert len(shell.journey.history()) == decisions
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HistoryScreen)
        assert pilot.app.screen.query_one(PastList).count() == decisions
        words = [str(one.render()) for one in pilot.app.screen.query(Static)]
        met = len(STEPS["problem"].screen.terms)
        assert any(f"You have met {met} of " in one and "in Users: latency" in one for one in words)


async def test_help_leads_to_all_words_and_those_to_come_are_only_named(opened) -> None:
    async with opened() as (_, pilot):
        await pilot.press("f1")
        await pilot.pause()
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(pilot.app.screen, GlossaryScreen)
        text = str(pilot.app.screen.query_one(Reading).query_one(Static).render())
        met, coming = text.split("Still to come")
        assert "miss: The model said no and it was yes" in met
        assert "Retraining: challenger, promote, rollback, registry" in coming
        assert "canary" not in text
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_bad_answer_is_told_at_the_field_while_typing(opened) -> None:
    async with opened() as (shell, pilot):
        page = shell.page
        assert isinstance(page, FormPage)
        box = page.boxes["cost_miss"]
        box.control.focus()
        await pilot.press("x")
        await pilot.pause()
        assert box.has_class("-wrong")
        assert "number" in str(box.query_one(".problem", Static).render())
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert shell.page is page
        await pilot.press("backspace")
        await pilot.pause()
        assert not box.has_class("-wrong")


async def test_what_was_typed_survives_a_crash_and_resizing(opened) -> None:
    async with opened() as (shell, pilot):
        await pilot.press(*"-xyz")
        await pilot.pause(0.5)
        await pilot.resize_terminal(130, 40)
        await pilot.pause()
        assert shell.query_one("#answer-name", TextArea).text.endswith("-xyz")
        await pilot.resize_terminal(80, 24)
    async with opened() as (shell, _):
        assert shell.query_one("#answer-name", TextArea).text.endswith("-xyz")


async def test_help_follows_the_focus_and_f1_tells_all(opened) -> None:
    async with opened(size=(130, 40)) as (shell, pilot):
        hint = shell.query_one(HintPanel)
        first = str(hint.question.render())
        await pilot.press("tab")
        await pilot.pause()
        assert str(hint.question.render()) != first
        assert "Recommended" in first
        assert "Why this matters" in str(hint.step.render())
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is shell


async def test_nothing_is_wider_than_a_small_terminal(opened) -> None:
    async with opened() as (shell, _):
        for widget in shell.query("*"):
            assert widget.region.right <= 80, widget


async def test_the_rail_opens_what_was_done_and_not_what_is_to_come(opened, settled) -> None:
    async with opened() as (shell, pilot):
        await pilot.press("ctrl+n")
        await settled(pilot)
        await pilot.press("ctrl+n")
        await settled(pilot)
        await pilot.press("ctrl+g", "down", "down", "enter")
        await settled(pilot)
        assert shell.flow.step == "users"
        await pilot.press("up", "up", "enter")
        await settled(pilot)
        await pilot.press("ctrl+g", "home", "up", "up", "enter")
        await settled(pilot)
        assert shell.flow.step == "problem"
        drawn = shell.query_one(Rail).render().plain
        assert "▸  1" in drawn
        assert "·  2" in drawn


async def test_trouble_is_told_and_the_answers_are_kept(opened, settled, monkeypatch) -> None:
    async with opened() as (shell, pilot):

        async def fails(*_args: object, **_more: object) -> None:
            raise StepFailed("It did not work.", "The disk is full.", "Make room.")

        await pilot.press(*"zz")
        monkeypatch.setattr(shell.journey, "confirm", fails)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert isinstance(shell.page, TroublePage)
        await pilot.press("escape")
        await settled(pilot)
        assert shell.query_one("#answer-name", TextArea).text.endswith("zz")


async def test_escape_stops_work_and_brings_the_form_back(opened, settled, monkeypatch) -> None:
    async with opened() as (shell, pilot):

        async def long(*_args: object, **_more: object) -> None:
            await asyncio.sleep(60)

        monkeypatch.setattr(shell.journey, "confirm", long)
        await pilot.press("ctrl+n")
        await pilot.pause(0.2)
        assert isinstance(shell.page, WorkPage)
        before = asyncio.get_running_loop().time()
        await pilot.press("escape")
        await settled(pilot)
        # The pilot itself is slow on a busy machine; the work would take a minute.
        assert asyncio.get_running_loop().time() - before < 10
        assert isinstance(shell.page, FormPage)
        assert "Stopped" in str(shell.page.query_one(".note", Static).render())


async def test_conflicts_get_a_choice_for_every_file(opened) -> None:
    async with opened() as (shell, pilot):
        chosen: list[object] = []

        async def land(choices: dict[str, str]) -> None:
            chosen.append(choices)

        async def back() -> None:
            return None

        text = Conflict("README.md", b"a\nb\n", b"a\nc\n", b"a\n<<<<<<<\n", {})
        binary = Conflict("x.parquet", b"\0a", b"\0b", b"\0a", {})
        page = ConflictPage([text, binary], chosen=land, back=back)
        await shell.show(page, "need")
        await pilot.pause()
        assert [choice.count() for choice in page.choices] == [3, 2]
        await pilot.press("down", "ctrl+n")
        await pilot.pause()
        assert chosen == [{"README.md": "new", "x.parquet": "mine"}]


async def test_a_second_program_is_told_who_holds_the_project(opened, tmp_path: Path) -> None:
    async with opened():
        app = MlopsApp(Request("open", tmp_path / "project"))
        async with app.run_test(size=(80, 24)) as pilot:
            for _ in range(100):
                await pilot.pause(0.05)
                told = str(app.screen.query_one("#status", Static).render())
                if "✗" in told:
                    break
            assert "✗" in told


async def test_a_finished_project_opens_at_mission_control(opened, monkeypatch) -> None:
    async with opened() as (shell, pilot):
        monkeypatch.setattr(shell.journey, "next_step", lambda: None)
        await shell.flow.go()
        await pilot.pause()
        assert isinstance(shell.page, MissionPage)
        assert "You have met 0 of" in str(shell.query_one("#state", Static).render())
        await pilot.press("p")
        await pilot.pause()
        assert "Press s" in str(shell.query_one("#told", Static).render())

        def cannot() -> str:
            raise BadInput("The session cannot be used.", "A field is missing.", "Mend it.")

        monkeypatch.setattr(shell.journey, "package", cannot)
        await pilot.press("v")
        await pilot.pause()
        assert "Mend it." in str(shell.query_one("#told", Static).render())
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        assert pilot.app.screen is shell


async def test_the_continue_key_serves_then_asks(opened, settled, monkeypatch) -> None:
    async with opened() as (shell, pilot):
        asked: list[str] = []

        class Up:
            url, alive = "http://127.0.0.1:1", True

            async def stop(self) -> None:
                self.alive = False

        async def starts(_journey: object) -> Up:
            return Up()

        monkeypatch.setattr(shell.journey, "next_step", lambda: None)
        monkeypatch.setattr(mission, "start_service", starts)
        monkeypatch.setattr(shell.journey, "facts", lambda _step: {"request": {"rows": []}})
        monkeypatch.setattr(
            telling, "ask_service", lambda url, _rows: asked.append(url) or Content("Answered")
        )
        await shell.flow.go()
        await pilot.pause()
        assert shell.active_bindings["ctrl+n"].binding.description == "Start the service"
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert shell.active_bindings["ctrl+n"].binding.description == "Send a request"
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert asked == ["http://127.0.0.1:1"]
        # Leaving for another project asks first, then stops what runs.
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Sure)
        await pilot.press("y")
        for _ in range(50):
            await pilot.pause(0.05)
            if isinstance(pilot.app.screen, Welcome):
                break
        assert isinstance(pilot.app.screen, Welcome)
        assert shell.flow.running.serving is None
        assert pilot.app.journey is None
        await pilot.press("5")  # the project that was just closed
        await settled(pilot)


async def test_help_is_about_the_step_before_any_key(opened) -> None:
    async with opened() as (shell, _):
        await shell.flow.go("users")
        # The focus has not come yet: on a busy machine that takes a while.
        first = shell.form.questions[0]
        assert first.help in str(shell.query_one(HintPanel).question.render())
