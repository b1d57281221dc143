"""What is drawn by hand: charts, bars, tables, intervals, running work."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len
from textual.app import App, ComposeResult

from mlops_tui import app as package
from mlops_tui.app import board, chart, telling, text, theme
from mlops_tui.app.views import intervals
from mlops_tui.app.work import WorkPage
from mlops_tui.events import Log, Metric, Progress, Result, Row, Started, Warned


def test_text_fits_its_width_in_cells_and_cannot_steer_the_terminal() -> None:
    assert cell_len(text.fit("日本語のとても長い名前", 8)) <= 8
    assert text.fit("日本語のとても長い名前", 8).endswith("…")
    assert "\x1b" not in text.fit("\x1b[2Jgone", 20)
    assert cell_len(text.pad("日本", 7)) == 7
    assert text.fit("anything", 0) == ""


def test_figures_and_durations_read_as_people_write_them() -> None:
    assert text.number(1234567) == "1,234,567"
    assert text.number(0.61234567) == "0.6123"
    assert (text.number(True), text.number(None)) == ("yes", "–")
    assert text.duration(59.6) == "1 min 0 s"
    assert text.duration(3700) == "1 h 1 min"


def test_bars_and_sparks_have_the_width_they_were_given() -> None:
    assert len(text.bar(0.5, 10)) == 10
    assert text.bar(2, 4) == "████"
    assert len(text.spark(tuple(range(1, 100)), 12)) == 12
    assert text.spark((0, 0)) == ""


def test_a_line_goes_from_the_lower_left_to_the_upper_right() -> None:
    rows = chart.plot([[(0, 0), (1, 1)]], (0, 1, 0, 1), 10, 4)
    assert [len(row) for row in rows] == [10] * 4
    assert rows[0][-1] != "⠀"
    assert rows[-1][0] != "⠀"
    assert rows[0][0] == "⠀"


def test_a_chart_survives_a_single_point_and_equal_values() -> None:
    left, right, low, high = chart.bounds([[(3, 7.0)]])
    assert right > left
    assert high > low


def test_a_table_never_grows_wider_than_its_room() -> None:
    rows = {"x": {"name": "a very long name of a model", "score": 0.5, "kind": "baseline"}}
    drawn = board.board("leaderboard", rows, 30, 5).plain
    assert max(len(line) for line in drawn.splitlines()) <= 30
    assert "0.5" in drawn


def test_scores_stand_on_one_scale() -> None:
    facts = {
        "metric": "roc_auc",
        "model": {"score": 0.7, "low": 0.65, "high": 0.75},
        "baseline": {"name": "rule", "score": 0.6, "low": 0.55, "high": 0.65},
    }
    drawn = intervals.scores(facts)
    assert drawn is not None
    assert [span.name for span in drawn.spans] == ["the model", "rule (no ML)"]
    assert intervals.scores({}) is None


def test_confusion_of_many_kinds_is_a_table() -> None:
    facts = {"confusion": {"labels": ["a", "b", "c"], "counts": [[5, 1, 0], [2, 7, 0], [0, 0, 9]]}}
    drawn = intervals.confusion(facts)
    assert drawn is not None
    assert "9" in drawn.told.plain.splitlines()[-1]


def test_what_commands_found_is_told() -> None:
    drift = {
        "alarm": True,
        "rows": 10,
        "drifted": ["a"],
        "missing_columns": [],
        "columns": [{"column": "a", "psi": 2.0, "floor": 0.1, "drifted": True}],
    }
    assert "Alarm" in telling.told("drift", drift, {}, 60).plain
    versions = {"versions": [{"version": "2", "aliases": ["champion"]}]}
    assert "champion" in telling.told("versions", versions, {}, 60).plain
    retrain = {"promoted": False, "reason": "No better.", "gain": 0.001}
    told = telling.told("retrain", retrain, {}, 60).plain
    assert told.startswith("No better.")
    assert "promoted" in told


def test_the_looks_follow_one_another_in_a_circle() -> None:
    seen = [theme.NAMES[0]]
    for _ in theme.NAMES:
        seen.append(theme.after(seen[-1]))
    assert seen[0] == seen[-1]
    assert theme.after("unknown") == theme.NAMES[0]


async def test_work_is_drawn_from_its_events() -> None:
    async def stop() -> None:
        return None

    page = WorkPage("Training", ("python -m p train --search",), stop)

    class Working(App[None]):
        CSS_PATH = Path(package.__file__).with_name("app.tcss")

        def compose(self) -> ComposeResult:
            yield page

    async with Working().run_test(size=(60, 24)) as pilot:
        for event in (
            Started("train"),
            Progress(3, 10, "boosting, trial 3", 12.0),
            Log("a line"),
            Warned("two rows were left out"),
            Metric("boosting #1", 1, 0.5),
            Metric("boosting #1", 2, 0.6),
            Row("leaderboard", {"name": "rule", "kind": "baseline", "score": 0.6}),
            Result({"a": 1}),
        ):
            page.take(event)
        await pilot.pause(0.4)

        def told(name: str) -> str:
            return str(page.query_one(f"#work-{name}").render())

        assert "train --search" in told("command")
        assert "30%" in told("progress")
        assert "about 12 s left" in told("progress")
        assert "two rows" in told("warnings")
        assert "rule (no ML)" in told("board")
        assert "a line" in told("log")
        assert page.facts == {"a": 1}
        await page.backward()
        assert "Stopping" in told("progress")
