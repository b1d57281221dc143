"""How rows are checked and how some are set aside for the dress rehearsal."""

from __future__ import annotations

from typing import Any, ClassVar

from mlops_tui.answers import Answers, Data, Need, Pipeline
from mlops_tui.steps.base import Default, SoFar, Step, Values

FEW_ROWS = 1000


class PipelineStep(Step):
    """Runs ingest, contract and split for real."""

    name: ClassVar[str] = "pipeline"
    model: ClassVar[type[Answers]] = Pipeline
    commands: ClassVar[tuple[str, ...]] = ("ingest", "split")
    makes: ClassVar[tuple[str, ...]] = ("reports/ingest.json", "reports/split.json")

    def defaults(self, stage: int, given: Values, so_far: SoFar) -> dict[str, Default]:
        """The split follows how the model will be used."""
        data = so_far.answers("data", Data)
        rows = int(so_far.facts("data").get("rows", 0))
        few = rows < FEW_ROWS
        return {
            "split": _split(data, so_far.answers("need", Need)),
            "holdout": Default(
                0.25 if few else 0.2, "holdout_few" if few else "holdout_usual", {"rows": rows}
            ),
            "folds": Default(5 if few else 4, "folds_few" if few else "folds_usual"),
            "seed": Default(7, "seed_any"),
            "on_violation": Default("drop", "violation_drop"),
        }

    def problems(self, stage: int, given: Values, so_far: SoFar) -> dict[str, str]:
        """A split by time or by group needs the column that was named on the data step."""
        data = so_far.answers("data", Data)
        if data and given.get("split") == "time" and data.time_column is None:
            return {"split": "Name a time column on the data step first, or choose another split."}
        if data and given.get("split") == "group" and data.group_column is None:
            return {"split": "Name a group column on the data step first, or choose another split."}
        return {}

    def params(self, answers: Any, so_far: SoFar) -> dict[str, dict[str, Any]]:
        """How rows are split and checked."""
        return {
            "split": {
                "kind": answers.split,
                "holdout": answers.holdout,
                "folds": answers.folds,
                "seed": answers.seed,
            },
            "contract": {"on_violation": answers.on_violation},
        }


def _split(data: Data | None, need: Need | None) -> Default:
    """New owners are met where the world stays the same; where it moves, later rows come first."""
    moves = need is not None and need.future in ("seasons", "changes")
    if data and data.group_column and data.time_column and moves:
        return Default("time", "split_moves", {"column": data.time_column})
    if data and data.group_column:
        return Default("group", "split_group", {"column": data.group_column})
    if data and data.time_column:
        return Default("time", "split_time", {"column": data.time_column})
    return Default("random", "split_random")
