"""What answers ask of people: the limits in the model card, and the list before launch."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from mlops_tui.journey import before_launch
from mlops_tui.screens import Mismatch, screen
from mlops_tui.steps import STEPS

SAID = [
    (step, words.name, option, text)
    for step, room in STEPS.items()
    for words in room.screen.fields
    for told in (words.limits, words.to_do)
    for option, text in told.items()
]


@pytest.mark.parametrize(("step", "name", "option", "text"), SAID)
def test_what_is_said_is_one_thing_in_plain_words(
    step: str, name: str, option: str, text: str
) -> None:
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) <= 200


def test_the_model_card_admits_what_was_answered(sketch: Any) -> None:
    answers = {"need": {"truth": "proxy", "feedback": "yes", "future": "same"}}
    card = sketch.consequences("need", answers)["params"]["card"]
    need = {words.name: words.limits for words in STEPS["need"].screen.fields}
    assert card["limits"] == [need["truth"]["proxy"], need["feedback"]["yes"]]
    assert card["made_for"] == sketch.answers["users"]["who"]


def test_the_list_holds_tasks_and_open_questions(sketch: Any) -> None:
    told = sketch.session({"users": {"when_down": "never"}, "need": {"truth": "unknown"}})
    text = before_launch.document(told)
    tasks, open_ones = text.split("## To find out")
    assert "- [ ] Stop one copy while cases come in" in tasks
    assert "- [ ] Is the recorded outcome the truth?" in open_ones
    assert "\n\n\n" not in text


def test_a_tick_survives_what_later_steps_add(sketch: Any, tmp_path: Path) -> None:
    """Also on the last line, where something is added right below."""
    whole = sketch.session({"users": {"when_down": "wait"}})
    early = whole.model_copy(update={"decisions": whole.decisions[:2]})
    before, after = before_launch.document(early), before_launch.document(whole)
    assert before.count("- [ ]") == 1 < after.count("- [ ]")
    assert "\n\n\n" not in after
    for name, text in (
        ("theirs", after), ("base", before), ("mine", before.replace("- [ ]", "- [x]"))
    ):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
    words = ["git", "merge-file", "-p", "mine", "base", "theirs"]
    merged = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert merged.returncode == 0, merged.stdout
    assert merged.stdout.count("- [x]") == 1


def test_a_project_without_answers_has_nothing_to_do(sketch: Any) -> None:
    told = sketch.session({}).model_copy(update={"decisions": []})
    assert "Tick off what is done.\n\nNothing so far.\n\nThe list" in before_launch.document(told)


def test_a_limit_of_no_option_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from mlops_tui import screens

    told = dict(screens._told("users"))
    first = {**told["fields"][1], "limits": {"nobody at all": "It fails."}}
    fields = [told["fields"][0], first, *told["fields"][2:]]
    monkeypatch.setattr(screens, "_told", lambda step: {**told, "fields": fields})
    with pytest.raises(Mismatch, match="nobody at all"):
        screen.__wrapped__("users", STEPS["users"].model)
