"""A line chart in braille: a few milliseconds to draw, however many points there are."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from mlops_tui.app.text import fit, lines, number

Points = Sequence[tuple[float, float]]
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_LABEL = 8


class Chart(Widget):
    """Draws the series that moved last in colour over the ones before it.

    Each goes from its first to its last step over the whole width: one may have four folds,
    another a hundred iterations.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.series: dict[str, list[tuple[float, float]]] = {}
        self.points = 0

    def add(self, series: str, x: float, y: float) -> None:
        """Take a point; the series that gets points is the one in front."""
        points = self.series.pop(series, [])
        points.append((x, y))
        self.points += 1
        self.series[series] = points

    def render(self) -> Content:
        """Axis labels, curves, and the names of the curves."""
        width, height = self.content_size.width - _LABEL, self.content_size.height - 1
        shown = dict(list(self.series.items())[-4:])
        if width < 8 or height < 2 or not shown:
            return Content("")
        box = bounds(list(shown.values()))
        front = list(shown)[-1]
        rest = [points for name, points in shown.items() if name != front]
        back = plot(rest, box, width, height)
        top = plot([shown[front]], box, width, height)
        rows = [_row(y, height, box, top[y], back[y]) for y in range(height)]
        last = shown[front][-1]
        label = f"{front}: {number(float(last[1]))} at {number(float(last[0]))}"
        return lines([*rows, Content.styled(" " * _LABEL + fit(label, width), "$accent")])


def _row(y: int, height: int, box: tuple[float, float, float, float],
         top: str, back: str) -> Content:  # fmt: skip
    edge = box[3] if y == 0 else box[2] if y == height - 1 else None
    label = "" if edge is None else number(float(edge))
    parts: list[tuple[str, str]] = [(f"{label:>{_LABEL - 2}} │"[-_LABEL:], "$secondary")]
    for over, under in zip(top, back, strict=True):
        blank = over == "⠀"
        parts.append((under if blank else over, "$secondary" if blank else "$accent"))
    return Content.assemble(*parts)


def bounds(series: Sequence[Points]) -> tuple[float, float, float, float]:
    """Smallest and largest x and y, never an empty range."""
    xs = [x for points in series for x, _ in points]
    ys = [y for points in series for _, y in points]
    low, high = min(ys), max(ys)
    margin = (high - low) * 0.05 or max(abs(high) * 0.05, 1e-6)
    return min(xs), max(*xs, min(xs) + 1), low - margin, high + margin


def plot(
    series: Sequence[Points], box: tuple[float, float, float, float], width: int, height: int
) -> list[str]:
    """The curves as rows of braille, `width` cells each; every curve takes the whole width."""
    cells = [[0] * width for _ in range(height)]
    for points in series:
        own = (points[0][0], max(points[-1][0], points[0][0] + 1), *box[2:])
        dots = [_dot(point, own, width, height) for point in points]
        for index, dot in enumerate(dots):
            _stroke(cells, dots[max(index - 1, 0)], dot)
    return ["".join(chr(0x2800 + cell) for cell in row) for row in cells]


def _dot(
    point: tuple[float, float], box: tuple[float, float, float, float], width: int, height: int
) -> tuple[int, int]:
    left, right, low, high = box
    across = (point[0] - left) / (right - left)
    up = (point[1] - low) / (high - low)
    return round(across * (width * 2 - 1)), round((1 - up) * (height * 4 - 1))


def _stroke(cells: list[list[int]], start: tuple[int, int], end: tuple[int, int]) -> None:
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        x = start[0] + (end[0] - start[0]) * step // steps
        y = start[1] + (end[1] - start[1]) * step // steps
        if 0 <= y // 4 < len(cells) and 0 <= x // 2 < len(cells[0]):
            cells[y // 4][x // 2] |= _DOTS[x % 2][y % 4]


def histogram(counts: Sequence[int], width: int, height: int) -> list[str]:
    """Counts as upright bars, `height` rows of `width` cells at most."""
    if not counts or max(counts) <= 0:
        return []
    wide = max(min(width // len(counts), 4), 1)
    top = max(counts)
    eighths = [max(round(count / top * height * 8), 1 if count else 0) for count in counts]
    blocks = " ▁▂▃▄▅▆▇█"
    return [
        "".join(blocks[min(max(e - (height - 1 - y) * 8, 0), 8)] * wide for e in eighths)[:width]
        for y in range(height)
    ]
