"""Is machine learning needed? A transparent score over what the user said.

The questions follow Google's "Problem framing" course (is there a repeated decision, examples with
known outcomes, a heuristic to beat?) and Rule 1 of its "Rules of ML": do not be afraid to launch
without machine learning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["go", "rule", "collect", "not_ml"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, its score from 0 to 8, and the ids of the reasons in order of weight."""

    verdict: Verdict
    score: int
    reasons: tuple[str, ...]


_POINTS = {
    "repeated": {"often": 2, "sometimes": 1, "once": 0},
    "rule": {"none": 2, "poor": 2, "works": 0},
    "examples": {"thousands": 2, "hundreds": 1, "none": 0},
    "tolerance": {"yes": 2, "no": 0},
}


def judge(repeated: str, rule: str, examples: str, tolerance: str) -> Judgement:
    """Judge by the answers of the step `need`; every answer contributes one reason."""
    answers = {"repeated": repeated, "rule": rule, "examples": examples, "tolerance": tolerance}
    score = sum(_POINTS[question][answer] for question, answer in answers.items())
    reasons = sorted(
        (f"{question}_{answer}" for question, answer in answers.items()),
        key=lambda reason: _POINTS[reason.split("_")[0]][reason.split("_")[1]],
    )
    return Judgement(_verdict(answers), score, tuple(reasons))


def _verdict(answers: dict[str, str]) -> Verdict:
    if answers["repeated"] == "once":
        return "not_ml"
    if answers["examples"] == "none":
        return "collect"
    if answers["rule"] == "works" or answers["tolerance"] == "no":
        return "rule"
    return "go"
