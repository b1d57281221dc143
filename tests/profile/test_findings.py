"""Planted defects are named, and nothing is named where nothing is wrong."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlops_tui.profile import inspect
from mlops_tui.profile.roles import suspects_known_later

Write = Callable[..., Path]


def table(rows: int, columns: dict[str, Callable[[random.Random, int], Any]], seed: int = 1) -> str:
    rng = random.Random(seed)
    made = [",".join(columns)]
    for i in range(rows):
        made.append(",".join(f'"{make(rng, i)}"' for make in columns.values()))
    return "\n".join(made) + "\n"


def ids(path: Path, target: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in inspect(path, target).findings:
        found.setdefault(finding.id, []).extend(finding.columns)
    return found


def defects(rng_seed: int = 3) -> str:
    """A table with thirteen kinds of defects."""
    rng = random.Random(rng_seed)
    names = [
        "case_no", "opened", "customer_id", "email", "age", "income", "city", "plan", "plan_code",
        "region", "visits", "refund_paid", "close_note", "gap", "y",
    ]  # fmt: skip
    rows = []
    for i in range(3000):
        y = rng.random() < 0.04
        plan = rng.choice(["basic", "plus", "pro"])
        rows.append([
            f"K{i:05d}", f"2023-{i // 300 + 1:02d}-{i % 28 + 1:02d}", f"C{rng.randrange(400):03d}",
            f"user{rng.randrange(10**6)}@mail.example",
            -999 if rng.random() < 0.03 else rng.randint(18, 80),
            f"{rng.gauss(3000, 400):.2f}" if rng.random() > 0.002 else "plenty",
            rng.choice(["Berlin", "berlin ", "BERLIN", "Bonn", "Ulm", "Kiel"]),
            plan, {"basic": "B", "plus": "X", "pro": "P"}[plan], "north",
            rng.randint(0, 40), rng.randint(100, 900) if y else 0,
            rng.choice("uvw") if y else "", rng.random() if rng.random() > 0.46 else "",
            "yes" if y else "no",
        ])  # fmt: skip
    rows += rows[:60]
    return "\n".join([",".join(names), *(",".join(map(str, row)) for row in rows)]) + "\n"


def test_thirteen_kinds_of_defects_are_named(written: Write) -> None:
    found = ids(written(defects()), "y")
    assert found["leak_single_column"] == ["refund_paid"]
    assert found["leak_missingness"] == ["close_note"]
    assert found["constant"] == ["region"]
    assert "duplicate_rows" in found
    assert found["recoded_twin"] == ["plan", "plan_code"]
    assert found["sentinel"] == ["age"]
    assert found["dirty_categories"] == ["city"]
    assert "gap" in found["missing_many"]
    assert found["imbalance"] == ["y"]
    assert found["entity"] == ["customer_id"]
    assert found["time_order"] == ["opened"]
    assert found["mixed_types"] == ["income"]
    assert found["personal_data"] == ["email"]
    named = {name for kind in found if kind.startswith("leak") for name in found[kind]}
    assert named == {"refund_paid", "close_note"}


def test_an_identifier_is_named(written: Write) -> None:
    text = table(300, {"uid": lambda r, i: f"u{i:04d}", "y": lambda r, i: r.choice("ab")})
    assert ids(written(text), "y")["identifier"] == ["uid"]


@pytest.mark.parametrize("seed", range(6))
def test_noise_has_no_leak(written: Write, seed: int) -> None:
    columns = {f"n{k}": lambda r, i: round(r.gauss(0, 1), 3) for k in range(30)}
    columns |= {"c": lambda r, i: r.choice("pqrst"), "y": lambda r, i: r.choice(["yes", "no"])}
    found = ids(written(table(80 + 200 * (seed % 2), columns, seed)), "y")
    assert not [kind for kind in found if "leak" in kind or kind == "dominant_column"]


def test_a_formula_is_named(written: Write) -> None:
    rng = random.Random(5)
    rows = [[rng.randint(1, 99), rng.randint(1, 99), rng.gauss(0, 1)] for _ in range(500)]
    text = "a,b,noise,total\n" + "".join(f"{a},{b},{n},{2 * a + b}\n" for a, b, n in rows)
    assert set(ids(written(text), "total")["leak_formula"]) == {"a", "b"}


def test_planned_and_real_times(written: Write) -> None:
    text = table(
        400,
        {
            "sched_dep": lambda r, i: r.randint(0, 1440),
            "dep": lambda r, i: r.randint(0, 1440),
            "late": lambda r, i: r.choice(["yes", "no"]),
        },
    )
    assert suspects_known_later(inspect(written(text), "late"), "late") == ["dep"]


def test_targets_that_cannot_be_learnt(written: Write) -> None:
    key = table(200, {"x": lambda r, i: r.random(), "y": lambda r, i: f"name{i}"})
    assert "target_identifier" in ids(written(key), "y")
    many = table(3000, {"x": lambda r, i: r.random(), "y": lambda r, i: f"k{r.randrange(1500)}"})
    assert "target_many_classes" in ids(written(many), "y")
    none = "x,y\n" + "".join(f"{i},\n" for i in range(50))
    assert "target_empty" in ids(written(none), "y")


LEAKS = {
    "r14_loans_leaky.parquet": {"sub_grade", "grade"},
    "r16_flchain_leak_by_missing.csv": {"chapter", "futime"},
    "r30_starwars_tiny.csv": {"sex"},
    "r40_flights.parquet": {"dep_time", "dep_delay", "arr_time", "air_time"},
    "n04_formula_charge.csv": {"total_day_minutes"},
}


@pytest.mark.slow
def test_leaks_of_the_cases(cases: Path) -> None:
    with (cases / "INDEX.tsv").open(newline="") as file:
        index = [r for r in csv.DictReader(file, delimiter="\t") if "/" not in r["file"]]
    false = []
    for row in index:
        if row["file"] in ("r29_khan_wide.csv", "r41_flights_late.parquet"):
            continue
        profile = inspect(cases / row["file"], row["target"])
        named = set(suspects_known_later(profile, row["target"]))
        planted = LEAKS.get(row["file"], set())
        assert planted <= named, row["file"]
        if not planted:
            false += [f"{row['file']}: {name}" for name in named]
    assert len(false) <= 1, false
