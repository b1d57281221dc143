"""Make a project from a table with the recommended answers, and let it judge itself.

The same parts as a journey (the profile's roles, `prepare`, the project's template and its own
commands `train` and `evaluate`), without the steps between them, so that it takes seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import yaml

from mlops_tui.advice.metrics import RARE_POSITIVES
from mlops_tui.places import shipped
from mlops_tui.profile import inspect, roles
from mlops_tui.profile.preparing import Roles, prepare
from mlops_tui.project.render import render_folder

PACKAGE = "judged"
MOST_ROWS = 30_000  # a larger table is thinned out evenly, or the bench would take an hour
REASON = "known too late"
# One process for both commands, and without the record in MLflow, which takes longer than a fit.
TRAIN_AND_EVALUATE = f"""
import argparse
from {PACKAGE} import environment
environment.prepare()
from {PACKAGE} import evaluate, settings, train
from {PACKAGE}.console import Console
train._record = lambda *parts: None
chosen = settings.load()
train.run(chosen, Console("train"), argparse.Namespace(search=True))
evaluate.run(chosen, Console("evaluate"), argparse.Namespace())
"""


def thinned(source: Path, folder: Path) -> Path:
    """The table itself, or every n-th row of a very large one (Parquet only)."""
    if source.suffix != ".parquet":
        return source
    rows = duckdb.sql(f"SELECT count(*) FROM '{source}'").fetchall()[0][0]
    step = -(-rows // MOST_ROWS)
    if step <= 1:
        return source
    into = folder / source.name
    duckdb.sql(
        f"COPY (SELECT * EXCLUDE file_row_number FROM read_parquet('{source}', "
        f"file_row_number=true) WHERE file_row_number % {step} = 0 ORDER BY file_row_number) "
        f"TO '{into}' (FORMAT parquet)"
    )
    return into


def judged(
    source: Path, target: str, folder: Path, exclude: bool = True, trials: int = 6
) -> dict[str, Any]:
    """What `evaluate` finds in a project made from this table; `excluded` says what was left out.

    `exclude`: leave out what the profile suspects to be known too late.
    """
    profile = inspect(source, target)
    late = roles.suspects_known_later(profile, target) if exclude else []
    task, _ = roles.guess_task(profile, target)
    positive = roles.guess_positive(profile, target) if task == "binary" else None
    time, group = roles.guess_time(profile), roles.guess_group(profile, target)
    parts = Roles(
        target=target,
        task=task,
        positive=positive[0] if positive else None,
        time=time.value if time else None,
        group=group.value if group else None,
        exclude=dict.fromkeys(late, REASON),
    )
    words = {"project": PACKAGE, "package": PACKAGE, "question": "Bench", "python": "3.11"}
    template = shipped("templates") / "project"
    for path, file in render_folder(template, {**words, "tools": {}}).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    prepare(source, parts, folder)
    settings = _params(profile, parts, target, frozenset(late), trials)
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
    (folder / "params.yaml").write_text(text, encoding="utf-8")
    _run(folder)
    found = json.loads((folder / "reports" / "evaluate.json").read_text(encoding="utf-8"))
    return {**found, "excluded": late, "split": settings["split"]["kind"]}


def _params(
    profile: Any, parts: Roles, target: str, late: frozenset[str], trials: int
) -> dict[str, Any]:
    """params.yaml as the steps would recommend it."""
    few = profile.rows < 1000
    kind = "group" if parts.group else "time" if parts.time else "random"
    treatments = roles.guess_treatments(profile, target, parts.group, late)
    return {
        "project": {"name": PACKAGE, "package": PACKAGE, "question": "Bench"},
        "data": {
            "target": target,
            "task": parts.task,
            "positive": parts.positive,
            "time": parts.time,
            "group": parts.group,
            "exclude": parts.exclude,
        },
        "split": {"kind": kind, "holdout": 0.25 if few else 0.2, "folds": 5 if few else 4},
        "features": {
            "treatments": {name: how for name, (how, _) in sorted(treatments.items())},
            "rare_below": max(1, min(20, profile.rows // 300)),
        },
        "training": {"metric": _metric(profile, parts), "max_trials": trials},
    }


def _metric(profile: Any, parts: Roles) -> str:
    if parts.task == "regression":
        return "rmse"
    if parts.task == "multiclass":
        return "balanced_accuracy"
    counts = {roles.as_text(value): count for value, count in profile.target.classes or ()}
    share = counts.get(str(parts.positive), 0) / max(1, sum(counts.values()))
    return "average_precision" if share < RARE_POSITIVES else "roc_auc"


def _run(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": "src"}
    done = subprocess.run(
        [sys.executable, "-c", TRAIN_AND_EVALUATE],
        cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the project ended with {done.returncode}: {done.stderr[-800:]}")
