"""The rule a person types: an expression and nothing else, judged while it is typed."""

from __future__ import annotations

import re

import pytest

from mlops_tui.advice import own_rule, protected
from mlops_tui.advice.gate import smallest_improvement
from mlops_tui.advice.kinds import guess
from mlops_tui.advice.need import judge
from mlops_tui.places import shipped

COLUMNS = {"age": "integer", "amount": "number", "plan": "text", "ok": "boolean", 'o "n': "number"}


@pytest.mark.parametrize(
    "rule",
    ["age > 60", "age > 60 AND plan IN ('a', 'b')", "plan ILIKE '%x%'", "not ok", "amount * 2",
     "CASE WHEN age > 3 THEN 'a' ELSE 'b' END", '"o ""n" BETWEEN 1 AND 2', "age -- years"],
)  # fmt: skip
def test_a_plain_expression_can_be_used(rule: str) -> None:
    assert own_rule.problem(rule, COLUMNS) is None


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("age >", "not understood"),
        ("nope > 1", "no input column nope"),
        ("plan + 1", "No function matches"),
        ("(select 1)", "subquery cannot"),
        ("read_text('/etc/passwd')", "read_text cannot"),
        ("exists(select * from read_csv('/etc/passwd'))", "subquery cannot"),
        ("getenv('HOME')", "getenv cannot"),
        ("age) as rule, (1", "more than one expression"),
        ("age) AS rule FROM input WHERE (1=1", "not understood"),
        ("age from input; drop table x; select (1", "not understood"),
        ("sum(age)", "sum cannot"),
        ("row_number() over ()", "window cannot"),
        ("columns('a')", "star cannot"),
        ("$1", "parameter cannot"),
        ("", "cannot be used"),
        ("1" * 3000, "under 2000"),
    ],
)
def test_more_than_an_expression_is_refused(rule: str, told: str) -> None:
    assert told in (own_rule.problem(rule, COLUMNS) or "")


def test_the_project_allows_the_same() -> None:
    """What is accepted while typing must not be refused when it is trained."""
    folder = shipped("templates") / "project" / "src" / "{{ package }}"
    source = (folder / "own_rule.py.jinja").read_text(encoding="utf-8")
    classes = re.search(r"CLASSES = \{(.*?)\}", source, re.S)
    functions = re.search(r"FUNCTIONS = set\((.*?)\.split", source, re.S)
    assert classes and functions
    assert set(re.findall(r'"(\w+)"', classes[1])) == own_rule.CLASSES
    assert set(" ".join(re.findall(r'"(.*?)"', functions[1])).split()) == own_rule.FUNCTIONS


def test_protected_groups_are_guessed_by_whole_words() -> None:
    names = ["Sex", "AgeGroup", "page", "user_age", "stage", "race_time", "wage", "maritalStatus"]
    assert protected.guess(names) == ["Sex", "AgeGroup", "user_age", "race_time", "maritalStatus"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("churn-2026", "churn"), ("house-prices", "pricing"), ("late-flights", None)],
)
def test_the_kind_is_guessed_from_a_name(name: str, kind: str | None) -> None:
    assert guess(name) == kind


@pytest.mark.parametrize(
    ("also", "verdict"),
    [({"outcome": "never"}, "collect"), ({"action": "nothing"}, "not_ml"),
     ({"maintainer": "nobody"}, "rule"), ({}, "go")],
)  # fmt: skip
def test_what_settles_the_need_is_named_first(also: dict[str, str], verdict: str) -> None:
    found = judge("often", "poor", "thousands", "yes", **also)
    assert found.verdict == verdict
    assert list(found.reasons[: len(also)]) == [f"{name}_{value}" for name, value in also.items()]


def test_what_is_unknown_settles_nothing_and_costs_a_point_each() -> None:
    found = judge("unknown", "unknown", "unknown", "unknown")
    assert (found.verdict, found.score) == ("go", 4)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((0.1, True, "vendor", "none", "proxy"), (0.1, "wanted")),
        ((None, True, "vendor", "none", "proxy"), (0.05, "wary")),
        ((None, False, "vendor", "none", "proxy"), (0.05, "vendor")),
        ((None, False, "by_hand", "none", "proxy"), (0.05, "proxy")),
        ((None, False, "by_hand", "none", "as_is"), (0.01, "fresh")),
        ((None, False, "by_hand", "poor", "unknown"), (0.02, "usual")),
    ],
)
def test_the_gate_follows_what_was_said(given: tuple, expected: tuple) -> None:
    assert smallest_improvement(*given) == expected
