"""A test for every kind of question: keys in, answer out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, get_args

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

from mlops_tui.app.fields import KINDS, control, shown
from mlops_tui.journey import Question
from mlops_tui.screens import Kind, Option, Row

FEW = (Option("a", "Apples", "red"), Option("b", "Berries", "blue"), Option("c", "Cherries"))
MANY = tuple(Option(f"col_{n}", f"col_{n}", "number") for n in range(5000))


def question(kind: str, default: Any = None, options: tuple[Option, ...] = FEW, **more: Any):
    words = dict.fromkeys(("label", "help", "changes", "example", "reason"), "")
    told = {**words, "optional": False, **more}
    return Question(name="it", kind=kind, default=default, options=options, **told)


@asynccontextmanager
async def asked(one: Question):
    class Asking(App[None]):
        def compose(self) -> ComposeResult:
            yield control(one)

    async with Asking().run_test(size=(60, 16)) as pilot:
        widget = pilot.app.query_one("#answer-it", Widget)
        widget.focus()
        await pilot.pause()
        yield widget, pilot


def drawn(widget: Widget) -> str:
    return widget.render().plain


def test_every_kind_of_question_has_a_widget() -> None:
    assert set(KINDS) == set(get_args(Kind))


async def test_text() -> None:
    async with asked(question("text", "ab")) as (widget, pilot):
        await pilot.press("c")
        assert widget.answer == "abc"


async def test_long_text_wraps_grows_and_stays_one_paragraph() -> None:
    async with asked(question("text", "word " * 30)) as (widget, pilot):
        assert widget.size.height == 3
        pilot.app.post_message(events.Paste("a\nb"))
        await pilot.press("enter")
        await pilot.pause()
        assert "\n" not in widget.answer


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [("number", "1.5", 1.5), ("number", "x", "x"), ("integer", "12", 12), ("integer", "1.5", 1.5)],
)
async def test_numbers_are_read_and_what_is_none_stays_as_typed(kind, typed, answer) -> None:
    async with asked(question(kind)) as (widget, pilot):
        await pilot.press(*typed)
        assert widget.answer == answer


async def test_an_optional_line_left_empty_is_no_answer() -> None:
    async with asked(question("text", optional=True)) as (widget, _):
        assert widget.answer is None


async def test_yes_no() -> None:
    async with asked(question("yes_no", True, ())) as (widget, pilot):
        assert widget.answer is True
        await pilot.press("down")
        assert widget.answer is False


async def test_choice_is_marked_by_glyphs_and_follows_the_cursor() -> None:
    async with asked(question("choice", "b")) as (widget, pilot):
        assert "(*) Berries" in drawn(widget)
        assert "( ) Apples" in drawn(widget)
        await pilot.press("down")
        assert (widget.answer, widget.hint) == ("c", "")
        await pilot.click(widget, offset=(8, 0))
        assert (widget.answer, widget.hint) == ("a", "red")


async def test_choices() -> None:
    async with asked(question("choices", ["a"])) as (widget, pilot):
        await pilot.press("down", "space")
        assert widget.answer == ["a", "b"]
        await pilot.press("up", "space")
        assert widget.answer == ["b"]
        assert "[x] Berries" in drawn(widget)


async def test_a_column_of_thousands_is_found_by_typing() -> None:
    async with asked(question("column", "col_7", MANY)) as (widget, pilot):
        assert "(*) col_7" in drawn(widget)
        await pilot.press(*"4999")
        assert "1 of 5,000" in drawn(widget)
        await pilot.press("enter")
        assert widget.answer == "col_4999"
        assert drawn(widget).count("\n") < 10


async def test_an_optional_column_can_be_none() -> None:
    async with asked(question("column", "a", optional=True)) as (widget, pilot):
        await pilot.press("home")
        assert widget.answer is None


async def test_columns() -> None:
    async with asked(question("columns", ["col_2"], MANY)) as (widget, pilot):
        await pilot.press(*"4321", "space", "backspace", "backspace", "backspace", "backspace")
        assert widget.answer == ["col_2", "col_4321"]


async def test_value() -> None:
    async with asked(question("value", "c")) as (widget, pilot):
        await pilot.press("up")
        assert widget.answer == "b"


async def test_rows_of_a_table_are_cycled_in_both_directions() -> None:
    one = question("table", {"x": "a", "y": "c"}, rows=(Row("x", ("x",)), Row("y", ("y",))))
    async with asked(one) as (widget, pilot):
        await pilot.press("right", "down", "space")
        assert widget.answer == {"x": "b", "y": "a"}
        await pilot.press("left")
        assert widget.answer == {"x": "b", "y": "c"}
        assert "‹ Cherries ›" in drawn(widget)


GROUPED = (Row("v1", ("v1",), base="a"), Row("w* (2 columns)", ("w1", "w2"), base="a"))


async def test_a_group_of_a_table_gives_all_its_columns_the_option() -> None:
    async with asked(question("table", {}, rows=GROUPED)) as (widget, pilot):
        assert widget.answer == {}
        await pilot.press("down", "space")
        assert widget.answer == {"w1": "b", "w2": "b"}
        await pilot.press("left")
        assert widget.answer == {}


async def test_a_filtered_table_shows_the_columns_of_a_group() -> None:
    async with asked(question("table", {"v1": "a"}, rows=GROUPED)) as (widget, pilot):
        await pilot.press("w", "2", "right")
        assert widget.answer == {"v1": "a", "w2": "b"}
        await pilot.press("enter")
        assert "as set one by one" in drawn(widget)


async def test_a_row_of_a_table_may_have_options_of_its_own() -> None:
    signs = (Option("point", "point"), Option("comma", "comma"))
    row = Row("decimal", ("decimal",), signs, "point")
    async with asked(question("table", {}, rows=(row,))) as (widget, pilot):
        await pilot.press("right")
        assert widget.answer == {"decimal": "comma"}


async def test_a_path_is_completed(tmp_path) -> None:
    (tmp_path / "orders.csv").touch()
    async with asked(question("path", f"{tmp_path}/ord")) as (widget, pilot):
        await pilot.press("e")
        for _ in range(50):
            await pilot.pause(0.02)
            if widget._suggestion:
                break
        await pilot.press("right")
        assert widget.answer == f"{tmp_path}/orders.csv"


async def test_hostile_names_are_data() -> None:
    evil = "\x1b[2J\n[bold]b[/]"
    async with asked(question("column", evil, (Option(evil, evil), FEW[0]))) as (widget, _):
        assert "\x1b" not in drawn(widget)
        assert "[bold]" in drawn(widget)
        assert widget.answer == evil


def test_answers_are_shown_in_the_words_of_their_options() -> None:
    assert shown(question("choice"), "a") == "Apples"
    assert shown(question("choices"), ["a", "b"]) == "Apples, Berries"
    assert shown(question("yes_no"), True) == "yes"
    assert shown(question("column"), None) == "none"
    assert shown(question("number"), 0.5) == "0.5"
