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
    assert set(found) == {
        "leak_single_column", "leak_missingness", "constant", "duplicate_rows", "recoded_twin",
        "sentinel", "dirty_categories", "missing_many", "imbalance", "entity", "time_order",
        "mixed_types", "personal_data",
    }  # fmt: skip
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


FORMULAS: dict[str, tuple[list[str], Callable[[float, float, float], float]]] = {
    "the charge of a rate": (["a"], lambda a, b, c: round(0.17 * a, 2)),
    "a conversion with a constant": (["a"], lambda a, b, c: 1.8 * a + 32),
    "a weighted sum": (["a", "b"], lambda a, b, c: 2 * a + b),
    "a difference": (["a", "b"], lambda a, b, c: a - b),
    "three parts": (["a", "b", "c"], lambda a, b, c: a + 3 * b - 0.5 * c),
    "a product": (["a", "b"], lambda a, b, c: 0.5 * a * b),
    "a quotient": (["a", "b"], lambda a, b, c: 100 * a / b),
    "one part is nearly all": (["a", "b"], lambda a, b, c: 20 * a + b),
}


def arithmetic(made: Callable[[float, float, float], float], gap: float = 0.0) -> str:
    rng = random.Random(5)
    rows = []
    for _ in range(600):
        a, b, c = rng.randint(1, 999), rng.randint(1, 999), rng.gauss(0, 300)
        shown = "" if rng.random() < gap else a
        rows.append(f"{shown},{b},{c},{rng.gauss(0, 1)},{made(a, b, c)}\n")
    return "a,b,c,noise,total_charge\n" + "".join(rows)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_named_and_is_no_leak(written: Write, name: str) -> None:
    parts, made = FORMULAS[name]
    profile = inspect(written(arithmetic(made)), "total_charge")
    found = {f.id: f for f in profile.findings}
    assert set(found["formula"].columns) == set(parts)
    assert found["formula"].remedy is None
    assert suspects_known_later(profile, "total_charge") == []
    assert "dominant_column" not in found


def test_a_formula_is_told_as_one_writes_it(written: Write) -> None:
    profile = inspect(written(arithmetic(lambda a, b, c: 2 * a - b + 7, 0.03)), "total_charge")
    (told,) = [f.evidence for f in profile.findings if f.id == "formula"]
    assert "total_charge = 2 × a - b + 7" in told
    profile = inspect(written(arithmetic(lambda a, b, c: 5 * a / b, 0.03)), "total_charge")
    (told,) = [f.evidence for f in profile.findings if f.id == "formula"]
    assert "total_charge = 5 × a / b" in told


@pytest.mark.parametrize(
    "same", [lambda a, b, c: a, lambda a, b, c: a / 100, lambda a, b, c: round(-1000 * a)]
)
def test_the_answer_in_another_unit_is_a_leak(
    written: Write, same: Callable[[float, float, float], float]
) -> None:
    found = ids(written(arithmetic(same)), "total_charge")
    assert found["leak_single_column"] == ["a"]
    assert "formula" not in found


def test_a_part_of_a_formula_can_be_a_leak_for_another_reason(written: Write) -> None:
    text = arithmetic(lambda a, b, c: 0.17 * a).replace("a,b,c", "refund_paid,b,c", 1)
    found = ids(written(text), "total_charge")
    assert found["formula"] == ["refund_paid"]
    assert found["leak_known_later"] == ["refund_paid"]


def test_a_part_may_share_a_word_with_the_answer(written: Write) -> None:
    text = arithmetic(lambda a, b, c: 0.17 * a).replace("a,b,c", "night_minutes,b,c", 1)
    path = written(text.replace("total_charge", "night_charge"))
    assert suspects_known_later(inspect(path, "night_charge"), "night_charge") == []


def test_nearly_arithmetic_is_no_formula(written: Write) -> None:
    rng = random.Random(1)
    text = arithmetic(lambda a, b, c: a + b + rng.gauss(0, 40))
    assert "formula" not in ids(written(text), "total_charge")


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
}
INVENTED = {
    "unit_jump", "impossible_dates", "date_placeholder", "encoding_damage", "abbreviations",
    "key_tells", "sentinel", "mixed_types",
}  # fmt: skip


@pytest.mark.slow
def test_leaks_of_the_cases(cases: Path) -> None:
    with (cases / "INDEX.tsv").open(newline="") as file:
        index = [r for r in csv.DictReader(file, delimiter="\t") if "/" not in r["file"]]
    false = []
    for row in index:
        profile = inspect(cases / row["file"], row["target"])
        # None of the cases has any of these: each would be noise.
        assert not INVENTED & {f.id for f in profile.findings}, row["file"]
        named = set(suspects_known_later(profile, row["target"]))
        planted = LEAKS.get(row["file"], set())
        assert planted <= named, row["file"]
        if not planted:
            false += [f"{row['file']}: {name}" for name in named]
    assert len(false) <= 1, false


def test_the_time_of_a_slow_series_is_no_leak(written: Write) -> None:
    rng = random.Random(8)
    level, rows = 100.0, []
    for i in range(600):
        level += rng.gauss(0.5, 1)
        day = f"{2023 + i // 336}-{i // 28 % 12 + 1:02d}-{i % 28 + 1:02d}"
        rows.append(f"{day},{level:.3f}")
    path = written("when,level\n" + "\n".join(rows) + "\n")
    assert suspects_known_later(inspect(path, "level"), "level") == []


def test_what_never_changes_for_an_owner_is_no_leak(written: Write) -> None:
    rng = random.Random(9)
    owners = [(f"C{k:03d}", rng.randint(1000, 9999), rng.gauss(50, 20)) for k in range(80)]
    rows = [
        f"{name},{plot},{mean + rng.gauss(0, 1):.2f}" for name, plot, mean in owners * 12
    ]  # the plot is another for each customer, and so is the level of the answer
    path = written("customer_id,plot,spent\n" + "\n".join(rows) + "\n")
    assert suspects_known_later(inspect(path, "spent"), "spent") == []


def test_a_copy_with_a_little_noise_is_a_leak_in_few_rows(written: Write) -> None:
    rng = random.Random(10)
    values = [rng.gauss(200, 60) for _ in range(500)]
    rows = [f"{rng.gauss(0, 1):.3f},{v * 1.2 + rng.gauss(0, 4):.2f},{v:.2f}" for v in values]
    path = written("x,gross,net\n" + "\n".join(rows) + "\n")
    assert suspects_known_later(inspect(path, "net"), "net") == ["gross"]


def test_columns_that_give_the_answer_away_only_together(written: Write) -> None:
    rng = random.Random(11)
    rows = []
    for _ in range(1500):
        loan, term, rate = rng.randint(1, 40) * 1000, rng.choice([36, 60]), rng.uniform(5, 30)
        monthly = rate / 1200
        paid = loan * monthly / (1 - (1 + monthly) ** -term)
        rows.append(f"{loan},{paid:.2f},{term},{rng.gauss(0, 1):.3f},{rate:.2f}")
    head = "loan,instalment,term,x,rate\n"
    path = written(head + "\n".join(rows) + "\n")
    assert set(ids(path, "rate")["leak_together"]) == {"loan", "instalment", "term"}
    assert suspects_known_later(inspect(path, "rate"), "rate") == []
    shuffled = [row.rpartition(",")[0] + "," + rows[-i].rpartition(",")[2] for i, row in
                enumerate(rows)]  # fmt: skip
    assert "leak_together" not in ids(written(head + "\n".join(shuffled) + "\n"), "rate")
