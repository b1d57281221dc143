"""Plain lines, for a person."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Any, TextIO

from mlops_tui.events import Event, Log, Progress, Row, Warned
from mlops_tui.journey import Confirmed, Place, Question
from mlops_tui.report.summary import Summary, summary_lines
from mlops_tui.report.text import one_line, plain, shown
from mlops_tui.screens import Words


class Lines:
    """Plain lines for a person; on a terminal the last one moves with the progress."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._live = self._out.isatty()
        self._moving = False

    def begin(self, place: Place, question: str) -> None:
        """The step's number, title and question."""
        self.say(f"\n[{place.number:2}/13] {place.title}: {question}")

    def answer(self, step: str, asked: Question | Words, value: Any, reason: str) -> None:
        """The answer, and why it was recommended."""
        colon = "" if asked.label.endswith(("?", ":")) else ":"
        labels = {option.value: option.label for option in asked.options}
        said = labels.get(value) if isinstance(value, str) else None
        self.say(f"{asked.label}{colon} {said or shown(value)}", 5)
        if reason:
            self.say(one_line(reason, 400), 9)

    def event(self, step: str, event: Event) -> None:
        """Warnings and log lines stay, progress moves; a failure is told where it is raised."""
        match event:
            case Warned(text):
                self.say(f"Note: {one_line(text, 500)}", 5)
            case Log(text):
                self.say(one_line(text, 300), 5)
            case Row("leaderboard", values):
                self.say(_row(values), 7)
            case Progress():
                self._move(_progress(event))

    def found(self, step: str, text: str) -> None:
        """What a look found."""
        self.block(text)

    def confirmed(self, done: Confirmed) -> None:
        """What the step found, and the commit that holds the decision."""
        self.block(done.text)
        self.say(f"Decision kept as commit {done.commit[:10]}.", 5)

    def note(self, text: str) -> None:
        """One line."""
        self.say(text)

    def summary(self, summary: Summary) -> None:
        """Verdict, figures, place, and the real service's answer."""
        self.say("\n" + "-" * 60)
        for name, text in summary_lines(summary):
            self.say(f"{name + ':':<10} {plain(text)}")

    def block(self, text: str) -> None:
        """Markdown as plain text, indented."""
        for line in text.strip().splitlines():
            self.say(line.replace("**", "").replace("`", ""), 5)

    def progress(self, done: float, total: float | None, label: str) -> None:
        """The progress of something outside a step."""
        self._move(_progress(Progress(done, total, label)))

    def say(self, text: str, indent: int = 0, wrap: bool = True) -> None:
        """One line, wrapped to the terminal where there is one."""
        if self._moving:
            print("\r\x1b[K", end="", file=self._out)
            self._moving = False
        width = shutil.get_terminal_size((100, 24)).columns if self._live and wrap else 100_000
        room, pad = max(width - indent - 1, 30), " " * indent
        for line in plain(text).split("\n"):
            fits = len(line) <= room
            for piece in [line] if fits else textwrap.wrap(line, room, subsequent_indent="  "):
                print(f"{pad}{piece}".rstrip(), file=self._out, flush=True)

    def _move(self, text: str) -> None:
        if self._live:
            width = shutil.get_terminal_size().columns - 6
            shown = one_line(text, max(width, 20))
            print(f"\r\x1b[K     {shown}", end="", file=self._out, flush=True)
            self._moving = True


def _row(values: Mapping[str, Any]) -> str:
    score = values.get("score")
    figure = f"{score:.4g}" if isinstance(score, int | float) else str(score)
    return one_line(f"{values.get('name')} ({values.get('kind')}): {figure}")


def _progress(event: Progress) -> str:
    share = f" {event.done / event.total:4.0%}" if event.total else ""
    left = f", about {event.seconds_left:.0f} s left" if event.seconds_left else ""
    return f"{event.label}{share}{left}"
