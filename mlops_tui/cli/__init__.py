"""The command line: argv to one call. Nothing else in mlops-tui parses arguments.

Only light imports here: the app's first frame waits for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from mlops_tui.cli.failures import told
from mlops_tui.cli.parser import parse

QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "BENTOML_DO_NOT_TRACK": "True",
    "DVC_NO_ANALYTICS": "1",
    "MLFLOW_LOGGING_LEVEL": "ERROR",
}
"""Nothing we start tells anyone anything; set before any import of theirs."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 2, 3, 4, 5 or 130 (see the README)."""
    os.environ.update(QUIET)
    for stream in (sys.stdout, sys.stderr):
        _never_choke(stream)
    arguments = list(sys.argv[1:] if argv is None else argv)
    with told(as_json="--json" in arguments) as outcome:
        options = parse(arguments)
        outcome.code = options.run(options)
    return outcome.code


def _never_choke(stream: TextIO) -> None:
    """A terminal without Unicode gets an escape for a letter it lacks, not an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
