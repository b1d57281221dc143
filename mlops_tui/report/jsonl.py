"""One JSON object a line, for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TextIO

from mlops_tui.events import Event, dump
from mlops_tui.journey import Confirmed, Place, Question
from mlops_tui.report.summary import Summary
from mlops_tui.screens import Words


class JsonLines:
    """One JSON object a line on stdout, for programs; the last is the summary."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout

    def begin(self, place: Place, question: str) -> None:
        """`{"type": "step", ...}`."""
        self.tell(
            {"type": "step", "step": place.step, "number": place.number, "phase": place.phase}
        )

    def answer(self, step: str, asked: Question | Words, value: Any, reason: str) -> None:
        """`{"type": "answer", ...}`; `reason` says why it was recommended, if it was."""
        told = {"type": "answer", "step": step, "field": asked.name, "value": value}
        self.tell({**told, "reason": reason})

    def event(self, step: str, event: Event) -> None:
        """The event of the work, with the step it belongs to."""
        self.tell({**json.loads(dump(event)), "step": step})

    def found(self, step: str, text: str) -> None:
        """`{"type": "found", ...}`."""
        self.tell({"type": "found", "step": step, "text": text})

    def confirmed(self, done: Confirmed) -> None:
        """`{"type": "decision", ...}` with the commit, facts and measurements."""
        told = {"type": "decision", "step": done.step, "commit": done.commit}
        self.tell({**told, "facts": dict(done.facts), "measured": dict(done.measured)})

    def note(self, text: str) -> None:
        """`{"type": "note", ...}`."""
        self.tell({"type": "note", "text": text})

    def summary(self, summary: Summary) -> None:
        """`{"type": "summary", ...}`: always the last line."""
        self.tell({"type": "summary", **asdict(summary)})

    def tell(self, told: Mapping[str, Any]) -> None:
        """Write one object as one line, now."""
        text = json.dumps(told, ensure_ascii=False, default=str)
        print(text, file=self._out, flush=True)
