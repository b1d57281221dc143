"""Small words: text cut to a width, numbers and durations as people read them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from mlops_tui.profile.printing import printable

BAR = "▏▎▍▌▋▊▉█"
HEIGHTS = " ▁▂▃▄▅▆▇█"


def fit(text: object, width: int) -> str:
    """`text` on one safe line of at most `width` cells, cut with an ellipsis."""
    shown = printable(text)
    if cell_len(shown) <= width:
        return shown
    return set_cell_size(shown, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def pad(text: object, width: int, right: bool = False) -> str:
    """`text` in exactly `width` cells."""
    shown = fit(text, width)
    space = " " * (width - cell_len(shown))
    return space + shown if right else shown + space


def number(value: Any) -> str:
    """A figure for a person: four significant digits, thousands apart."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        if value and abs(value) >= 1000:
            return f"{value:,.0f}"
        return f"{value:.4g}"
    return printable(value)


def duration(seconds: float) -> str:
    """`75` as "1 min 15 s"."""
    whole = max(int(seconds + 0.5), 0)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def bar(share: float, width: int) -> str:
    """A bar of exactly `width` cells, filled to `share`, with a track that shows its end."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (BAR[rest - 1] if rest else "")
    return drawn + "░" * (width - len(drawn))


def spark(counts: tuple[int, ...], width: int = 12) -> str:
    """Counts as a row of blocks, at most `width` of them."""
    if width < 1 or not counts or max(counts) <= 0:
        return ""
    if len(counts) > width:
        edges = [round(i * len(counts) / width) for i in range(width + 1)]
        counts = tuple(sum(counts[a:b]) for a, b in pairwise(edges))
    top = max(counts)
    return "".join(HEIGHTS[max(1, round(8 * n / top))] if n else " " for n in counts)


def lines(parts: list[Content]) -> Content:
    """Contents under one another."""
    return Content("\n").join(parts)
