"""Report as a child process: events on a private pipe, and an end when the parent is gone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, TextIO

from mlops_tui.errors import Trouble
from mlops_tui.events import Event, Failed, Progress, Result, Started, dump


class Reporter:
    """Sends events as JSON lines with `--events`, else short lines for a person."""

    def __init__(self, events: bool, command: str) -> None:
        self._pipe: TextIO | None = None
        self._last = 0.0
        if events:
            # A stray print of a library goes to stderr and cannot corrupt the events.
            self._pipe = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
            os.dup2(2, 1)
            threading.Thread(target=_end_with_parent, daemon=True).start()
            self._send(Started(command))

    def progress(self, done: float, total: float | None, label: str) -> None:
        """How far the work is; at most ten a second are sent, and every new label."""
        now = time.monotonic()
        if self._pipe is not None and (done == 0 or now - self._last > 0.1):
            self._last = now
            self._send(Progress(done, total, label))

    def failed(self, trouble: Trouble) -> None:
        """The work cannot go on."""
        if self._pipe is not None:
            self._send(Failed(trouble.what, trouble.why, trouble.do))
        else:
            told = [trouble.what, trouble.why, trouble.do]
            sys.stderr.write("\n".join(part for part in told if part) + "\n")

    def result(self, facts: Mapping[str, Any], measured: Mapping[str, Any]) -> None:
        """The last thing that is reported."""
        if self._pipe is not None:
            self._send(Result(facts, measured))
            return
        for key, value in facts.items():
            sys.stdout.write(f"{key}: {len(value) if isinstance(value, list) else value}\n")

    def _send(self, event: Event) -> None:
        assert self._pipe is not None
        self._pipe.write(dump(event) + "\n")
        self._pipe.flush()


def _end_with_parent() -> None:
    while os.read(0, 4096):
        pass
    os.killpg(os.getpgrp(), signal.SIGTERM)
