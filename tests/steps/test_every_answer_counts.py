"""No question whose answer changes nothing: each option leads to something else later."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from mlops_tui.journey import records
from mlops_tui.lifecycle import ORDER
from mlops_tui.screens import Words
from mlops_tui.steps import STEPS

FOR_THE_RECORD = {
    "problem.why": "Whoever asks in a year why this exists finds the answer in the record.",
    "problem.success": "The yardstick for the whole project, which no code can measure.",
    "data.row_is": "Tells the next person what may be added as a row.",
}
"""Texts that only people read, and why they are asked all the same."""
PREPARED = ("data.layout", "data.types", "data.remedies")
"""What these lead to is seen only in prepared data: tests/steps/test_data.py prepares some."""
CHANGED: dict[str, Any] = {
    "problem.name": "other-name",
    "problem.goal": "Will this train be late?",
    "problem.smallest_gain": 0.1,
    "problem.cost_false_alarm": 9.0,
    "problem.cost_miss": None,
    "users.who": "The night shift",
    "users.not_for": "To rate the pilots",
    "data.source": "other.csv",
    "data.commit_limit_mb": 0.0,
    "data.target": "origin",
    "data.positive": "no",
    "data.time_column": None,
    "data.group_column": "tailnum",
    "data.protected": ["carrier"],
    "pipeline.holdout": 0.3,
    "pipeline.folds": 3,
    "pipeline.seed": 8,
    "features.rare_below": 5,
    "training.budget_seconds": 30,
    "training.max_trials": 3,
    "training.own_rule": "distance > 900",
    "evaluation.minimum_improvement": 0.2,
    "evaluation.confidence": 0.9,
    "package.service": "other",
    "package.port": 4000,
    "package.max_rows": 10,
    "launch.peak_requests_per_second": 50.0,
    "launch.p95_ms": 100,
    "monitoring.psi_alarm": 0.3,
    "monitoring.share_alarm": 0.5,
    "retraining.minimum_gain": 0.1,
}
"""Another answer to each question that has no list of options."""
CONTEXTS: tuple[dict[str, dict[str, Any]], ...] = (
    {"problem": {"smallest_gain": None}, "tools": {"team_uses": []}},
    {
        "problem": {"smallest_gain": None},
        "need": {"rule": "works", "future": "unknown"},
        "users": {"reach": "file", "when_down": "unknown"},
    },
)
"""Around the answer that is looked at: the demo's, and a team that lives on files, was advised a
rule and does not know what comes."""
FIELDS = [(step, words) for step in ORDER for words in STEPS[step].screen.fields]


def others(step: str, words: Words, now: Any) -> list[Any]:
    """The answers of a question that must differ in what follows from them."""
    values = [option.value for option in words.options]
    if words.kind == "yes_no":
        return [True, False]
    if words.kind == "choice":
        return values
    if words.kind == "choices":
        return [now, *([value] for value in values)]
    if words.kind == "table" and words.options:
        return [{**dict(now), "distance": value} for value in values]
    return [now, CHANGED[f"{step}.{words.name}"]]


@pytest.mark.parametrize(
    ("step", "words"), FIELDS, ids=[f"{step}.{words.name}" for step, words in FIELDS]
)
def test_every_answer_counts(step: str, words: Words, sketch: Any) -> None:
    if f"{step}.{words.name}" in (*FOR_THE_RECORD, *PREPARED):
        return
    now = sketch.answers[step][words.name]
    told = others(step, words, now)
    follows = [_follows(sketch, step, words.name, value) for value in told]
    for (a, one), (b, other) in itertools.combinations(zip(told, follows, strict=True), 2):
        if a != b:
            assert one != other, f"{a!r} and {b!r} lead to the same"


def _follows(sketch: Any, step: str, name: str, value: Any) -> list[dict[str, Any]]:
    found = []
    for around in CONTEXTS:
        answers = {**around, step: {**around.get(step, {}), name: value}}
        found.append(sketch.consequences(step, answers))
    return found


def test_texts_for_the_record_exist_and_say_why() -> None:
    known = {f"{step}.{words.name}": words for step, words in FIELDS}
    for name, why in FOR_THE_RECORD.items():
        assert known[name].kind == "text"
        assert why.endswith(".")


def test_what_is_unknown_is_an_open_question(sketch: Any) -> None:
    for step, words in FIELDS:
        if not words.unknown:
            continue
        values = {option.value for option in words.options}
        unknown: Any = "unknown" if "unknown" in values else [] if words.kind == "choices" else None
        if words.kind == "table":
            unknown = {"distance": unknown}
        told = sketch.session({step: {words.name: unknown}})
        assert words.unknown in [one["text"] for one in records.open_questions(told)]
        assert words.unknown.endswith((".", "?"))
        taken = next(one for one in told.decisions if one.step == step)
        assert words.unknown in records.decision(told, taken)
