"""The assistant's own log: where tracebacks go."""

from __future__ import annotations

import traceback
from datetime import datetime, timezone
from pathlib import Path

from mlops_tui.places import log_folder


def keep(error: BaseException) -> Path:
    """Write a traceback to the log; returns the log's place."""
    place = log_folder() / "mlops-tui.log"
    inner = getattr(error, "error", error)  # Textual wraps what a worker raised
    told = "".join(traceback.format_exception(inner if isinstance(inner, Exception) else error))
    with place.open("a", encoding="utf-8") as file:
        file.write(f"--- {datetime.now(timezone.utc):%Y-%m-%d %H:%M:%S} UTC\n{told}\n")
    return place
