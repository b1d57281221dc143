"""Every word a user reads on a step: complete, short, and about questions that exist."""

from __future__ import annotations

import textwrap
import tomllib
from typing import Any

import pytest

from mlops_tui.answers import ProblemKind, Treatment
from mlops_tui.lifecycle import ORDER, stop
from mlops_tui.places import shipped
from mlops_tui.screens import Words
from mlops_tui.steps import STEPS

WIDTH = 58
"""Columns of the question area in a terminal of 80."""
FIELDS = [(step, words) for step in ORDER for words in STEPS[step].screen.fields]
NAMES = [f"{step}.{words.name}" for step, words in FIELDS]
each_field = pytest.mark.parametrize(("step", "words"), FIELDS, ids=NAMES)
each_step = pytest.mark.parametrize("step", ORDER)


def told(step: str) -> dict[str, Any]:
    return tomllib.loads((shipped("screens") / f"{step}.toml").read_text(encoding="utf-8"))


def lines(text: str, width: int = WIDTH) -> int:
    return sum(max(1, len(textwrap.wrap(part, width))) for part in text.splitlines())


def test_there_is_one_screen_for_each_step() -> None:
    assert {path.stem for path in shipped("screens").glob("*.toml")} == set(ORDER)


@each_step
def test_a_screen_says_what_it_asks_and_why(step: str) -> None:
    screen = STEPS[step].screen
    assert told(step)["phase"] == stop(step).phase
    assert 1 <= len(screen.title.split()) <= 2
    assert screen.question.endswith("?")
    assert lines(screen.question) <= 2
    assert "\n" not in screen.why
    assert 35 <= len(screen.why.split()) <= 75
    assert lines(screen.why) <= 7
    assert screen.sources


@each_step
def test_the_help_of_a_step_fits_one_screen(step: str) -> None:
    screen = STEPS[step].screen
    terms = sum(lines(f"{term}: {meaning}", 76) for term, meaning in screen.terms.items())
    assert 3 <= len(screen.terms) <= 8
    assert 2 + lines(screen.question, 76) + lines(screen.why, 76) + 1 + terms <= 22


@each_step
def test_stages_are_asked_in_order_and_looks_tell_what_they_found(step: str) -> None:
    screen = STEPS[step].screen
    stages = [words.stage for words in screen.fields]
    assert stages == sorted(stages)
    assert set(screen.looks) <= set(range(2, screen.stages + 1))
    assert screen.stages == 1 or 2 in screen.looks


def test_discovery_takes_few_keys() -> None:
    """Continue at each part of a step, and once more below what it found."""
    discovery = [step for step in ORDER if stop(step).phase == "discovery"]
    assert sum(STEPS[step].screen.stages + 1 for step in discovery) <= 25


@each_field
def test_a_question_is_complete_and_short(step: str, words: Words) -> None:
    assert words.label.endswith("?")
    assert len(words.label) <= WIDTH
    for text, most in ((words.help, 6), (words.changes, 3)):
        assert text.endswith((".", "?"))
        assert text[0].isupper() or text[0].isdigit()
        assert lines(text) <= most, f"{lines(text)} lines: {text}"
    for example in (words.example, *words.examples.values()):
        assert 0 < len(example) <= 2 * WIDTH
    assert not words.examples or set(words.examples) == set(ProblemKind.__args__) - {"other"}


@each_field
def test_options_say_what_they_mean(step: str, words: Words) -> None:
    for option in words.options:
        assert option.label
        assert len(option.label) <= 40
        assert 0 < len(option.hint) <= 64, option.hint


def test_every_treatment_has_words() -> None:
    field = next(f for f in told("features")["fields"] if f["name"] == "treatments")
    assert set(field["options"]) == set(Treatment.__args__)


@each_step
def test_words_are_plain(step: str) -> None:
    text = (shipped("screens") / f"{step}.toml").read_text(encoding="utf-8")
    for left_over in ("TODO", "FIXME", "coming soon", "lorem", "—", "  \n", "\t"):
        assert left_over not in text
    for blame in ("you must", "You must", "wrong answer!", "obviously", "simply "):
        assert blame not in text
