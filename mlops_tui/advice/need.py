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
    "repeated": {"often": 2, "sometimes": 1, "once": 0, "unknown": 1},
    "rule": {"none": 2, "poor": 2, "works": 0, "unknown": 1},
    "examples": {"thousands": 2, "hundreds": 1, "none": 0, "unknown": 1},
    "tolerance": {"yes": 2, "no": 0, "unknown": 1},
}
_DECIDES: dict[tuple[str, str], Verdict] = {
    ("action", "nothing"): "not_ml",
    ("repeated", "once"): "not_ml",
    ("outcome", "never"): "collect",
    ("examples", "none"): "collect",
    ("rule", "works"): "rule",
    ("tolerance", "no"): "rule",
    ("maintainer", "nobody"): "rule",
}
"""The answers that settle the verdict by themselves, the strongest first. What is unknown settles
nothing: it costs a point and stays an open question."""


def judge(
    repeated: str, rule: str, examples: str, tolerance: str, *,
    outcome: str = "unknown", action: str = "unknown", maintainer: str = "unknown",
) -> Judgement:  # fmt: skip
    """Judge by what was said; every scored answer contributes one reason.

    When the outcome becomes known, what is done with a prediction and who looks after it give no
    points: they are named where they settle the verdict.
    """
    answers = {"repeated": repeated, "rule": rule, "examples": examples, "tolerance": tolerance}
    score = sum(_POINTS[question][answer] for question, answer in answers.items())
    reasons = sorted(
        (f"{question}_{answer}" for question, answer in answers.items()),
        key=lambda reason: _POINTS[reason.split("_")[0]][reason.split("_")[1]],
    )
    also = {"outcome": outcome, "action": action, "maintainer": maintainer}
    settled = [f"{name}_{value}" for name, value in also.items() if (name, value) in _DECIDES]
    return Judgement(_verdict({**answers, **also}), score, (*settled, *reasons))


def _verdict(answers: dict[str, str]) -> Verdict:
    return next((told for (name, value), told in _DECIDES.items() if answers[name] == value), "go")
