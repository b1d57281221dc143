"""The figures of a profile: what was counted and measured of columns and of the table."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts between neighbouring edges; `len(edges) == len(counts) + 1`."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the texts of a column are, in characters and words."""

    shortest: int
    longest: int
    mean: float
    mean_words: float


@dataclass(frozen=True, slots=True)
class Association:
    """How well a column alone tells the target, on rows it was not fitted to.

    `measure` says on which scale: "AUC" (0.5 is chance, 1 perfect), "share of errors saved" or
    "R²" (0 is no better than always the same answer, 1 perfect).
    """

    score: float
    measure: str


@dataclass(frozen=True, slots=True)
class Outliers:
    """Numbers beyond Tukey's outer fences: three interquartile ranges below or above the quartiles.

    Source: Tukey, Exploratory Data Analysis, 1977. `count` of them are below `low` or above
    `high`, in all rows; `part` is their part of the sum of squared distances from the median.
    """

    count: int
    low: float
    high: float
    part: float


@dataclass(frozen=True, slots=True)
class TargetProfile:
    """How the answer column is spread: classes with counts, or None for a continuous one."""

    name: str
    missing: int
    classes: tuple[tuple[Value, int], ...] | None
    n_classes: int


@dataclass(frozen=True, slots=True)
class Correlation:
    """Two numeric columns and Spearman's rank correlation between them."""

    first: str
    second: str
    rho: float


@dataclass(frozen=True, slots=True)
class Correlations:
    """The strongest pairs, from a sample of `rows` rows and `columns` columns.

    `left_out` numeric columns were not looked at, since there are too many.
    """

    rows: int
    columns: int
    left_out: int
    pairs: tuple[Correlation, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeCoverage:
    """How far and how densely the time column reaches; steps and gaps are in seconds.

    A step lies between neighbouring different moments: the median one is usual, 99 of 100 are at
    most `usual_longest`. Not `exact` means that the moments are those of the sample.
    """

    column: str
    first: str
    last: str
    moments: int
    usual_step: float
    usual_longest: float
    longest_gap: float
    gap_from: str
    gap_to: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Deduction:
    """What one finding takes from the score, and how that comes about."""

    finding: str
    columns: tuple[str, ...]
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Quality:
    """100 less the points of all deductions, which never take more than there are left."""

    score: int = 100
    deductions: tuple[Deduction, ...] = ()

    def of(self, finding: str, columns: tuple[str, ...]) -> Deduction | None:
        """What this finding takes, if anything."""
        same = (one for one in self.deductions if (one.finding, one.columns) == (finding, columns))
        return next(same, None)
