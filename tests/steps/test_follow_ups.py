"""What answers ask of people: the limits in the model card, and the list before launch."""

from __future__ import annotations

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


def test_a_project_without_answers_has_nothing_to_do(sketch: Any) -> None:
    told = sketch.session({}).model_copy(update={"decisions": []})
    assert before_launch.document(told).endswith("\n\nNothing so far.\n")


def test_a_limit_of_no_option_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from mlops_tui import screens

    told = dict(screens._told("users"))
    first = {**told["fields"][1], "limits": {"nobody at all": "It fails."}}
    fields = [told["fields"][0], first, *told["fields"][2:]]
    monkeypatch.setattr(screens, "_told", lambda step: {**told, "fields": fields})
    with pytest.raises(Mismatch, match="nobody at all"):
        screen.__wrapped__("users", STEPS["users"].model)
