"""From typed text to answers."""

from __future__ import annotations

from typing import Any

import pytest

from mlops_tui.journey import Question
from mlops_tui.prompts.reading import NotUnderstood, read, written
from mlops_tui.screens import Option, Row

COLUMNS = tuple(Option(name, name) for name in ("carrier", "dep_time", "dep_delay", "a, b"))
WHEN = (Option("before", "In time"), Option("after", "Afterwards"))
LATE = Row("paid_* (2 columns)", ("paid_a", "paid_b"), base="before")
PAID_A = {"paid_a": "after"}
PAID = {"paid_a": "after", "paid_b": "after"}


def question(kind: str, default: Any = None, optional: bool = False, **more: Any) -> Question:
    words = {"label": "L", "help": "H", "changes": "C", "example": "E", "reason": ""}
    told = {"options": (), **words, **more}
    return Question(name="q", kind=kind, default=default, optional=optional, **told)


@pytest.mark.parametrize(
    ("asked", "typed", "answer"),
    [
        (question("text"), " late flights ", "late flights"),
        (question("text", default="x"), "", "x"),
        (question("text", optional=True), "", None),
        (question("text", default="x", optional=True), "none", None),
        (question("yes_no"), "Y", True),
        (question("yes_no"), "no", False),
        (question("integer"), "1_000", 1000),
        (question("number"), "0,5", 0.5),
        (question("number"), "1,000", 1000.0),
        (question("choice", options=COLUMNS), "2", "dep_time"),
        (question("choice", options=COLUMNS), "CARRIER", "carrier"),
        (question("column", options=COLUMNS), "car", "carrier"),
        (question("column", options=COLUMNS, optional=True), "none", None),
        (question("columns", options=COLUMNS), "carrier, 3, carrier", ["carrier", "dep_delay"]),
        (question("columns", options=COLUMNS), '["a, b", 1]', ["a, b", "carrier"]),
        (question("columns", options=COLUMNS, default=["carrier"]), "none", []),
        (question("choices", options=COLUMNS[:2]), "all", ["carrier", "dep_time"]),
        (question("path"), "~/f.csv", "~/f.csv"),
        (
            question(
                "table",
                default={"x": "number", "y": "text"},
                rows=(Row("x", ("x",)), Row("y", ("y",))),
                options=(Option("number", "N"), Option("drop", "D"), Option("text", "T")),
            ),
            "y = drop",
            {"x": "number", "y": "drop"},
        ),
        (question("table", default={}, rows=(LATE,), options=WHEN), "paid_* = after", PAID),
        (question("table", default={}, rows=(LATE,), options=WHEN), "paid_a = after", PAID_A),
    ],
)
def test_typed_text_becomes_the_answer(asked: Question, typed: str, answer: Any) -> None:
    assert read(asked, typed) == answer


@pytest.mark.parametrize(
    ("asked", "typed", "told"),
    [
        (question("text"), "", "needs an answer"),
        (question("yes_no"), "perhaps", "yes or no"),
        (question("integer"), "1.5", "whole number"),
        (question("number"), "much", "a number"),
        (question("column", options=COLUMNS), "dep", "dep_time or dep_delay"),
        (question("column", options=COLUMNS), "9", "not here"),
        (question("columns", options=COLUMNS), "carrier, nope", "'nope' is not here"),
        (question("columns", options=COLUMNS), "[carrier", "commas"),
        (question("table", rows=(LATE,)), "x", "NAME = WHAT"),
    ],
)
def test_what_is_no_answer_is_told_why(asked: Question, typed: str, told: str) -> None:
    with pytest.raises(NotUnderstood, match=told):
        read(asked, typed)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "none"), (True, "yes"), (2.50, "2.5"), ([], "none"), (["a", "b"], "a, b"), (3, "3")],
)
def test_answers_are_written_as_they_are_typed(value: Any, text: str) -> None:
    assert written(value) == text
