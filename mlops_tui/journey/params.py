"""`params.yaml`: what the project reads, put together from the answers of all steps."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import yaml
from pydantic import BaseModel

from mlops_tui.steps import STEPS
from mlops_tui.steps.base import SoFar, Step

_HEADER = """\
# What this project does is decided here; its code is the same for every project.
# Change a value, run `make train`, and commit. docs/decisions/ tells why each was chosen.
"""

_BEFORE_ANY_ANSWER: dict[str, dict[str, Any]] = {
    "project": {"name": "my-project", "package": "my_project", "question": ""},
    "card": {"made_for": "", "not_for": None, "limits": []},
    "data": {
        "raw": "data/raw.parquet",
        "target": "",
        "task": "binary",
        "positive": None,
        "time": None,
        "group": None,
        "exclude": {},
    },
    "split": {"kind": "random", "holdout": 0.2, "folds": 4, "seed": 7},
    "contract": {"on_violation": "drop"},
    "features": {"treatments": {}, "flag_missing": True, "rare_below": 20},
    "training": {
        "metric": "roc_auc",
        "candidates": ["linear", "boosting", "forest"],
        "max_trials": 9,
        "budget_seconds": 60,
        "seed": 7,
    },
    "costs": {"false_alarm": 1.0, "miss": 1.0},
    "evaluation": {"confidence": 0.95, "minimum_improvement": 0.02, "resamples": 1000, "seed": 7},
    "serving": {"model": "champion", "service": "model", "port": 3000, "max_rows": 1000},
    "launch": {
        "platform": "docker-compose",
        "peak_requests_per_second": 5.0,
        "p95_ms": 1000,
        "replicas": 1,
        "availability": "single",
    },
    "monitoring": {
        "psi_alarm": 0.2,
        "share_alarm": 0.3,
        "check_every": "daily",
        "notify": "log",
    },
    "retraining": {"trigger": "drift", "minimum_gain": 0.0, "approval": "person"},
}


def params(so_far: SoFar, pending: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Defaults, then every step's answers in order; `pending` holds unconfirmed ones, by step."""
    found = deepcopy(_BEFORE_ANY_ANSWER)
    for name, step in STEPS.items():
        answers = pending.get(name) or so_far.answers(name, step.model)
        if answers is None:
            continue
        for section, entries in step.params(answers, so_far).items():
            found[section].update(entries)
        found["card"]["limits"] += _limits(step, answers)
    return found


def _limits(step: Step, answers: BaseModel) -> list[str]:
    """What the answers of a step make the model card admit."""
    asked = [words for words in step.screen.fields if words.limits]
    told = [words.limits.get(getattr(answers, words.name, "")) for words in asked]
    return [text for text in told if text]


def dump(found: Mapping[str, Any]) -> str:
    """The text of `params.yaml`."""
    text = yaml.safe_dump(dict(found), sort_keys=False, allow_unicode=True, width=100)
    return _HEADER + text
