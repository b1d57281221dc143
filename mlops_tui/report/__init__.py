"""What a journey without a full screen tells: lines for a person, or one JSON object a line."""

from __future__ import annotations

from typing import Any, Protocol

from mlops_tui.events import Event
from mlops_tui.journey import Confirmed, Journey, Place, Question
from mlops_tui.report.jsonl import JsonLines
from mlops_tui.report.lines import Lines
from mlops_tui.report.summary import VERDICTS, Summary, summarize
from mlops_tui.report.text import compact, one_line, plain, shown
from mlops_tui.screens import Words

__all__ = [
    "VERDICTS", "JsonLines", "Lines", "Reporter", "Summary", "compact", "finish", "one_line",
    "plain", "shown", "summarize",
]  # fmt: skip


class Reporter(Protocol):
    """Who is told what happens on a journey."""

    def begin(self, place: Place, question: str) -> None:
        """A step begins."""

    def answer(self, step: str, asked: Question | Words, value: Any, reason: str) -> None:
        """A question was answered; `reason` when it is the recommended answer."""

    def event(self, step: str, event: Event) -> None:
        """Work reported something."""

    def found(self, step: str, text: str) -> None:
        """A look between two stages found something (markdown)."""

    def confirmed(self, done: Confirmed) -> None:
        """A decision landed."""

    def note(self, text: str) -> None:
        """Something about the journey itself."""

    def summary(self, summary: Summary) -> None:
        """The journey ended."""


def finish(journey: Journey, reporter: Reporter) -> Summary:
    """Sum up where the journey stands and tell it."""
    summary = summarize(journey)
    reporter.summary(summary)
    return summary
