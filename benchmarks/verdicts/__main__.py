"""How often is the verdict right?

    python -m benchmarks.verdicts [CASES_FOLDER] [--only NAME ...] [--seeds N]

Runs every case of cases.py whose file is in the folder, and those that are made here (all without
a folder). Pure noise is made with 20 seeds, other made cases with one; --seeds sets both. The bar:
at least 9 of 10 right; on noise `ml` in at most one of 20 and never `leak`. A run that breaks is
wrong. Exit code 1 when a bar is missed or nothing was run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.verdicts.cases import CASES, Case
from benchmarks.verdicts.counting import Tally
from benchmarks.verdicts.running import Run, runs


def main() -> int:
    """Run what was asked for, a line a run, then the summary."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.verdicts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, help="the folder with the shared cases")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="such as r01 signal")
    parser.add_argument("--seeds", type=int, help="how often each made case is made")
    options = parser.parse_args()
    names = {case.name for case in CASES}
    if unknown := sorted(set(options.only) - names):
        parser.error(f"no such case: {', '.join(unknown)}; there are {', '.join(sorted(names))}")
    chosen = [case for case in CASES if not options.only or case.name in options.only]
    return _count(chosen, options.folder, options.seeds)


def _count(chosen: list[Case], folder: Path | None, seeds: int | None) -> int:
    tally = Tally()
    print(Run.HEADING, flush=True)
    for case in chosen:
        for run in runs(case, folder, seeds):
            tally.add(run)
            print(run.line(), flush=True)
    print(f"\n{tally.summary()}")
    return 0 if tally.fine() else 1


if __name__ == "__main__":
    sys.exit(main())
