"""The records of a project: readable by someone who was not there."""

from __future__ import annotations

import pytest

from mlops_tui.journey import brief, learning, records
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
    assert "Decided on 2026-11-02 by Demo." in text
    assert all(words.label in text for words in STEPS[step].screen.fields)
    assert "{" not in text.replace('{\n "', "").split("## What was found")[0]
    assert "\n\n\n" not in text
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_a_recommended_answer_comes_with_its_reason(decided: Session) -> None:
    taken = next(one for one in decided.decisions if one.step == "pipeline")
    taken = taken.model_copy(update={"reasons": {"split": "Later rows are the honest test."}})
    text = records.decision(decided, taken)
    assert (
        "(as recommended: Later rows are the honest test.)\n  - Not chosen: At random · By owner\n"
        in text
    )
    assert "(the team's own answer)" in text


def test_an_amended_decision_says_so(decided: Session) -> None:
    taken = decided.decisions[0]
    again = decided.with_decision(taken)
    assert "for the 2nd time" in records.decision(again, taken)
    assert "for the 3rd time" in records.decision(again.with_decision(taken), taken)


def test_an_amended_decision_says_what_has_changed(decided: Session) -> None:
    taken = decided.decisions[0]
    answers = {**taken.answers, "action": "automatic", "cost_miss": None}
    again = taken.model_copy(update={"answers": answers})
    text = records.decision(decided.with_decision(again), again).split("## Context")[0]
    assert "It was **It sorts the cases, a person decides**, now it is **Software acts" in text
    assert "What does a miss cost? It was **4**, now it is **not known yet**." in text
    assert "What has changed" not in records.decision(decided.with_decision(again), taken)


def test_a_record_says_what_was_known_and_what_it_asks_of_people(decided: Session) -> None:
    taken = next(one for one in decided.decisions if one.step == "evaluation")
    assert "- Training: Best model: " in records.decision(decided, taken)
    first = decided.decisions[0]
    assert "What was known by then" not in records.decision(decided, first)
    need = decided.decisions[2]
    told = {**need.answers, "truth": "proxy"}
    text = records.decision(decided, need.model_copy(update={"answers": told}))
    follows = text.split("## Consequences")[1]
    assert "The outcome it learnt stands in" in follows
    assert "Take 50 cases" in follows


def test_only_what_was_on_offer_was_not_chosen(decided: Session) -> None:
    taken = next(one for one in decided.decisions if one.step == "training")
    text = records.decision(decided, taken)
    assert "Average precision · Log loss" in text
    assert "RMSE" not in text


def test_what_is_not_known_is_no_recommendation(decided: Session) -> None:
    users = decided.decisions[1]
    told = {**users.answers, "maintainer": "unknown"}
    reasons = {"maintainer": "Ask before launch."}
    asked = users.model_copy(update={"answers": told, "reasons": reasons})
    text = records.decision(decided, asked)
    assert "**not known yet**\n  Ask before launch.\n  - To choose from: A team · " in text


def test_many_columns_are_told_by_what_becomes_of_them(decided: Session) -> None:
    taken = next(one for one in decided.decisions if one.step == "features")
    many = {f"c{at}": "number" for at in range(300)} | {"a\x1b[31m\nb": "category"}
    told = taken.model_copy(update={"answers": {**taken.answers, "treatments": many}})
    text = records.decision(decided, told)
    assert "Number: c0, c1, c2, c3, c4, c5, c6, c7 and 292 more; Category: a\\x1b[31m" in text
    assert "\x1b" not in text


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
    text = brief.brief(decided, {"project": project})
    assert text.startswith("# late-flights")
    assert "ML earns its keep" in text
    for step in ORDER:
        link = f"[{number(step)}. {STEPS[step].screen.title}]({records.path(step)[5:]})"
        assert f"| {link} | " in text
        assert f"| {link} |  |" not in text
    assert "\n\n\n" not in text


def test_the_brief_fits_a_page(decided: Session) -> None:
    project = {"name": "late-flights", "question": "Will this flight arrive late?"}
    text = brief.brief(decided, {"project": project})
    assert len(text.splitlines()) < 60
    assert len(text) < 5000
    assert all(len(line) < 400 for line in text.splitlines())


def test_a_brief_before_the_rehearsal_gives_the_advice(decided: Session) -> None:
    project = {"name": "p", "question": "q?"}
    early = decided.model_copy(update={"decisions": decided.decisions[:3]})
    for name in ("brief.md", "brief.html"):
        assert "The advice from your answers: go" in brief.brief(early, {"project": project}, name)
    nothing = decided.model_copy(update={"decisions": []})
    assert "In short" not in brief.brief(nothing, {"project": project})


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
        page = brief.brief(told, {"project": {"name": "p", "question": "q?"}}, name)
        assert "What we do not know yet" in page
        page = brief.brief(decided, {"project": {"name": "p", "question": "q?"}}, name)
        assert "What we do not know yet" not in page


def test_the_page_escapes_what_people_typed_and_needs_nothing_else(decided: Session) -> None:
    bad = '</style><script>alert("x")</script>'
    taken = decided.decisions[0]
    typed = taken.model_copy(update={"answers": {**taken.answers, "goal": bad, "why": bad}})
    told = decided.model_copy(update={"decisions": [typed, *decided.decisions[1:]]})
    text = brief.brief(told, {"project": {"name": bad, "question": bad}}, "brief.html")
    assert "<script" not in text
    assert text.count("</style>") == 1
    assert "&lt;script&gt;" in text
    assert "http:" not in text and "https:" not in text
    assert all(f"{number(step)}. {STEPS[step].screen.title}</a>" in text for step in ORDER)


def test_the_glossary_holds_every_term_once(decided: Session) -> None:
    text = learning.document()
    names = [line.split("**")[1].casefold() for line in text.splitlines() if line[:4] == "- **"]
    assert len(names) == len(set(names)) and names == sorted(names)
    for step in ORDER:
        assert {name.casefold() for name in STEPS[step].screen.terms} <= set(names)


def test_what_was_learnt_grows_with_the_journey(decided: Session) -> None:
    assert learning.learnt([]).told().startswith("You have met 0 of ")
    none, one = learning.learnt([]), learning.learnt(decided.decisions[:1], "users")
    everything = learning.learnt(decided.decisions)
    assert none.met == ()
    assert {term.step for term in one.met} == {"problem", "users"}
    assert len(everything.met) == everything.total == none.total > len(one.met)
    assert everything.told() == f"You have met all {everything.total} words of the subject."
    assert one.told().endswith("Next, in Need: " + ", ".join(STEPS["need"].screen.terms) + ".")
    assert [title for title, _ in learning.by_step(one.met)] == ["Problem", "Users"]
