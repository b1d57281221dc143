"""The records of a project: readable by someone who was not there."""

from __future__ import annotations

import pytest

from mlops_tui.journey import records
from mlops_tui.lifecycle import ORDER, number
from mlops_tui.session import Session
from mlops_tui.steps import STEPS

SECTIONS = (
    "## Context", "## Choice, options and reasons", "## What was found", "## Consequences",
    "## When to look at this again",
)  # fmt: skip


@pytest.mark.parametrize("step", ORDER)
def test_a_decision_record_has_all_its_parts(step: str, decided: Session) -> None:
    taken = next(one for one in decided.decisions if one.step == step)
    text = records.decision(decided, taken)
    places = [text.index(section) for section in SECTIONS]
    assert places == sorted(places)
    assert text.startswith(f"# {number(step)}. {STEPS[step].screen.title}\n")
    assert "Decided on 2026-11-02." in text
    assert all(words.label in text for words in STEPS[step].screen.fields)
    assert "{" not in text.replace('{\n "', "").split("## What was found")[0]
    assert "\n\n\n" not in text
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_a_recommended_answer_comes_with_its_reason(decided: Session) -> None:
    taken = next(one for one in decided.decisions if one.step == "pipeline")
    taken = taken.model_copy(update={"reasons": {"split": "Later rows are the honest test."}})
    text = records.decision(decided, taken)
    assert (
        "(as recommended: Later rows are the honest test.)\n  Not chosen: At random; By owner."
        in text
    )
    assert "(the team's own answer)" in text


def test_an_amended_decision_says_so(decided: Session) -> None:
    taken = decided.decisions[0]
    again = decided.with_decision(taken)
    assert "for the 2nd time" in records.decision(again, taken)
    assert "for the 3rd time" in records.decision(again.with_decision(taken), taken)


@pytest.mark.parametrize("step", ORDER)
def test_a_commit_message_is_short(step: str, decided: Session) -> None:
    taken = next(one for one in decided.decisions if one.step == step)
    text = records.message(taken, number(step), False)
    subject, blank, *body = text.splitlines()
    assert blank == ""
    assert len(subject) <= 60
    assert len(body) <= 16
    assert "**" not in text
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert "Found: " in text


def test_the_brief_tells_every_step_and_what_it_found(decided: Session) -> None:
    project = {"name": "late-flights", "question": "Will this flight arrive late?"}
    text = records.brief(decided, {"project": project})
    assert text.startswith("# late-flights")
    assert "ML earns its keep" in text
    for step in ORDER:
        assert f"## {number(step)}. {STEPS[step].screen.title}\n" in text
    assert "\n\n\n" not in text
    assert len(text.splitlines()) < 100


def test_an_answer_with_markup_stays_one_line(decided: Session) -> None:
    taken = decided.decisions[0]
    answers = {**taken.answers, "why": "One\n# Two\n{{ three }} {% four %}"}
    text = records.decision(decided, taken.model_copy(update={"answers": answers}))
    assert "**One # Two {{ three }} {% four %}**" in text
