"""What is counted and measured of one column, while it is being measured."""

from __future__ import annotations

from dataclasses import dataclass

from mlops_tui.profile.figures import Histogram, Lengths, Outliers, Value


@dataclass(slots=True)
class Figures:
    """What was counted and measured of one column."""

    present: int = 0
    distinct: int = 0
    distinct_exact: bool = True
    minimum: Value = None
    maximum: Value = None
    mean: float | None = None
    stddev: float | None = None
    quantiles: tuple[float, ...] = ()
    top: tuple[tuple[Value, int], ...] = ()
    histogram: Histogram | None = None
    lengths: Lengths | None = None
    outliers: Outliers | None = None
    monotone: bool = False
