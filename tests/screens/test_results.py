"""The texts about what was found: right with figures, quiet without."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from mlops_tui.advice.need import judge
from mlops_tui.journey.entries import tidy
from mlops_tui.lifecycle import ORDER
from mlops_tui.project.render import render_words
from mlops_tui.session import Session
from mlops_tui.steps import STEPS

each_step = pytest.mark.parametrize("step", ORDER)
LOOKS = [(step, stage) for step in ORDER for stage in STEPS[step].screen.looks]
LEFT_OVERS = ("{{", "}}", "{%", "%}", "None", "Undefined", "<built-in", "mappingproxy", "\\u00")


def answers(decided: Session, step: str) -> dict[str, Any]:
    return decided.answers(step) or {}


def filled(text: str, answers: Any, facts: Any = None, measured: Any = None) -> str:
    context = {"answers": answers, "facts": facts or {}, "measured": measured or {}}
    return render_words(text, context, tidy)


def is_clean(text: str) -> bool:
    return not any(left in text for left in LEFT_OVERS) and "\n\n\n" not in text


@each_step
def test_a_result_without_findings_is_quiet(step: str, decided: Session) -> None:
    text = filled(STEPS[step].screen.result, answers(decided, step))
    assert is_clean(text)


@each_step
def test_a_result_begins_with_one_sentence_that_can_be_quoted(
    step: str, decided: Session, found: dict[str, dict[str, Any]]
) -> None:
    text = filled(STEPS[step].screen.result, answers(decided, step), **found.get(step, {}))
    first = text.split("\n\n")[0]
    assert is_clean(text)
    assert not first.startswith(("-", "|", "#"))
    assert first.rstrip("*").endswith((".", "?"))


@pytest.mark.parametrize(("step", "stage"), LOOKS)
def test_a_look_without_findings_is_quiet(step: str, stage: int, decided: Session) -> None:
    assert is_clean(filled(STEPS[step].screen.looks[stage], answers(decided, step)))


@pytest.mark.parametrize(("step", "stage"), LOOKS)
def test_a_look_tells_what_was_found(
    step: str, stage: int, decided: Session, found: dict[str, dict[str, Any]]
) -> None:
    text = filled(STEPS[step].screen.looks[stage], answers(decided, step), found[step]["facts"])
    assert is_clean(text)
    assert len(text) > 100


@pytest.mark.parametrize(
    "given",
    itertools.product(
        ("often", "sometimes", "once"), ("works", "poor", "none"),
        ("thousands", "hundreds", "none"), ("yes", "no"),
    ),
)  # fmt: skip
def test_every_judgement_of_need_has_words(given: tuple[str, str, str, str]) -> None:
    judged = judge(*given)
    facts = {"verdict": judged.verdict, "score": judged.score, "reasons": list(judged.reasons)}
    text = filled(STEPS["need"].screen.looks[2], {}, facts)
    assert text.startswith("**")
    assert text.count("\n- ") == 4
    assert "_" not in text


def test_advice_on_open_answers_says_so(decided: Session) -> None:
    told = {**answers(decided, "need"), "truth": "unknown", "future": "unknown"}
    facts = {"verdict": "go", "score": 8, "reasons": []}
    screen = STEPS["need"].screen
    assert "2 of your answers are" in filled(screen.looks[2], told, facts)
    assert "2 answers are still open" in filled(screen.result, told, facts)
    known = answers(decided, "need")
    assert "answers are" not in filled(screen.looks[2], known, facts)
    assert "open" not in filled(screen.result, known, facts)


VERDICTS = {
    "ml": "ML earns its keep",
    "rule": "The rule is enough",
    "no_signal": "The data cannot answer this: no better than chance",
    "leak": "Too good to be true: check these columns",
    "not_enough_data": "Not enough data to say",
}


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_its_words(verdict: str) -> None:
    facts = {"verdict": verdict, "verdict_columns": ["dep_delay"] if verdict == "leak" else []}
    for text in (STEPS["evaluation"].screen.looks[2], STEPS["evaluation"].screen.result):
        shown = filled(text, {"decision": "accept"}, facts)
        assert VERDICTS[verdict] in shown
        assert ("dep_delay" in shown) == (verdict == "leak")


def test_several_kinds_and_numbers_are_shown_too(decided: Session) -> None:
    pipeline = STEPS["pipeline"].screen.result
    shares = {"rows_train": 80, "rows_holdout": 20, "target_train": {"a": 0.25, "b": 0.75}}
    assert "a 25.0%, b 75.0%" in filled(pipeline, answers(decided, "pipeline"), shares)
    means = {"rows_train": 80, "rows_holdout": 20, "target_train": 3932.8}
    assert "3933" in filled(pipeline, answers(decided, "pipeline"), means)
    evaluation = STEPS["evaluation"].screen.result
    facts = {"verdict": "ml", "confusion": None, "model": {"score": 548.2, "low": 530.0,
             "high": 566.0}, "baseline": {"name": "lookup", "score": 700.0}}  # fmt: skip
    assert "548.2 (530 to 566)" in filled(evaluation, answers(decided, "evaluation"), facts)


def test_an_alarm_that_fails_its_drill_says_what_to_do(decided: Session) -> None:
    text = STEPS["monitoring"].screen.result
    quiet = {"alarm": False, "drifted": []}
    loud = {"alarm": True, "drifted": ["a"]}
    rang = filled(text, answers(decided, "monitoring"), {"quiet": loud, "broken": loud})
    mute = filled(text, answers(decided, "monitoring"), {"quiet": quiet, "broken": quiet})
    assert "Raise the limits" in rang
    assert "Lower the limits" in mute


def test_a_latency_that_cannot_be_met_is_said(decided: Session) -> None:
    measured = {"replicas": 3, "one_replica_carries": 2.0, "meets_latency": False}
    text = filled(STEPS["launch"].screen.result, answers(decided, "launch"), {}, measured)
    assert "no load met 1000 ms" in text


@pytest.mark.parametrize(
    ("gain", "low", "said"),
    [
        (0.02, 0.01, "let the challenger take over**, since the gain of 0.02 (0.01 to 0.03) is"),
        (
            0.004,
            -0.01,
            "keep the champion**, since the gain of 0.004 (-0.01 to 0.03) could be chance",
        ),
        (0.004, 0.001, "keep the champion**, since the gain of 0.004 (0.001 to 0.03) is less than"),
        (-0.1, -0.2, "keep the champion**, since the gain of -0.1 (-0.2 to -0.07) is a loss"),
    ],
)
def test_the_drill_says_what_the_gate_would_do(
    gain: float, low: float, said: str, decided: Session
) -> None:
    facts = {"champion": 0.7, "challenger": 0.7 + gain, "gain": gain, "low": low}
    facts["high"] = 0.03 if gain > 0 else -0.07
    assert said in filled(STEPS["retraining"].screen.result, answers(decided, "retraining"), facts)


def test_the_drill_of_a_rule_speaks_of_the_rule(decided: Session) -> None:
    facts = {"model": "rule", "champion": 0.7, "challenger": 0.7, "gain": 0.0, "low": 0.0}
    text = filled(STEPS["retraining"].screen.result, answers(decided, "retraining"), facts)
    assert "keep the rule" in text and "champion" not in text
