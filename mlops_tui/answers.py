"""What a user can answer: a typed, validated model for every step.

A question is a field here and its words in `screens/<step>.toml`. "I don't know yet" is an answer
where that is honest: the option `unknown`, or an empty field. It becomes an open question in the
project's brief.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

from mlops_tui import catalogue
from mlops_tui.screens import Asks


class Answers(BaseModel):
    """The base of every step's answers: strict about names, forgiving about '3' for 3."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def unasked(cls) -> dict[str, Any]:
        """What a session from before a question existed is taken to say: unknown, or nothing."""
        fields = cls.model_fields.items()
        return {
            name: info.get_default(call_default_factory=True)
            for name, info in fields
            if not info.is_required()
        }


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
MaybeText = Annotated[
    str | None,
    StringConstraints(strip_whitespace=True, max_length=400),
    AfterValidator(lambda typed: typed or None),
]


ProblemKind = Literal[
    "churn", "demand", "fraud", "maintenance", "triage", "pricing", "recommendations", "quality",
    "other",
]  # fmt: skip
Cost = Annotated[float | None, Field(gt=0, le=1e9, allow_inf_nan=False)]


class Problem(Answers):
    """What should get better, which decision it changes, and what mistakes cost."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    kind: ProblemKind
    goal: Text
    why: Text
    action: Literal["automatic", "rank", "inform", "nothing", "unknown"]
    today: Literal["nothing", "by_hand", "rule", "vendor", "unknown"]
    success: Text
    smallest_gain: Annotated[float | None, Field(ge=0, le=1, allow_inf_nan=False)]
    cost_false_alarm: Cost
    cost_miss: Cost

    @field_validator("name")
    @classmethod
    def _has_letters(cls, name: str) -> str:
        if not re.search(r"[A-Za-z]", name):
            raise ValueError("Use at least one letter from a to z, for example: late-flights")
        if not name.isprintable():
            raise ValueError("Use letters, digits, spaces and hyphens only")
        return name


class Users(Answers):
    """Who acts on a prediction, and what they need from it."""

    who: Text
    skill: Literal["expert", "practitioner", "public"]
    speed: Literal["instant", "seconds", "batch", "unknown"]
    reach: Literal["service", "file", "unknown"]
    explain: Literal["overall", "each", "unknown"]
    when_down: Literal["fallback", "wait", "never", "unknown"] = "unknown"
    maintainer: Literal["team", "person", "nobody", "unknown"]
    not_for: MaybeText = None


class Need(Answers):
    """Whether machine learning is needed."""

    repeated: Literal["often", "sometimes", "once", "unknown"]
    rule: Literal["works", "poor", "none", "unknown"]
    examples: Literal["thousands", "hundreds", "none", "unknown"]
    outcome_known: Literal["at_once", "days", "months", "never", "unknown"]
    truth: Literal["checked", "as_is", "proxy", "unknown"] = "unknown"
    future: Literal["same", "seasons", "changes", "unknown"] = "unknown"
    feedback: Literal["no", "yes", "unknown"] = "unknown"
    tolerance: Literal["yes", "no", "unknown"]
    proceed: Literal["follow", "ml_anyway"]


Layout = Literal["delimiter", "encoding", "header", "decimal", "dates"]
ColumnType = Literal["text", "integer", "number", "boolean", "date", "datetime", "time"]
Known = Literal["before", "after", "unknown"]


def _listed_are_late(told: object) -> object:
    """A plain list names the columns that are known only afterwards."""
    return dict.fromkeys(map(str, told), "after") if isinstance(told, list) else told


def _without_blanks(told: dict[Layout, str]) -> dict[Layout, str]:
    """Read as found is no correction."""
    return {name: value for name, value in told.items() if value}


class Data(Answers):
    """Where the data is, which column is the answer, and what is known when predicting."""

    source: Annotated[str, Asks("path")] = Field(min_length=1)
    commit_limit_mb: float = Field(ge=0, le=1000, allow_inf_nan=False)
    target: Annotated[str, Asks("column")]
    layout: Annotated[
        dict[Layout, str], AfterValidator(_without_blanks), Asks("table")
    ] = Field(default_factory=dict)
    types: Annotated[dict[str, ColumnType], Asks("table")] = Field(default_factory=dict)
    task: Literal["binary", "multiclass", "regression"]
    positive: Annotated[str | None, Asks("value")]
    row_is: Text
    time_column: Annotated[str | None, Asks("column")]
    group_column: Annotated[str | None, Asks("column")]
    known_later: Annotated[dict[str, Known], BeforeValidator(_listed_are_late), Asks("table")]
    remedies: Annotated[list[str], Asks("columns")] = Field(default_factory=list)
    protected: Annotated[list[str], Asks("columns")]

    @property
    def unusable(self) -> dict[str, Known]:
        """The columns that are not known in time, or of which nobody has said so."""
        late = sorted(self.known_later.items())
        return {name: when for name, when in late if when != "before"}


def _known_tool(category: str, may_be_none: bool, name: str) -> str:
    names = [tool.name for tool in catalogue.tools(category)]
    names += [catalogue.NONE] if may_be_none else []
    if name not in names:
        raise ValueError(f"Choose one of: {', '.join(names)}.")
    return name


class Tools(Answers):
    """What the team has, and the tools the project is set up for: names of the catalogue."""

    team_uses: list[
        Literal["github", "gitlab", "docker", "kubernetes", "linux-server", "prometheus", "nothing"]
    ]
    ci: Annotated[
        str, Asks("choice", catalogue="ci"), AfterValidator(partial(_known_tool, "ci", True))
    ]
    platform: Annotated[
        str,
        Asks("choice", catalogue="platform"),
        AfterValidator(partial(_known_tool, "platform", False)),
    ]
    monitoring: Annotated[
        str,
        Asks("choice", catalogue="monitoring"),
        AfterValidator(partial(_known_tool, "monitoring", True)),
    ]


class Pipeline(Answers):
    """How rows are checked and split."""

    split: Literal["random", "group", "time"]
    holdout: float = Field(ge=0.05, le=0.5, allow_inf_nan=False)
    folds: int = Field(ge=2, le=10)
    seed: int = Field(ge=0, le=2**31 - 1)
    on_violation: Literal["drop", "refuse"]


Treatment = Literal["number", "category", "datetime", "text", "drop"]


class Features(Answers):
    """How each column is treated."""

    treatments: Annotated[dict[str, Treatment], Asks("table")]
    flag_missing: bool
    rare_below: int = Field(ge=1, le=100_000)


Metric = Literal[
    "roc_auc", "average_precision", "log_loss", "balanced_accuracy", "f1_macro", "accuracy",
    "rmse", "mae", "r2",
]  # fmt: skip


class Training(Answers):
    """What is trained, and judged by what."""

    metric: Metric
    candidates: list[Literal["linear", "boosting", "forest"]] = Field(min_length=1)
    budget_seconds: int = Field(ge=5, le=86_400)
    max_trials: int = Field(ge=1, le=500)
    own_rule: Annotated[
        str | None,
        StringConstraints(strip_whitespace=True, max_length=2000),
        AfterValidator(lambda typed: typed or None),
    ]


class Evaluation(Answers):
    """The gate, and the decision after the dress rehearsal."""

    minimum_improvement: float = Field(ge=0, le=1, allow_inf_nan=False)
    confidence: float = Field(ge=0.5, le=0.999, allow_inf_nan=False)
    decision: Literal[
        "accept", "accept_rule", "back_to_data", "back_to_features", "back_to_training"
    ]


class Package(Answers):
    """The service around the model."""

    service: str = Field(pattern=r"^[a-z][a-z0-9_]{0,49}$")
    port: int = Field(ge=1024, le=65_535)
    max_rows: int = Field(ge=1, le=100_000)


class Launch(Answers):
    """What the service must carry."""

    peak_requests_per_second: float = Field(gt=0, le=1e6, allow_inf_nan=False)
    p95_ms: int = Field(ge=5, le=600_000)
    availability: Literal["single", "redundant"]


class Monitoring(Answers):
    """What is watched and when an alarm rings."""

    psi_alarm: float = Field(gt=0, le=5, allow_inf_nan=False)
    share_alarm: float = Field(gt=0, le=1, allow_inf_nan=False)
    check_every: Literal["hourly", "daily", "weekly"]
    notify: Literal["log", "webhook"]


class Retraining(Answers):
    """When and how a new model replaces the old one."""

    trigger: Literal["drift", "schedule", "person"]
    minimum_gain: float = Field(ge=0, le=1, allow_inf_nan=False)
    approval: Literal["person", "automatic"]
