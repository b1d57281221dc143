"""Train non-ML baselines and candidates, and see them learn."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.advice import own_rule
from mlops_tui.advice.metrics import DEAR_ALARMS, METRICS, RARE_POSITIVES
from mlops_tui.advice.serving import candidates_allowed
from mlops_tui.answers import Answers, Data, Features, Need, Problem, Training, Users
from mlops_tui.screens import Option
from mlops_tui.steps.base import Default, Desk, Outcome, SoFar, Step, Values


class TrainingStep(Step):
    """Runs the search once; a replay repeats the trials that were done."""

    name: ClassVar[str] = "training"
    model: ClassVar[type[Answers]] = Training
    commands: ClassVar[tuple[str, ...]] = ("train --search",)
    makes: ClassVar[tuple[str, ...]] = ("models/**/*", "reports/train.json", "search.yaml")

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The metric follows the task and the rarity of what is looked for."""
        rows = int(so_far.facts("data").get("rows", 0))
        allowed = list(_allowed(so_far))
        budget = 60 if rows < 50_000 else 240
        return {
            "metric": _metric(so_far),
            "candidates": Default(
                allowed, "candidates_explained" if len(allowed) == 1 else "candidates_all"
            ),
            "budget_seconds": Default(
                budget, "budget_small" if budget == 60 else "budget_large", {"rows": rows}
            ),
            "max_trials": _trials(so_far),
            "own_rule": _own_rule(so_far),
        }

    def options(self, name: str, given: Values, so_far: SoFar) -> tuple[Option, ...] | None:
        """Only metrics that fit the task, and candidates that keep the promise to explain."""
        data = so_far.answers("data", Data)
        words = next(words for words in self.screen.fields if words.name == name)
        fitting: tuple[str, ...] | None = None
        if name == "metric" and data:
            fitting = METRICS[data.task]
        elif name == "candidates":
            fitting = _allowed(so_far)
        if fitting is None:
            return None
        return tuple(option for option in words.options if option.value in fitting)

    def problems(self, stage: int, given: Values, so_far: SoFar) -> dict[str, str]:
        """The metric must fit the task, the candidates the promise to explain."""
        data = so_far.answers("data", Data)
        found: dict[str, str] = {}
        if data and given.get("metric") not in METRICS[data.task]:
            fitting = ", ".join(METRICS[data.task])
            found["metric"] = f"This metric does not fit a {data.task} task; choose: {fitting}."
        if extra := sorted(set(given.get("candidates") or ()) - set(_allowed(so_far))):
            found["candidates"] = (
                f"You promised to explain each single answer, which {' and '.join(extra)} cannot. "
                "Take it out, or change the answer on the users step."
            )
        typed = str(given.get("own_rule") or "").strip()
        if typed and (problem := own_rule.problem(typed, _inputs(so_far))):
            found["own_rule"] = problem
        return found

    async def work(self, answers: Any, given: Values, so_far: SoFar, desk: Desk) -> Outcome:
        """Search, or repeat the recorded search when a replay has one."""
        import yaml

        search = desk.root / "search.yaml"
        trials = desk.recorded.facts.get("search") if desk.recorded else None
        if trials:
            search.write_text(yaml.safe_dump(trials, sort_keys=False), encoding="utf-8")
            found = await desk.run("train")
        else:
            found = await desk.run("train", "--search")
        facts = {**found.facts, "search": yaml.safe_load(search.read_text(encoding="utf-8"))}
        return Outcome(facts, found.measured, desk.made(*self.makes))

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """What `train` reads."""
        told = answers.model_dump()
        if answers.own_rule is None:
            del told["own_rule"]
        return {"training": told}


def _allowed(so_far: SoFar) -> tuple[str, ...]:
    users = so_far.answers("users", Users)
    return candidates_allowed(users.explain if users else "none")


def _own_rule(so_far: SoFar) -> Default:
    problem = so_far.answers("problem", Problem)
    has_one = problem is not None and problem.today == "rule"
    return Default(None, "own_rule_today" if has_one else "own_rule_none")


def _inputs(so_far: SoFar) -> dict[str, str]:
    """The input columns, each with its type."""
    profile, features = so_far.profile(), so_far.answers("features", Features)
    if profile is None or features is None:
        return {}
    return {
        column.name: column.type for column in profile.columns if column.name in features.treatments
    }


def _trials(so_far: SoFar) -> Default:
    need = so_far.answers("need", Need)
    few = need is not None and need.examples in ("hundreds", "none")
    return Default(6 if few else 9, "trials_few" if few else "trials_usual")


def _ratio(problem: Problem) -> float:
    """How many misses a false alarm costs; 1 as long as somebody has to find out."""
    return (problem.cost_false_alarm or 1.0) / (problem.cost_miss or 1.0)


def _metric(so_far: SoFar) -> Default:
    data, problem = so_far.answers("data", Data), so_far.answers("problem", Problem)
    if data is None or data.task == "binary":
        if problem and _ratio(problem) >= DEAR_ALARMS:
            return Default("average_precision", "metric_dear", {"ratio": f"{_ratio(problem):.3g}"})
        rate = so_far.facts("pipeline").get("target_train")
        if isinstance(rate, float) and rate < RARE_POSITIVES:
            return Default("average_precision", "metric_rare", {"share": f"{rate:.1%}"})
        return Default("roc_auc", "metric_ranking")
    if data.task == "multiclass":
        return Default("balanced_accuracy", "metric_classes")
    return Default("rmse", "metric_number")
