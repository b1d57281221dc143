"""The verdict bench counts honestly, and its made tables are what they are said to be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.verdicts.cases import CASES, MADE, Case
from benchmarks.verdicts.counting import Tally
from benchmarks.verdicts.running import Run

ROOT = Path(__file__).parents[2]
TRUE = Case("signal", ("ml",))
NOISE = Case("noise", ("no_signal",), noise=True)


def run(case: Case, verdict: str) -> Run:
    if verdict == "broke":
        return Run(case, case.name, case.expected, broke="it ended with 1")
    return Run(case, case.name, case.expected, {"verdict": verdict})


def tally(*verdicts: str, noise: tuple[str, ...] = ()) -> Tally:
    found = Tally()
    for verdict in verdicts:
        found.add(run(TRUE, verdict))
    for verdict in noise:
        found.add(run(NOISE, verdict))
    return found


@pytest.mark.parametrize(
    ("right", "noise", "fine"),
    [
        (["ml"] * 9 + ["rule"], (), True),
        (["ml"] * 8 + ["rule", "broke"], (), False),
        ([], ("no_signal",) * 19 + ("ml",), True),
        ([], ("no_signal",) * 18 + ("ml",) * 2, False),
        ([], ("no_signal",) * 19 + ("leak",), False),
        ([], ("no_signal",) * 19 + ("broke",), False),
        (["ml"], ("no_signal", "rule"), True),
        ([], (), False),
    ],
)
def test_the_bars_hold(right: list[str], noise: tuple[str, ...], fine: bool) -> None:
    found = tally(*right, noise=noise)
    assert found.fine() is fine
    assert not right or f"right: {right.count('ml')} of {len(right)} (bar: 90%)" in found.summary()
    assert fine == ("MISSED" not in found.summary() and bool(right or noise))


def test_what_was_wrong_is_named() -> None:
    assert "signal: rule instead of ml" in tally("ml", "rule").summary()


@pytest.mark.parametrize("case", MADE, ids=[case.name for case in MADE])
def test_a_made_table_repeats_and_another_seed_is_another_table(case: Case) -> None:
    assert case.make is not None
    one, again, other = case.make(3), case.make(3), case.make(4)
    pd.testing.assert_frame_equal(one, again)
    assert not one.equals(other)
    assert one[case.target].notna().all()


def test_truths_are_what_was_put_in() -> None:
    made = {case.name: case.make(0) for case in MADE if case.make}
    formula = made["formula"]
    assert (formula["answer"] == formula["hours"] * formula["rate"]).all()
    yes = made["rule_threshold"]["answer"] == "yes"
    assert 0.01 < (yes != (made["rule_threshold"]["number_2"] > 0.4)).mean() < 0.03
    leak = made["leak_missing"]
    assert leak.loc[leak["answer"] == "no", "reason_given"].isna().all()
    assert leak.loc[leak["answer"] == "yes", "reason_given"].notna().mean() > 0.9
    kept = made["leak_number"]
    assert 0.99 < np.corrcoef(kept["answer"], kept["invoiced"])[0, 1] < 0.9995
    groups = made["groups_alone"].groupby("patient_id")["answer"]
    assert (groups.nunique() == 1).all() and (groups.size() > 1).all()
    assert len(made["too_few"]) < 100


def test_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.verdicts", *words],
        cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_nothing_run_is_no_success_and_an_unknown_case_is_refused() -> None:
    nothing = bench("--only", "r01")
    assert nothing.returncode == 1
    assert "Nothing was run" in nothing.stdout
    unknown = bench("--only", "r99")
    assert unknown.returncode == 2
    assert "no such case: r99" in unknown.stderr


@pytest.mark.slow
def test_leaks_that_no_look_up_table_shows_are_called() -> None:
    """A copy of a number in few rows, and a column that is filled in for one answer only."""
    done = bench("--seeds", "1", "--only", "leak_number", "leak_missing")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "leak (invoiced)" in done.stdout
    assert "leak (reason_given)" in done.stdout
    assert "right: 4 of 4" in done.stdout
