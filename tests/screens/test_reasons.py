"""Every reason that a step's code can give has words, and every word a reason."""

from __future__ import annotations

import ast
import string
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import mlops_tui
from mlops_tui.lifecycle import ORDER
from mlops_tui.steps import STEPS

PACKAGE = Path(mlops_tui.__file__).parent
SPEEDS = ("instant", "seconds", "batch", "unknown")
# What the variable part of an id made by an f-string can be.
VARIABLE: dict[tuple[str, str], tuple[str, ...]] = {
    ("users", "speed_"): ("automatic", "rank", "inform"),
    ("launch", "peak_"): SPEEDS,
    ("launch", "p95_"): SPEEDS,
    ("launch", "availability_"): SPEEDS,
    ("retraining", "trigger_"): ("months", "never"),
    ("retraining", "future_"): ("same", "seasons", "changes"),
    ("launch", "down_"): ("fallback", "wait"),
    ("need", "kind_"): ("outcome", "future", "feedback"),
    ("need", "ask_"): ("outcome", "future", "feedback"),
    ("need", "rule_"): ("nothing", "by_hand", "rule", "vendor", "unknown"),
    ("evaluation", "improvement_"): ("wanted", "wary", "vendor", "proxy", "fresh", "usual"),
    ("evaluation", "decision_"): ("ml", "rule", "no_signal", "leak", "not_enough_data"),
}
GUESSES = {
    "target_": ("_answer_score", "guess_targets"),
    "task_": ("guess_task",),
    "positive_": ("guess_positive",),
}


@dataclass(frozen=True)
class Reason:
    """An id that a step gives, and the facts that come with it."""

    step: str
    id: str
    facts: frozenset[str]


each_step = pytest.mark.parametrize("step", ORDER)


def reasons(step: str) -> list[Reason]:
    """Every reason that the code of a step can give."""
    room = PACKAGE / "steps" / step
    files = sorted(room.glob("*.py")) if room.is_dir() else [room.with_suffix(".py")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    source = source.replace("from __future__ import annotations", "")
    found = []
    for call in _calls(ast.parse(source), "Default"):
        if len(call.args) > 1:
            facts = frozenset(_keys(call.args[2])) if len(call.args) > 2 else frozenset()
            found += [Reason(step, id, facts) for id in _ids(step, call.args[1])]
    return found


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _keys(node: ast.expr) -> Iterator[str]:
    assert isinstance(node, ast.Dict), ast.unparse(node)
    for key in node.keys:
        assert isinstance(key, ast.Constant)
        yield key.value


def _ids(step: str, node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _ids(step, node.body)
        yield from _ids(step, node.orelse)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):  # f"…".lower()
        yield from _ids(step, node.func.value)
    elif isinstance(node, ast.JoinedStr):
        assert isinstance(node.values[0], ast.Constant)
        prefix = node.values[0].value
        known = VARIABLE.get((step, prefix)) or _guessed(GUESSES[prefix])
        yield from (prefix + rest for rest in known)
    else:
        pytest.fail(f"{step}: cannot read the reason {ast.unparse(node)}")


def _guessed(functions: tuple[str, ...]) -> tuple[str, ...]:
    """The reason ids in the guesses of the profile: the second of a pair, or assigned."""
    tree = ast.parse((PACKAGE / "profile" / "roles.py").read_text(encoding="utf-8"))
    bodies = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in functions]
    assert len(bodies) == len(functions)
    found: set[str] = set()
    for node in (inner for body in bodies for inner in ast.walk(body)):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            found |= set(_texts(node.value.elts[1]))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "reason":
            found |= set(_texts(node.value))
    return tuple(sorted(found))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


@each_step
def test_every_reason_has_words_and_every_word_a_reason(step: str) -> None:
    given = {reason.id for reason in reasons(step)}
    written = {id for words in STEPS[step].screen.fields for id in words.reasons}
    assert given == written


@each_step
def test_reasons_use_the_facts_they_get(step: str) -> None:
    facts: dict[str, set[str]] = {}
    for reason in reasons(step):
        facts.setdefault(reason.id, set()).update(reason.facts)
    for words in STEPS[step].screen.fields:
        for id, text in words.reasons.items():
            used = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert used <= facts[id], id
            assert len(textwrap.wrap(text, 58)) <= 3
            assert text.endswith(".")
