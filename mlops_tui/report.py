"""What a journey without a full screen tells: lines for a person, or one JSON object a line."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol, TextIO

from mlops_tui.events import Event, Failed, Log, Progress, Row, Warned, dump
from mlops_tui.journey import Confirmed, Place, Question
from mlops_tui.profile.words import printable


def plain(text: object) -> str:
    """The text with everything escaped that a terminal would act on instead of showing.

    Names and cells come from files of strangers: a column name can hold an escape sequence.
    """
    return "\n".join(printable(line) for line in str(text).split("\n"))


def one_line(text: object, width: int = 200) -> str:
    """The text on one line, cut where it gets too long to read."""
    flat = " ".join(plain(text).split())
    return flat if len(flat) <= width else flat[: width - 3] + "..."


def shown(value: Any) -> str:
    """An answer as a person would write it."""
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return one_line(", ".join(f"{key}: {item}" for key, item in value.items()), 300)
    if isinstance(value, list | tuple):
        return one_line(", ".join(str(item) for item in value) or "(none)", 300)
    if isinstance(value, float):
        return f"{value:g}"
    return one_line(value)


@dataclass(frozen=True, slots=True)
class Summary:
    """The last line of a journey: what came out of it."""

    project: str
    task: str | None = None
    verdict: str | None = None
    verdict_columns: list[str] = field(default_factory=list)
    metrics: dict[str, Any] = field(default_factory=dict)
    baseline: dict[str, Any] = field(default_factory=dict)
    service: dict[str, Any] = field(default_factory=dict)
    commit: str | None = None
    next_step: str | None = None


class Reporter(Protocol):
    """Who is told what happens on a journey."""

    def begin(self, place: Place, question: str) -> None:
        """A step begins."""

    def answer(self, step: str, question: Question, value: Any) -> None:
        """A question was answered."""

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


class JsonLines:
    """One JSON object a line on stdout, for programs; the last is the summary."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout

    def begin(self, place: Place, question: str) -> None:
        """`{"type": "step", ...}`."""
        self.tell(
            {"type": "step", "step": place.step, "number": place.number, "phase": place.phase}
        )

    def answer(self, step: str, question: Question, value: Any) -> None:
        """`{"type": "answer", ...}` with the reason of a recommended answer."""
        told = {"type": "answer", "step": step, "field": question.name, "value": value}
        self.tell({**told, "recommended": question.recommended, "reason": question.reason})

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


class Lines:
    """Plain lines for a person; on a terminal the last one moves with the progress."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._live = self._out.isatty()
        self._moving = False

    def begin(self, place: Place, question: str) -> None:
        """The step's number, title and question."""
        self.say(f"\n[{place.number:2}/13] {place.title}: {question}")

    def answer(self, step: str, question: Question, value: Any) -> None:
        """The answer, and why it was recommended."""
        self.say(f"{question.label}: {shown(value)}", 5)
        if question.reason and value == question.recommended:
            self.say(one_line(question.reason, 400), 9)

    def event(self, step: str, event: Event) -> None:
        """Warnings and log lines stay, progress moves."""
        match event:
            case Warned(text):
                self.say(f"Note: {one_line(text, 500)}", 5)
            case Failed(what, why, do):
                self.say(one_line(" ".join(part for part in (what, why, do) if part), 900), 5)
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
        for name, text in _summary_lines(summary):
            self.say(f"{name + ':':<10} {plain(text)}")

    def block(self, text: str) -> None:
        """Markdown as plain text, indented."""
        for line in text.strip().splitlines():
            self.say(line.replace("**", "").replace("`", ""), 5)

    def say(self, text: str, indent: int = 0) -> None:
        """One line, wrapped to the terminal where there is one."""
        if self._moving:
            print("\r\x1b[K", end="", file=self._out)
            self._moving = False
        width = shutil.get_terminal_size((100, 24)).columns if self._live else 100_000
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


VERDICTS = {
    "ml": "machine learning earns its keep",
    "rule": "a simple rule is enough",
    "no_signal": "the data cannot answer this, no better than chance",
    "leak": "too good to be true, check these columns",
    "not_enough_data": "not enough data to say",
}


def _summary_lines(summary: Summary) -> list[tuple[str, str]]:
    verdict = VERDICTS.get(summary.verdict or "", summary.verdict or "not reached yet")
    columns = f" ({', '.join(summary.verdict_columns)})" if summary.verdict_columns else ""
    lines = [("Verdict", verdict + columns)]
    if summary.metrics:
        lines.append(("Model", _figures(summary.metrics)))
    if summary.baseline:
        lines.append(("Without ML", _figures(summary.baseline)))
    lines.append(("Project", f"{summary.project} (commit {(summary.commit or '')[:10]})"))
    if summary.service:
        lines.append(("Asked", _compact(summary.service.get("request"))))
        answer = _compact(summary.service.get("response"))
        lines.append(("Service", f"HTTP {summary.service.get('status')} {answer}"))
    if summary.next_step:
        lines.append(("Next", f"the step '{summary.next_step}': mlops-tui {summary.project}"))
    elif summary.service:
        lines.append(("Next", f"cd '{summary.project}' and read README.md; `make serve` runs it"))
    return lines


def _figures(figures: Mapping[str, Any]) -> str:
    interval = ""
    if figures.get("low") is not None and figures.get("high") is not None:
        interval = f" ({figures['low']:.4g} to {figures['high']:.4g})"
    metric = figures.get("metric", "")
    name = f"{figures['name']}, " if figures.get("name") else ""
    score = figures.get("score")
    told = f"{score:.4g}" if isinstance(score, int | float) else str(score)
    return f"{name}{metric} {told}{interval}".strip()


def _compact(value: Any) -> str:
    return one_line(json.dumps(value, ensure_ascii=False, default=str), 600)
