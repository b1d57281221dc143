"""The records of a project: readable by someone who was not there."""

from __future__ import annotations

import pytest

from mlops_tui.journey import learning, records
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


def test_what_is_unknown_stands_in_record_and_brief(decided: Session) -> None:
    taken = decided.decisions[0]
    open_one = taken.model_copy(update={"answers": {**taken.answers, "cost_miss": None}})
    told = decided.model_copy(update={"decisions": [open_one, *decided.decisions[1:]]})
    text = records.decision(told, open_one)
    assert "## What we do not know yet\n\n- What does a miss cost?" in text
    assert "What does a miss cost? **not known yet**" in text
    for name in ("brief.md", "brief.html"):
        page = records.brief(told, {"project": {"name": "p", "question": "q?"}}, name)
        assert "What we do not know yet" in page
        page = records.brief(decided, {"project": {"name": "p", "question": "q?"}}, name)
        assert "What we do not know yet" not in page


def test_the_page_escapes_what_people_typed_and_needs_nothing_else(decided: Session) -> None:
    bad = '</style><script>alert("x")</script>'
    taken = decided.decisions[0]
    typed = taken.model_copy(update={"answers": {**taken.answers, "goal": bad, "why": bad}})
    told = decided.model_copy(update={"decisions": [typed, *decided.decisions[1:]]})
    text = records.brief(told, {"project": {"name": bad, "question": bad}}, "brief.html")
    assert "<script" not in text
    assert text.count("</style>") == 1
    assert "&lt;script&gt;" in text
    assert "http:" not in text and "https:" not in text
    assert all(f"{number(step)}. {STEPS[step].screen.title}</h2>" in text for step in ORDER)


def test_the_glossary_holds_every_term_once(decided: Session) -> None:
    text = learning.document()
    names = [line.split("**")[1].casefold() for line in text.splitlines() if line[:4] == "- **"]
    assert len(names) == len(set(names)) and names == sorted(names)
    for step in ORDER:
        assert {name.casefold() for name in STEPS[step].screen.terms} <= set(names)


def test_what_was_learnt_grows_with_the_journey(decided: Session) -> None:
    none, one = learning.learnt([]), learning.learnt(decided.decisions[:1], "users")
    everything = learning.learnt(decided.decisions)
    assert none.met == ()
    assert {term.step for term in one.met} == {"problem", "users"}
    assert len(everything.met) == everything.total == none.total > len(one.met)
