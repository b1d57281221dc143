"""The view of running work: progress, curve, leaderboard, log, and a way to stop it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mlops_tui.app.board import board
from mlops_tui.app.chart import Chart
from mlops_tui.app.page import Page, Way
from mlops_tui.app.text import bar, duration, fit, lines
from mlops_tui.events import Event, Failed, Log, Metric, Progress, Result, Row, Started, Warned

DRAWS_PER_SECOND = 4.5
LOG_LINES = 200


class WorkPage(Page):
    """Draws what the work reports, a few times a second however much arrives."""

    goes_on = False

    def __init__(self, title: str, commands: tuple[str, ...], stop: Way) -> None:
        super().__init__(back=stop)
        self.title = title
        self.commands = commands
        self._arrived: deque[Event] = deque()
        self._log: deque[str] = deque(maxlen=LOG_LINES)
        self._warnings: list[str] = []
        self._boards: dict[str, dict[str, dict[str, Any]]] = {}
        self._progress = Progress(0)
        self._command = ""
        self._began = time.monotonic()
        self.facts: Mapping[str, Any] = {}
        self.stopping = False

    def take(self, event: Event) -> None:
        """Keep an event for the next drawing; safe from any thread."""
        if isinstance(event, Result):
            self.facts = event.facts
        self._arrived.append(event)

    def compose(self) -> ComposeResult:
        """From the most to the least important."""
        yield Static(Content(self.title), classes="question")
        yield Static(id="work-command", classes="runs")
        yield Static(id="work-progress")
        yield Static(id="work-warnings")
        yield Chart(id="work-chart")
        yield Static(id="work-board")
        yield Static(id="work-log")

    def on_mount(self) -> None:
        """Draw now and then at a steady, low rate."""
        self.query_one(Chart).display = False
        self._draw()
        self.set_interval(1 / DRAWS_PER_SECOND, self._draw)

    async def backward(self) -> None:
        """Say at once that the stop key was heard, then stop."""
        self.stopping = True
        self._draw()
        await super().backward()

    def _draw(self) -> None:
        if not self.screen.is_current:
            return  # under the help or the history: what arrives is drawn when this is seen again
        chart = self.query_one(Chart)
        points = chart.points
        while self._arrived:
            self._absorb(self._arrived.popleft())
        if chart.points != points:
            chart.display = True
            chart.refresh()
        command = self._command or (self.commands[0] if self.commands else "")
        width = max(self.content_size.width - 2, 20)
        self._put("work-command", Content(fit(f"$ {command}", width) if command else ""))
        self._put("work-progress", self._progress_lines(width))
        warned = [Content.styled(fit(f"! {told}", width), "$warning") for told in self._warnings]
        self._put("work-warnings", lines(warned[-3:]))
        room = max(self.size.height - (9 if not chart.series else chart.size.height + 10), 3)
        tables = [board(name, rows, width, room) for name, rows in self._boards.items()]
        self._put("work-board", lines(tables))
        room = max(self.query_one("#work-log").size.height, 3)
        self._put("work-log", lines([Content(fit(t, width)) for t in list(self._log)[-room:]]))

    def _put(self, name: str, told: Content) -> None:
        place = self.query_one(f"#{name}", Static)
        place.display = bool(told.plain)
        if told.plain != getattr(place, "told", None):
            place.told = told.plain  # type: ignore[attr-defined]
            place.update(told)

    def _progress_lines(self, width: int) -> Content:
        seen, spent = self._progress, time.monotonic() - self._began
        label = "Stopping…" if self.stopping else seen.label or "Working…"
        times = f"{duration(spent)} so far"
        if seen.seconds_left is not None and not self.stopping:
            times += f", about {duration(seen.seconds_left)} left"
        if seen.total:
            share = min(seen.done / seen.total, 1.0)
            told = f"{share:>4.0%}  {times}"
            drawn = bar(share, max(min(width - len(told) - 2, 40), 8))
        else:
            told = times
            drawn = "·" * (int(spent * 2) % 8 + 1)
        return Content.assemble((fit(label, width), "bold"), "\n", (drawn, "$accent"), f" {told}")

    def _absorb(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._progress = event
        elif isinstance(event, Metric):
            self.query_one(Chart).add(event.series, event.step, event.value)
        elif isinstance(event, Row):
            rows = self._boards.setdefault(event.table, {})
            rows[str(event.values.get("name", len(rows)))] = dict(event.values)
        elif isinstance(event, Log):
            self._log.append(event.text)
        elif isinstance(event, Warned):
            self._warnings.append(event.text)
        elif isinstance(event, Failed):
            self._warnings.append(event.what)
        elif isinstance(event, Started):
            self._started(event.command)

    def _started(self, command: str) -> None:
        named = next((line for line in self.commands if f" {command}" in f" {line}"), command)
        self._command = named
        self._log.append(f"$ {named}")
        self._progress = Progress(0)
