"""The environment in which a project's commands run during a session."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "BENTOML_DO_NOT_TRACK": "True",
    "DVC_NO_ANALYTICS": "1",
    "MLFLOW_LOGGING_LEVEL": "ERROR",
    "MLFLOW_RECORD_ENV_VARS_IN_MODEL_LOGGING": "false",
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    "GIT_PYTHON_REFRESH": "quiet",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
    "NO_COLOR": "1",
}
_NOT_PASSED_ON = {
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
    "PYTHONOPTIMIZE",
    "PYTHONSAFEPATH",
}


def project_environment(root: Path, work: Path) -> dict[str, str]:
    """Telemetry off, all state under the project's `var`, the code from the checkout at `work`."""
    var = (root / "var").resolve()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _NOT_PASSED_ON and not name.startswith(("GIT_", "MLFLOW_", "BENTOML_"))
    }
    # bentoml calls uv, which lies beside the interpreter.
    tools = str(Path(sys.executable).parent)
    path = kept.get("PATH", os.defpath)
    return (
        kept
        | _QUIET
        | {
            "PATH": path if path.split(os.pathsep)[0] == tools else f"{tools}{os.pathsep}{path}",
            "PYTHONPATH": str((work / "src").resolve()),
            "MLFLOW_TRACKING_URI": f"sqlite:///{var / 'mlflow.db'}",
            "BENTOML_HOME": str(var / "bentoml"),
            "MPLCONFIGDIR": str(var / "cache" / "matplotlib"),
        }
    )
