"""The judgements, each with its reasons."""

from __future__ import annotations

import itertools

import pytest

from mlops_tui.advice.capacity import plan
from mlops_tui.advice.naming import package_name
from mlops_tui.advice.need import judge
from mlops_tui.advice.serving import candidates_allowed


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (("often", "poor", "thousands", "yes"), "go"),
        (("often", "none", "hundreds", "yes"), "go"),
        (("often", "works", "thousands", "yes"), "rule"),
        (("often", "poor", "thousands", "no"), "rule"),
        (("often", "poor", "none", "yes"), "collect"),
        (("once", "works", "none", "no"), "not_ml"),
    ],
)
def test_the_need_is_judged(answers: tuple[str, str, str, str], verdict: str) -> None:
    assert judge(*answers).verdict == verdict


def test_every_answer_counts() -> None:
    for answers in itertools.product(
        ("often", "sometimes", "once"), ("works", "poor", "none"),
        ("thousands", "hundreds", "none"), ("yes", "no"),
    ):  # fmt: skip
        found = judge(*answers)
        assert 0 <= found.score <= 8
        assert len(found.reasons) == 4


STEPS = [
    {"concurrency": 1, "p95_ms": 20.0, "requests_per_second": 60.0},
    {"concurrency": 4, "p95_ms": 50.0, "requests_per_second": 100.0},
    {"concurrency": 16, "p95_ms": 200.0, "requests_per_second": 110.0},
]


@pytest.mark.parametrize(
    ("peak", "p95", "redundant", "replicas", "meets"),
    [
        (5.0, 100, False, 1, True),
        (5.0, 100, True, 2, True),
        (60.0, 100, False, 1, True),
        (61.0, 100, False, 2, True),
        (600.0, 500, False, 10, True),
        (5.0, 10, False, 1, False),
    ],
)
def test_replicas_follow_from_what_was_measured(
    peak: float, p95: int, redundant: bool, replicas: int, meets: bool
) -> None:
    found = plan(STEPS, peak, p95, redundant)
    assert (found.replicas, found.meets_latency) == (replicas, meets)


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("Late flights!", "late_flights"),
        ("2024 sales", "project_2024_sales"),
        ("class", "class_model"),
        ("sklearn", "sklearn_model"),
        ("json", "json_model"),
        ("Ünï", "n_model"),
        ("a" * 99, "a" * 50),
    ],
)
def test_names_become_packages(name: str, package: str) -> None:
    found = package_name(name)
    assert found.isidentifier()
    if package != "n_model":
        assert found == package


def test_a_promise_to_explain_each_answer_restricts_the_candidates() -> None:
    assert candidates_allowed("each") == ("linear",)
    assert set(candidates_allowed("overall")) == {"linear", "boosting", "forest"}
