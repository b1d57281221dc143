"""Sums that are the same however the rows are shared out among threads.

Floats added up in another order give another sum, and what a project tracks must not hang on the
number of cores. So every value is placed between 0 and 1 and counted in steps of 2**-60: whole
numbers add up to the same in any order. It costs less than DuckDB's `avg` with `stddev_samp`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor, isfinite, log10, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlops_tui.profile.measures import Figures

STEPS = 1 << 60
"""How many steps make 1: more than the 53 bits of a float can tell apart."""
_DIGITS = 15


def total(part: str) -> str:
    """SQL for the sum of `part`, a float from -1 to 1, in steps; no sum of floats repeats so."""
    return f"sum(({part} * {STEPS})::BIGINT)"


def sql(value: float) -> str:
    """`value` as a DOUBLE in SQL, where 0.5 alone would be a DECIMAL."""
    return f"'{value!r}'::DOUBLE"


def place(x: str, low: str, reach: str, whole: bool) -> str:
    """SQL for where `x` is between the smallest (0) and the largest (1); see `Span.terms`."""
    return f"(({x} - {low}) / {reach})" if whole else f"(({x} / 2 - {low}) / {reach})"


@dataclass(frozen=True, slots=True)
class Span:
    """From the smallest to the largest number of a column; both whole for one of whole numbers."""

    low: float
    high: float

    @property
    def half(self) -> float:
        """Half of how far it reaches, which a float can hold even where the whole is too much."""
        if isinstance(self.low, int) and isinstance(self.high, int):
            return (self.high - self.low) / 2
        return self.high / 2 - self.low / 2

    @property
    def reaches(self) -> bool:
        """Is there anything between its ends?"""
        return isfinite(self.half) and self.half > 0

    @property
    def whole(self) -> bool:
        """Are its numbers whole? Then they are taken from one another before they are floats."""
        return isinstance(self.low, int)

    @property
    def terms(self) -> tuple[str, str]:
        """What `place` takes away, and what it divides by."""
        if not self.whole:
            return sql(self.low / 2), sql(self.half)
        # 64 bits hold any whole number here, though not every difference of two.
        type_ = "HUGEINT" if self.high - self.low >= 1 << 63 else "BIGINT"
        return f"({self.low})::{type_}", sql(2 * self.half)

    def moments(self, n: int, first: int, second: int) -> tuple[float, float | None]:
        """Mean and sample standard deviation of `n` numbers.

        `first` and `second` are the totals of their places and of the squares of these.
        """
        mean = Fraction(self.low) + Fraction(self.half) * Fraction(2 * first, n * STEPS)
        squares = Fraction(second, STEPS) - Fraction(first, STEPS) ** 2 / n
        spread = self.half * (2 * sqrt(max(float(squares) / (n - 1), 0.0))) if n > 1 else None
        # What is left of rounding: the mean of a centred column is 0, and not 1.8e-17.
        told = round(mean, _DIGITS - 1 - floor(log10(self.half)))
        return float(told), spread if spread is None or isfinite(spread) else None


def spans(figures: list[Figures], own: Iterable[int]) -> dict[int, Span]:
    """The columns to be added up, by their ends; of the others all values are the same."""
    made = {}
    for i in own:
        low, high, n = figures[i].minimum, figures[i].maximum, figures[i].present
        if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
            continue
        span = Span(low, high)
        if span.reaches:
            made[i] = span
        elif low == high:
            figures[i].mean, figures[i].stddev = float(low), 0.0 if n > 1 else None
    return made
