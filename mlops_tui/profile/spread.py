"""How the numbers of a column spread: quantiles, histogram, outliers.

Where a column has few different values, counting them tells everything and costs far less than
sorting it. Where they were all counted before, in all rows, the figures are exact at any size.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from mlops_tui.profile import exact
from mlops_tui.profile.figures import Histogram, Outliers
from mlops_tui.profile.texts import batches

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from mlops_tui.profile.measures import Figures

BINS = 20
SHARES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
QUANTILES = str(list(SHARES))
_FENCE = 3.0
_COUNTABLE = 5_000
# The squares of larger numbers overflow.
_HUGE = 1e150
Fences = dict[int, tuple[float, float, float]]


def fill(con: DuckDBPyConnection, figures: list[Figures], own: list[int], relation: str) -> None:
    """Fill in the numeric columns `own`, their frequent values being counted already.

    `relation` is where quantiles and histograms are taken from; outliers are counted in `t`.
    """
    many: list[int] = []
    for i in own:
        f = figures[i]
        if counted(f):
            _from_counts(f, sorted((float(value or 0), n) for value, n in f.top))
        elif f.distinct <= _COUNTABLE:
            _from_counts(f, _counts(con, i, relation))
        else:
            many.append(i)
    _quantiles(con, figures, many, relation)
    _histograms(con, figures, many, relation)
    _outliers(con, figures, own)


def _counts(con: DuckDBPyConnection, i: int, relation: str) -> list[tuple[float, int]]:
    """All values and how often they come: far cheaper than to sort the column for quantiles."""
    return con.execute(
        f"SELECT c{i}::DOUBLE, count(*) FROM {relation} WHERE c{i} IS NOT NULL "
        f"GROUP BY ALL ORDER BY 1"
    ).fetchall()


def counted(figures: Figures) -> bool:
    """Are all values of the column among its frequent ones?"""
    return 0 < figures.distinct == len(figures.top)


def ends(figures: Figures) -> tuple[float, float] | None:
    """The smallest and largest value, where they differ and a histogram can be drawn."""
    if not isinstance(figures.minimum, (int, float)) or figures.maximum is None:
        return None
    low, high = float(figures.minimum), float(figures.maximum)
    drawn = abs(low) < 1e300 and abs(high) < 1e300 and (high - low) / BINS > 0
    return (low, high) if drawn else None


def histogram(figures: Figures, bins: dict[int, int]) -> Histogram:
    """The counted bins with the edges between smallest and largest value."""
    low, high = float(figures.minimum or 0), float(figures.maximum or 0)
    edges = tuple(low + (high - low) * k / BINS for k in range(BINS + 1))
    return Histogram(edges, tuple(int(bins.get(k, 0)) for k in range(BINS)))


def _from_counts(figures: Figures, ranked: list[tuple[float, int]]) -> None:
    """Quantiles and histogram of values with their counts, the smallest value first."""
    ends_of = list(accumulate(n for _, n in ranked))
    if not ends_of:
        return
    values = [value for value, _ in ranked]
    made = []
    for share in SHARES:
        place = share * (ends_of[-1] - 1)
        low, high = (values[bisect_right(ends_of, int(k))] for k in (floor(place), ceil(place)))
        part = place - floor(place)
        made.append(low * (1 - part) + high * part)
    figures.quantiles = tuple(made)
    span = ends(figures)
    if span is not None:
        size = (span[1] - span[0]) / BINS
        bins: dict[int, int] = {}
        for value, n in ranked:
            b = min(floor((value - span[0]) / size), BINS - 1)
            bins[b] = bins.get(b, 0) + n
        figures.histogram = histogram(figures, bins)


def _quantiles(
    con: DuckDBPyConnection, figures: list[Figures], own: Iterable[int], relation: str
) -> None:
    for batch in batches(own, 100):
        picked = ", ".join(f"quantile_cont(c{i}, {QUANTILES})" for i in batch)
        row = con.execute(f"SELECT {picked} FROM {relation}").fetchone() or ()
        for i, found in zip(batch, row, strict=True):
            figures[i].quantiles = tuple(float(q) for q in found or ())


def _histograms(
    con: DuckDBPyConnection, figures: list[Figures], own: Iterable[int], relation: str
) -> None:
    parts: list[str] = []
    for i in own:
        span = ends(figures[i])
        if span is not None:
            low, size = span[0], (span[1] - span[0]) / BINS
            b = f"least(floor((c{i}::DOUBLE - {low!r}) / {size!r}), {BINS - 1})"
            parts.append(
                f"SELECT {i} AS i, {b}::INTEGER AS b, count(*) AS n FROM {relation} "
                f"WHERE c{i} BETWEEN {low!r} AND {span[1]!r} GROUP BY b"
            )
    for batch in batches(range(len(parts)), 40):
        found: dict[int, dict[int, int]] = {}
        for i, b, n in con.execute(" UNION ALL ".join(parts[j] for j in batch)).fetchall():
            found.setdefault(i, {})[b] = n
        for i, bins in found.items():
            figures[i].histogram = histogram(figures[i], bins)


def fences(figures: Figures) -> tuple[float, float, float] | None:
    """Lower fence, upper fence, median; None where half of the values are the same."""
    if len(figures.quantiles) != len(SHARES) or ends(figures) is None:
        return None
    low, middle, high = figures.quantiles[2:5]
    span = high - low
    if span <= 0 or max(abs(float(figures.minimum or 0)), abs(float(figures.maximum or 0))) > _HUGE:
        return None
    return low - _FENCE * span, high + _FENCE * span, middle


def noted(figures: Figures, fence: tuple[float, float, float], found: tuple[Any, ...]) -> None:
    """Keep what was found: how many outliers, their sum of squares, that of all values."""
    count, own, every = found
    part = round((own or 0) / every, 4) if every else 0.0
    figures.outliers = Outliers(int(count), fence[0], fence[1], part)


def wanted(figures: list[Figures], own: Iterable[int]) -> Fences:
    """The columns with values outside, to be counted; the others are noted as having none."""
    made: Fences = {}
    for i in own:
        fence = fences(figures[i])
        if fence is None:
            continue
        if float(figures[i].minimum or 0) < fence[0] or float(figures[i].maximum or 0) > fence[1]:
            made[i] = fence
        else:
            noted(figures[i], fence, (0, 0, 0))
    return made


def _outliers(con: DuckDBPyConnection, figures: list[Figures], own: Iterable[int]) -> None:
    """Count the values outside the fences in all rows of `t`, in one scan."""
    outside = wanted(figures, own)
    for batch in batches(outside, 50):
        told = ((*outside[i], reach(figures[i], outside[i])) for i in batch)
        parts = (map(exact.sql, part) for part in told)
        picked = ", ".join(outliers_sql(f"c{i}", *p) for i, p in zip(batch, parts, strict=True))
        row = con.execute(f"SELECT {picked} FROM t").fetchone() or ()
        for k, i in enumerate(batch):
            noted(figures[i], outside[i], tuple(row[3 * k : 3 * k + 3]))


def reach(figures: Figures, fence: tuple[float, float, float]) -> float:
    """How far the farthest value is from the median."""
    return max(abs(float(end or 0) - fence[2]) for end in (figures.minimum, figures.maximum))


def outliers_sql(x: str, low: str, high: str, middle: str, far: str) -> str:
    """SQL for what `noted` takes; distances from the median are parts of the farthest one."""
    part = f"(({x}::DOUBLE - {middle}) / {far})"
    square = f"{part} * {part}"
    out = f"{x} < {low} OR {x} > {high}"
    inside = f"CASE WHEN {out} THEN {square} END"
    return f"count_if({out}), {exact.total(inside)}, {exact.total(square)}"
