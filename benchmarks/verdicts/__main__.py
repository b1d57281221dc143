"""How often is the verdict right?

    python -m benchmarks.verdicts CASES_FOLDER [--only NAME ...] [--noise SEEDS]

Runs every case of cases.py that is in the folder, then pure noise with 20 seeds (1,500 rows, 12
columns, a coin for an answer). The bar: at least 9 of 10 right; on noise `ml` at most once in 20
and never `leak`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.verdicts.cases import CASES, Case
from benchmarks.verdicts.making import judged, thinned

BAR = 0.9
FALSE_ML = 0.05
ROWS, NUMBERS, LEVELS = 1500, 8, (3, 5, 12, 40)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.verdicts", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="the folder with the cases")
    parser.add_argument("--only", nargs="*", default=[], help="cases, such as r01 n02")
    parser.add_argument("--noise", type=int, default=20, help="seeds of pure noise")
    options = parser.parse_args()
    fine = True
    if options.folder:
        chosen = [case for case in CASES if not options.only or case.name in options.only]
        fine = cases(options.folder, chosen)
    if options.noise and not options.only:
        fine = noise(options.noise) and fine
    return 0 if fine else 1


def cases(folder: Path, chosen: list[Case]) -> bool:
    """A line a case; whether enough of them are right."""
    print("case | excluded | expected | found | right | split | metric | model | baseline | gain")
    right = total = 0
    for case in chosen:
        source = next(iter(sorted(folder.glob(f"{case.name}_*"))), None)
        if source is None:
            print(f"{case.name} | not in {folder}")
            continue
        runs = [(False, case.expected), (True, case.then)] if case.late else [(True, case.expected)]
        for exclude, expected in runs:
            total += 1
            right += one(case, source, exclude, expected)
    print(f"right: {right} of {total}")
    return right >= BAR * total


def one(case: Case, source: Path, exclude: bool, expected: tuple[str, ...]) -> bool:
    """Judge one case and print what was found."""
    with tempfile.TemporaryDirectory() as made:
        try:
            found = judged(thinned(source, Path(made)), case.target, Path(made) / "p", exclude)
        except Exception as problem:  # a case that breaks is one that is wrong
            print(f"{case.name} | broke: {problem}", flush=True)
            return False
    good = found["verdict"] in expected
    columns = f" ({', '.join(found['verdict_columns'])})" if found["verdict_columns"] else ""
    gain = found["difference"]
    print(
        f"{case.name} | {', '.join(found['excluded']) or '-'} | {' or '.join(expected)} | "
        f"{found['verdict']}{columns} | {'yes' if good else 'NO'} | {found['split']} | "
        f"{found['metric']} | {found['model']['score']:.4g} | "
        f"{found['baseline']['score']:.4g} {found['baseline']['name']} | "
        f"{gain['value']:.3g} ({gain['low']} to {gain['high']})",
        flush=True,
    )
    return good


def noise(seeds: int) -> bool:
    """What is said about tables in which there is nothing to find."""
    found: Counter[str] = Counter()
    for seed in range(seeds):
        with tempfile.TemporaryDirectory() as made:
            source = Path(made) / "noise.parquet"
            coin(seed).to_parquet(source)
            found[judged(source, "answer", Path(made) / "p")["verdict"]] += 1
    said = ", ".join(f"{verdict} {count}" for verdict, count in found.most_common())
    print(f"noise, {seeds} seeds: {said}")
    return found["ml"] <= FALSE_ML * seeds and not found["leak"]


def coin(seed: int) -> pd.DataFrame:
    """Columns that know nothing of the answer."""
    draws = np.random.default_rng(seed)
    table = {f"number_{at}": draws.normal(size=ROWS) for at in range(NUMBERS)}
    for count in LEVELS:
        names = np.array([f"level {at}" for at in range(count)], dtype=object)
        table[f"category_{count}"] = draws.choice(names, ROWS)
    table["answer"] = draws.choice(np.array(["no", "yes"], dtype=object), ROWS)
    return pd.DataFrame(table)


if __name__ == "__main__":
    sys.exit(main())
