"""How well one column alone tells the answer, judged on rows it was not fitted to.

The column is cut into bins (or taken level by level), each bin answers what its own rows of
one half had, and the other half is scored; both halves in turn. Missing is a bin of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from mlops_tui.profile.sample import Codes, Floats, Values

MEASURE = {"binary": "AUC", "multiclass": "share of errors saved", "regression": "R²"}
"""What a score is called, by the kind of question."""
_MOST_BINS = 100
_ROWS_A_BIN = 15
_CLASSES = 20
_FEWEST_OWNERS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """The target of the sample: classes as codes 0, 1, … or numbers; rows without it left out."""

    kind: str
    codes: Codes
    numbers: Floats
    keep: Codes
    half: Codes


def answer(values: Values, task: str, owners: Codes | None = None) -> Answer:
    """The target column, ready for scoring.

    All rows of one owner (a customer, a patient) are in the same half, where there are enough
    owners: else what never changes for an owner would tell the owner's answers from each other.
    """
    keep = np.flatnonzero(~values.missing)
    half = _halves(np.arange(len(keep)) if owners is None else owners[keep])
    if task == "regression" and values.numbers is not None:
        numbers = values.numbers[keep]
        return Answer("regression", np.zeros(0, np.int64), numbers, keep, half)
    _, codes, counts = np.unique(values.codes[keep], return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(counts), np.int64)
    rank[order] = np.arange(len(counts))
    codes = np.minimum(rank[codes], _CLASSES - 1)
    kind = "binary" if len(counts) == 2 else "multiclass"
    return Answer(kind, codes, np.zeros(0), keep, half)


def _halves(owners: Codes) -> Codes:
    """0 or 1 for each row; the same for the rows of one owner."""
    _, owner = np.unique(owners, return_inverse=True)
    count = int(owner.max(initial=-1)) + 1
    if count < _FEWEST_OWNERS:
        owner, count = np.arange(len(owners)), len(owners)
    drawn: Codes = np.random.default_rng(7).permutation(count) % 2
    return drawn[owner]


def score(values: Values, target: Answer) -> float:
    """AUC for two classes, share of the errors saved for more, R² for numbers.

    A number is asked for a number with a straight line, too: with few rows bins are too coarse to
    show a copy.
    """
    predicted = _predicted(_bins(values, target), target)
    if target.kind == "regression":
        found = r2(target.numbers, predicted[:, 0])
        return found if values.numbers is None else max(found, _by_line(values.numbers, target))
    if target.kind == "binary":
        return auc(target.codes == 1, predicted[:, 1])
    right = float(np.mean(predicted.argmax(axis=1) == target.codes))
    majority = float(np.bincount(target.codes).max() / max(len(target.codes), 1))
    return (right - majority) / (1 - majority) if majority < 1 else 0.0


def _by_line(numbers: Floats, target: Answer) -> float:
    """R² of a straight line that was fitted to the rows of the other half (least squares)."""
    x, y = numbers[target.keep], target.numbers
    told = np.full(len(y), y.mean())
    for side in (0, 1):
        learn = (target.half == side) & np.isfinite(x)
        tell = (target.half != side) & np.isfinite(x)
        middle, height = (v[learn].mean() if learn.any() else 0.0 for v in (x, y))
        away = x[learn] - middle
        spread = float((away**2).sum())
        if spread > 0 and np.isfinite(spread):
            slope = float((away * (y[learn] - height)).sum()) / spread
            told[tell] = height + slope * (x[tell] - middle)
    return r2(y, told) if np.isfinite(told).all() else 0.0


def _bins(values: Values, target: Answer) -> Codes:
    """A bin number for every row, from 0 for missing on."""
    codes = values.codes[target.keep]
    size = max(len(codes) // 2, 1)
    if values.numbers is None or values.levels <= min(_MOST_BINS, size // 5):
        return codes + 1
    numbers = values.numbers[target.keep]
    count = int(np.clip(size // _ROWS_A_BIN, 2, _MOST_BINS))
    present = numbers[~np.isnan(numbers)]
    edges, often = np.unique(
        np.quantile(present, np.linspace(0, 1, count + 1)[1:-1]), return_counts=True
    )
    # A value that fills several bins gets one of its own: 0 must not share one with 0.01.
    edges = np.unique(np.concatenate([edges, np.nextafter(edges[often > 1], np.inf)]))
    bins: Codes = np.where(codes < 0, 0, np.searchsorted(edges, numbers, side="right") + 1)
    return bins


def _predicted(bins: Codes, target: Answer) -> Floats:
    """For each row what the rows of its bin in the other half say."""
    if target.kind == "regression":
        wanted = target.numbers[:, None]
    else:
        wanted = np.eye(int(target.codes.max(initial=1)) + 1)[target.codes]
    made = np.zeros_like(wanted, dtype=float)
    _, bins = np.unique(bins, return_inverse=True)
    n = int(bins.max(initial=0)) + 1
    for side in (0, 1):
        learn, tell = target.half == side, target.half != side
        prior = wanted[learn].mean(axis=0) if learn.any() else wanted.mean(axis=0)
        count = np.bincount(bins[learn], minlength=n).astype(float)[:, None]
        total = np.column_stack(
            [np.bincount(bins[learn], weights=column[learn], minlength=n) for column in wanted.T]
        )
        # Some rows' worth of the overall answer keep single rows from sounding certain.
        weight = 1.0
        if target.kind == "regression":
            weight = _prior_rows(wanted[learn, 0] - prior, total - count * prior, count)
        made[tell] = ((total + weight * prior) / (count + weight))[bins[tell]]
    return made


def _prior_rows(numbers: Floats, total: Floats, count: Floats) -> float:
    """How many rows the overall mean is worth: the variance within bins by that between them.

    All are given as distances from that mean. At most one; less where the bins are pure, or
    small bins would hide what they tell (empirical Bayes, as in Efron and Morris 1975).
    """
    used = count > 0
    within = float((numbers**2).sum() - (total[used] ** 2 / count[used]).sum())
    within /= max(len(numbers) - int(used.sum()), 1)
    between = max(float(numbers.var()) - within, 1e-12)
    few = len(numbers) < 2 * int(used.sum())
    return 1.0 if few else float(np.clip(within / between, 0.01, 1.0))


def r2(truth: Floats, predicted: Floats) -> float:
    """The share of the variance that `predicted` explains; 0 where there is none."""
    spread = float(np.sum((truth - truth.mean()) ** 2)) if len(truth) else 0.0
    return 1 - float(np.sum((truth - predicted) ** 2)) / spread if spread > 0 else 0.0


def auc(positive: np.ndarray, scored: Floats) -> float:
    """The chance that a positive row is scored above a negative one; ties count half."""
    n1, n0 = int(positive.sum()), int((~positive).sum())
    if not n1 or not n0:
        return 0.5
    _, inverse, counts = np.unique(scored, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    return float((middle[inverse][positive].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def lowest_believable(found: float, target: Answer, tried: int) -> float:
    """The lower end of what `found` may really be, given how many columns were tried."""
    z = NormalDist().inv_cdf(1 - 0.05 / max(tried, 1))
    n = max(len(target.keep), 2)
    if target.kind == "binary":
        n1 = max(int((target.codes == 1).sum()), 1)
        n0 = max(n - n1, 1)
        q1, q2 = found / (2 - found), 2 * found**2 / (1 + found)
        spread = found * (1 - found) + (n1 - 1) * (q1 - found**2) + (n0 - 1) * (q2 - found**2)
        # Even a perfect score on few rows could be luck: one more row may have been wrong.
        return found - z * float(np.sqrt(max(spread, 0.0) / (n1 * n0))) - 1.0 / min(n1, n0)
    return found - z * float(np.sqrt(max(found * (1 - found), 0.0) / n)) - 1.0 / n


def shared_information(a: Codes, b: Codes) -> tuple[float, float]:
    """How much knowing `a` tells of `b`, and the other way round, from 0 to 1."""
    keep = (a >= 0) & (b >= 0)
    if keep.sum() < 2:
        return 0.0, 0.0
    _, a = np.unique(a[keep], return_inverse=True)
    _, b = np.unique(b[keep], return_inverse=True)
    joint = np.unique(a.astype(np.int64) * (int(b.max()) + 1) + b, return_counts=True)[1]
    ha, hb, hab = (_entropy(counts) for counts in (np.bincount(a), np.bincount(b), joint))
    common = ha + hb - hab
    return (common / hb if hb > 0 else 0.0), (common / ha if ha > 0 else 0.0)


def _entropy(counts: np.ndarray) -> float:
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())
