"""Tables made on the spot, whose truth is known because it was put there.

Every maker takes a seed and returns a table with the answer in the column `answer`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

Maker = Callable[[int], pd.DataFrame]
ROWS = 2000
NOISE_ROWS, NUMBERS, LEVELS = 1500, 8, (3, 5, 12, 40)
FLIPPED = 0.02
FEW = 40


def noise_coin(seed: int) -> pd.DataFrame:
    """Columns that know nothing of a coin."""
    return _noise(seed, lambda draws: _words(draws, ("no", "yes")))


def noise_kinds(seed: int) -> pd.DataFrame:
    """Columns that know nothing of three kinds, one of them rare."""
    return _noise(seed, lambda draws: _words(draws, ("red", "green", "blue"), (0.5, 0.35, 0.15)))


def noise_number(seed: int) -> pd.DataFrame:
    """Columns that know nothing of a skewed number, such as a price."""
    return _noise(seed, lambda draws: draws.lognormal(size=NOISE_ROWS).round(3))


def rule_threshold(seed: int) -> pd.DataFrame:
    """Yes above one threshold, with some answers flipped."""
    draws, table = _numbers(seed)
    return _flipped(draws, table, table["number_2"] > 0.4)


def rule_both(seed: int) -> pd.DataFrame:
    """Yes where two conditions hold, with some answers flipped."""
    draws, table = _numbers(seed)
    table["plan"] = _words(draws, ("basic", "plus", "pro"), rows=ROWS)
    return _flipped(draws, table, (table["number_0"] > 0) & (table["plan"] != "basic"))


def rule_lookup(seed: int) -> pd.DataFrame:
    """A number that follows from the level of one column, with noise of a third of its spread."""
    draws, table = _numbers(seed)
    names = [f"tariff {at}" for at in range(12)]
    table["tariff"] = _words(draws, names, rows=ROWS)
    worth = dict(zip(names, np.linspace(20, 90, len(names)), strict=True))
    table["answer"] = (table["tariff"].map(worth) + draws.normal(0, 8, ROWS)).round(2)
    return table


def formula(seed: int) -> pd.DataFrame:
    """A number that follows by arithmetic from two columns, without noise."""
    draws, table = _numbers(seed)
    table["hours"] = draws.uniform(1, 40, ROWS).round(1)
    table["rate"] = draws.uniform(20, 90, ROWS).round(2)
    table["answer"] = table["hours"] * table["rate"]
    return table


def signal(seed: int) -> pd.DataFrame:
    """Something to learn that no short rule says: a sum of bends and an interaction."""
    draws, table = _numbers(seed)
    chance = 1 / (1 + np.exp(-1.5 * _bent(table)))
    table["answer"] = np.where(draws.random(ROWS) < chance, "yes", "no")
    return table


def signal_number(seed: int) -> pd.DataFrame:
    """The same as a number, with noise of a third of its spread."""
    draws, table = _numbers(seed)
    bent = _bent(table)
    table["answer"] = (100 + 20 * (bent + draws.normal(0, bent.std() / 3, ROWS))).round(2)
    return table


def leak_derived(seed: int) -> pd.DataFrame:
    """A column made from the answer afterwards, with noise; beside it there is a real signal."""
    table = signal(seed)
    draws = np.random.default_rng(seed + 1)
    yes = (table["answer"] == "yes").to_numpy(float)
    table["closing_score"] = (3 * yes + draws.normal(0, 0.4, ROWS)).round(3)
    return table


def leak_number(seed: int) -> pd.DataFrame:
    """The answer in another unit with fees on top: near it, and too far off for a formula."""
    table = signal_number(seed)
    draws = np.random.default_rng(seed + 1)
    table["invoiced"] = (table["answer"] * 1.19 + draws.normal(0, 3, ROWS)).round(2)
    return table


def leak_missing(seed: int) -> pd.DataFrame:
    """A column that is filled in only where the answer is yes."""
    table = signal(seed)
    draws = np.random.default_rng(seed + 1)
    reason = _words(draws, ("price", "service", "moved"), rows=ROWS)
    told = (table["answer"] == "yes") & (draws.random(ROWS) < 0.97)
    table["reason_given"] = np.where(told, reason, None)
    return table


def too_few(seed: int) -> pd.DataFrame:
    """The real signal in a handful of rows."""
    return signal(seed).head(FEW)


def persistence(seed: int) -> pd.DataFrame:
    """A number a day that moves little: the value of yesterday is the best guess there is."""
    draws, table = _numbers(seed)
    table.insert(0, "day", pd.date_range("2019-01-01", periods=ROWS, freq="D"))
    table["answer"] = (200 + np.cumsum(draws.normal(0, 1, ROWS))).round(2)
    return table


def groups_alone(seed: int) -> pd.DataFrame:
    """Each patient has one answer and own columns: nothing of it holds for the next patient."""
    draws = np.random.default_rng(seed)
    patients, visits = 250, 8
    own = pd.DataFrame(draws.normal(size=(patients, 6)), columns=[f"trait_{at}" for at in range(6)])
    own.insert(0, "patient_id", [f"P{at:04}" for at in range(patients)])
    own["answer"] = _words(draws, ("no", "yes"), rows=patients)
    table = own.loc[np.repeat(np.arange(patients), visits)].reset_index(drop=True)
    table.insert(1, "measured", draws.normal(size=len(table)).round(3))
    return table


def groups_signal(seed: int) -> pd.DataFrame:
    """Patients with several visits, and a signal that holds for patients never seen."""
    table = signal(seed)
    table.insert(0, "patient_id", [f"P{at // 5:04}" for at in range(ROWS)])
    return table


def _noise(seed: int, answers: Callable[[np.random.Generator], np.ndarray]) -> pd.DataFrame:
    draws = np.random.default_rng(seed)
    table = {f"number_{at}": draws.normal(size=NOISE_ROWS) for at in range(NUMBERS)}
    for count in LEVELS:
        levels = [f"level {at}" for at in range(count)]
        table[f"category_{count}"] = _words(draws, levels)
    table["answer"] = answers(draws)
    return pd.DataFrame(table)


def _numbers(seed: int) -> tuple[np.random.Generator, pd.DataFrame]:
    draws = np.random.default_rng(seed)
    names = [f"number_{at}" for at in range(6)]
    return draws, pd.DataFrame(draws.normal(size=(ROWS, 6)).round(3), columns=names)


def _bent(table: pd.DataFrame) -> pd.Series[float]:
    a, b, c, d, e = (table[f"number_{at}"] for at in range(5))
    return a + b - 0.8 * c + a * d + np.sin(2 * e)


def _flipped(draws: np.random.Generator, table: pd.DataFrame, yes: pd.Series[bool]) -> pd.DataFrame:
    table["answer"] = np.where(yes ^ (draws.random(len(table)) < FLIPPED), "yes", "no")
    return table


def _words(
    draws: np.random.Generator,
    names: list[str] | tuple[str, ...],
    shares: tuple[float, ...] | None = None,
    rows: int = NOISE_ROWS,
) -> np.ndarray:
    return draws.choice(np.array(names, dtype=object), rows, p=shares)
