"""A room per step. `STEPS` maps each name of the lifecycle to what it asks and does."""

from __future__ import annotations

from mlops_tui.lifecycle import ORDER
from mlops_tui.steps.base import Step
from mlops_tui.steps.data import DataStep
from mlops_tui.steps.evaluation import EvaluationStep
from mlops_tui.steps.features import FeaturesStep
from mlops_tui.steps.launch import LaunchStep
from mlops_tui.steps.monitoring import MonitoringStep
from mlops_tui.steps.need import NeedStep
from mlops_tui.steps.package import PackageStep
from mlops_tui.steps.pipeline import PipelineStep
from mlops_tui.steps.problem import ProblemStep
from mlops_tui.steps.retraining import RetrainingStep
from mlops_tui.steps.tools import ToolsStep
from mlops_tui.steps.training import TrainingStep
from mlops_tui.steps.users import UsersStep

_ROOMS: tuple[Step, ...] = (
    ProblemStep(), UsersStep(), NeedStep(), DataStep(), ToolsStep(), PipelineStep(),
    FeaturesStep(), TrainingStep(), EvaluationStep(), PackageStep(), LaunchStep(),
    MonitoringStep(), RetrainingStep(),
)  # fmt: skip
STEPS: dict[str, Step] = {room.name: room for room in _ROOMS}

if tuple(STEPS) != ORDER:
    raise ImportError("The rooms under steps/ and the order in lifecycle.py do not agree.")
