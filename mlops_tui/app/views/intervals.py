"""Scores with how sure they are, drawn on one scale; and counts of right and wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content
from textual.widget import Widget

from mlops_tui.app.board import table
from mlops_tui.app.text import bar, lines, number, pad


@dataclass(frozen=True, slots=True)
class Span:
    """A score between two ends."""

    name: str
    value: float
    low: float
    high: float
    strong: bool = False


class Intervals(Widget):
    """A dot for each score, a line for its interval."""

    def __init__(self, title: str, spans: Sequence[Span]) -> None:
        super().__init__(classes="view")
        self.heading = title
        self.spans = spans
        self.styles.height = len(spans) + 2

    def render(self) -> Content:
        """One line a score, the scale below."""
        width = min(self.content_size.width - 1, 100)
        name = min(max((len(span.name) for span in self.spans), default=8), width // 3)
        room = width - name - 12
        low = min(span.low for span in self.spans)
        high = max(span.high for span in self.spans)
        if room < 10 or high <= low:
            return Content(self.heading)
        drawn = [Content.styled(self.heading, "bold")]
        drawn += [_line(span, name, room, low, high) for span in self.spans]
        scale = f"{number(float(low))}{number(float(high)):>{room - len(number(float(low)))}}"
        return lines([*drawn, Content.styled(" " * (name + 11) + scale, "$secondary")])


def _line(span: Span, name: int, room: int, low: float, high: float) -> Content:
    def place(value: float) -> int:
        return round((value - low) / (high - low) * (room - 1))

    cells = [" "] * room
    for at in range(place(span.low), place(span.high) + 1):
        cells[at] = "─"
    if span.high > span.low:
        cells[place(span.low)], cells[place(span.high)] = "├", "┤"
    cells[place(span.value)] = "●" if span.strong else "○"
    style = "$accent" if span.strong else "$secondary"
    head = f"{pad(span.name, name)} {pad(number(float(span.value)), 9, True)} "
    return Content.assemble((head, "bold" if span.strong else ""), ("".join(cells), style))


class Picture(Widget):
    """Lines that depend on the width."""

    def __init__(self, told: Content, height: int) -> None:
        super().__init__(classes="view")
        self.told = told
        self.styles.height = height

    def render(self) -> Content:
        """The lines."""
        return self.told


def scores(facts: Mapping[str, Any]) -> Intervals | None:
    """The model, the best without ML, and the constant, on rows nobody trained on."""
    spans = [
        _span(facts.get("model"), "the model", strong=True),
        _span(facts.get("baseline"), f"{_name(facts.get('baseline'))} (no ML)"),
        _span(facts.get("constant"), "always the same"),
    ]
    found = [span for span in spans if span]
    better = "higher" if facts.get("higher_is_better", True) else "lower"
    title = f"{facts.get('metric', 'score')}, {better} is better"
    return Intervals(title, found) if len(found) > 1 else None


def ranking(facts: Mapping[str, Any], most: int = 8) -> Intervals | None:
    """The leaderboard, each score with the spread over its folds."""
    rows = facts.get("leaderboard") or []
    kept = rows[:most] + [row for row in rows[most:] if row.get("kind") == "baseline"]
    spans = []
    for place, row in enumerate(kept):
        score, spread = float(row["score"]), float(row.get("spread") or 0)
        no_ml = " (no ML)" if row.get("kind") == "baseline" else ""
        spans.append(
            Span(f"{row['name']}{no_ml}", score, score - spread, score + spread, place == 0)
        )
    better = "higher" if facts.get("higher_is_better", True) else "lower"
    title = f"{facts.get('metric', 'score')}, {better} is better"
    return Intervals(title, spans) if len(spans) > 1 else None


def leans_on(facts: Mapping[str, Any], width: int = 58) -> Picture | None:
    """The columns that the model leans on most."""
    rows = [row for row in facts.get("importance") or [] if row["drop"] > 0][:5]
    if not rows:
        return None
    top = float(rows[0]["drop"])
    name = max(min(max(len(str(row["column"])) for row in rows), 24), 8)
    told = [Content.styled("what it leans on: score lost without the column", "bold")]
    for row in rows:
        drawn = bar(row["drop"] / top, width - name - 12).replace("░", " ")
        figure = number(float(row["drop"]))
        told.append(Content.assemble(f"{pad(row['column'], name)} {figure:>8}  ",
                                     (drawn, "$accent")))  # fmt: skip
    return Picture(lines(told), len(told))


def confusion(facts: Mapping[str, Any], width: int = 58) -> Picture | None:
    """Really this, said that: for more than two kinds (two are told in words)."""
    found = facts.get("confusion") or {}
    labels = [str(label) for label in found.get("labels") or []]
    if not 2 < len(labels) <= 12:
        return None
    cell = max(4, min(10, (width - 14) // len(labels) - 2))
    heads = ["really \\ said", *(label[:cell] for label in labels)]
    rows = [[label, *(f"{count:,}" for count in counts)]
            for label, counts in zip(labels, found["counts"], strict=True)]  # fmt: skip
    return Picture(table(heads, rows, width), len(rows) + 1)


def _name(found: Any) -> str:
    return str(found.get("name", "baseline")) if found else ""


def _span(found: Any, name: str, strong: bool = False) -> Span | None:
    if not found or found.get("score") is None:
        return None
    score = float(found["score"])
    return Span(name, score, float(found.get("low") or score), float(found.get("high") or score),
                strong)  # fmt: skip
