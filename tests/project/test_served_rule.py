"""Where a rule is served, retraining, rollback, the registry and the card are about the rule."""

from __future__ import annotations

import csv
import json
import math
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from generated import Project, made

pytestmark = pytest.mark.slow
Law = Callable[[float, float], float]  # the chance of a yes for an age and a height


def table(path: Path, count: int, law: Law, seed: int) -> Path:
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["age", "height", "answer"])
        for _ in range(count):
            age, height = dice.uniform(18, 90), dice.uniform(150, 200)
            yes = dice.random() < law(age, height)
            writer.writerow([f"{age:.2f}", f"{height:.2f}", "yes" if yes else "no"])
    return path


def over(threshold: float) -> Law:
    return lambda age, height: 0.9 if age > threshold else 0.1


def smooth(age: float, height: float) -> float:
    """What no list of three questions can say."""
    return 1 / (1 + math.exp((age - 54) / 12 + (height - 175) / 7))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("rule")
    source = table(folder / "rows.csv", 500, over(50), 1)
    roles = {"target": "answer", "task": "binary", "positive": "yes"}
    project = made(folder / "p", source, roles, serving={"model": "rule"})
    for command in ("train", "evaluate", "reference"):
        project.ran(command)
    assert project.report("evaluate")["verdict"] == "rule"
    return project


def sql(project: Project, name: str = "rule") -> str:
    return (project.folder / "models" / name / "rule.sql").read_text()


def aliases(project: Project) -> dict[str, str]:
    """The version that carries each alias."""
    told = project.python(
        "from made import environment; environment.prepare(); from made import tracking, settings;"
        "print({a: r['version'] for r in tracking.versions('made') for a in r['aliases']})"
    )
    found: dict[str, str] = yaml.safe_load(told)
    return found


def test_the_rule_is_grown_again_promoted_and_taken_back(whole: Project, tmp_path: Path) -> None:
    before, champion = sql(whole), (whole.folder / "models/champion/model.yaml").read_text()
    assert aliases(whole) == {"champion": "1", "rule": "2"}
    told = whole.ran("retrain", "--in", str(table(tmp_path / "new.csv", 3000, over(30), 2)))
    facts = whole.report("retrain")
    assert (facts["model"], facts["promoted"]) == ("rule", True), facts["reason"]
    assert facts["low"] > 0
    assert "The gain in roc_auc" in told.stdout
    after = sql(whole)
    assert after != before and sql(whole, "previous-rule") == before
    assert aliases(whole) == {"champion": "1", "rule": "3", "previous-rule": "2"}
    assert (whole.folder / "models/champion/model.yaml").read_text() == champion
    assert not (whole.folder / "models/challenger").exists()
    whole.tests("tests/test_gate.py", "tests/test_rules.py", "tests/test_retrain.py")
    whole.ran("rollback")
    assert sql(whole) == before and sql(whole, "previous-rule") == after
    assert aliases(whole) == {"champion": "1", "rule": "2", "previous-rule": "3"}


def card(project: Project) -> str:
    return (project.folder / "reports" / "model-card.md").read_text()


def test_a_rehearsal_is_of_the_rule_and_changes_nothing(whole: Project) -> None:
    before = sql(whole)
    whole.ran("retrain", "--rehearse")
    facts = whole.report("retrain")
    assert facts["model"] == "rule" and not facts["promoted"]
    assert sql(whole) == before


def test_that_a_model_has_become_better_is_said_and_nothing_more(
    whole: Project, tmp_path: Path
) -> None:
    whole.ran("retrain", "--in", str(table(tmp_path / "same.csv", 400, over(50), 3)))
    assert "machine learning" not in whole.report("retrain")["reason"]
    whole.ran("retrain", "--in", str(table(tmp_path / "new.csv", 3000, smooth, 4)))
    reason = whole.report("retrain")["reason"]
    assert "a machine learning model is now better than the rule" in reason
    assert "A person decides" in reason
    assert yaml.safe_load((whole.folder / "params.yaml").read_text())["serving"]["model"] == "rule"


def test_the_drift_check_watches_what_the_rule_asks(whole: Project) -> None:
    path = whole.folder / "reports" / "evaluate.json"
    before = path.read_text()
    told = json.loads(before)
    told["importance"] = [{"column": "height", "drop": 1.0}]
    told["rule"]["importance"] = [{"column": "age", "drop": 1.0}]
    path.write_text(json.dumps(told))
    ask = "drift.important(settings.load(), ['age', 'height'])"
    script = f"from made import drift, settings; print({ask})"
    try:
        assert whole.python(script).strip() == "['age']"
    finally:
        path.write_text(before)


def test_the_card_and_the_bento_are_of_what_is_served(whole: Project) -> None:
    whole.ran("evaluate")
    assert "A rule and no machine learning model" in card(whole)
    assert "this rule (" in card(whole)
    whole.change(serving={"model": "champion"})
    try:
        whole.ran("evaluate")
        assert "A model of the kind *linear*" in card(whole)
    finally:
        whole.change(serving={"model": "rule", "service": "metrics"})
    whole.ran("package")  # also under a name that BentoML has a setting of
    assert "A rule and no machine learning model" in card(whole)
    context = whole.folder / "var" / "bentoml" / "context" / "src"
    assert (context / "models" / "rule" / "rule.sql").is_file()
    assert (context / "data" / "cleaning.yaml").is_file()
    assert not (context / "models" / "champion").exists()
