"""What is wrong with single values is named where it was planted, and only there."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from mlops_tui.profile import Finding, Profile, inspect
from mlops_tui.profile.remedies import recommended

Write = Callable[..., Path]
ROWS = 1200
FIRST = date(2021, 3, 1)


def clean(i: int, rng: random.Random) -> dict[str, Any]:
    """A row of a table in which nothing is wrong: its findings are the table's own."""
    return {
        "day": FIRST + timedelta(days=i // 2),
        "height": round(rng.gauss(172, 6), 1),
        "income": round(rng.lognormvariate(8, 0.4), 2),
        "city": rng.choice(["Köln", "Zürich", "New York", "Málaga", "Berlin"]),
        "country": rng.choice(["DE", "CH", "US", "ES"]),
        "y": rng.choice(["yes", "no"]),
    }


def found(
    written: Write, change: Callable[[int, dict[str, Any], random.Random], None] | None = None
) -> tuple[Profile, dict[str, list[Finding]]]:
    """The findings about the clean table after `change` had its way with each row."""
    rng, other = random.Random(8), random.Random(9)
    rows = [clean(i, rng) for i in range(ROWS)]
    for i, row in enumerate(rows):
        if change:
            change(i, row, other)
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    profile = inspect(written("\n".join(lines) + "\n"), "y")
    made: dict[str, list[Finding]] = {}
    for finding in profile.findings:
        made.setdefault(finding.id, []).append(finding)
    return profile, made


def test_nothing_is_named_where_nothing_is_wrong(written: Write) -> None:
    _, made = found(written)
    assert set(made) == {"time_order"}


def test_dates_that_cannot_be(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        if i in (70, 71):
            row["day"] = date(2210 if i == 70 else 1021, 3, 1)

    _, made = found(written, change)
    (told,) = made["impossible_dates"]
    assert told.columns == ("day",)
    assert "1021-03-01, 2210-03-01" in told.evidence
    assert set(made) == {"time_order", "impossible_dates"}


def test_dates_in_the_future_of_all_others(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        row["day"] = row["day"] if i != 500 else date(2031, 1, 1)

    _, made = found(written, change)
    assert "2031-01-01" in made["impossible_dates"][0].evidence


@pytest.mark.parametrize("day", ["1970-01-01", "9999-12-31"])
def test_days_that_stand_for_no_date(written: Write, day: str) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        row["day"] = day if i % 40 == 3 else row["day"]

    profile, made = found(written, change)
    (told,) = made["date_placeholder"]
    assert "in 30 rows" in told.evidence
    assert "time_gap" not in made
    assert recommended(profile, "y") == [f"as_missing day={day}"]


def test_a_day_that_programs_write_can_be_a_real_one(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        row["day"] = date(1968, 1, 1) + timedelta(days=i)

    assert "date_placeholder" not in found(written, change)[1]


def test_texts_in_a_broken_encoding(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        if i % 50 == 0:
            row["city"] = "Köln".encode().decode("cp1252")
        if i == 7:
            row["city"] = "Z\ufffdrich"

    _, made = found(written, change)
    (told,) = made["encoding_damage"]
    assert told.columns == ("city",)
    assert "25 values" in told.evidence


def test_a_name_in_a_broken_encoding(written: Write) -> None:
    text = "größe,y\n".encode().decode("cp1252") + "".join(
        f"{i * 37 % 101},{'ab'[i * 31 % 7 % 2]}\n" for i in range(200)
    )
    (told,) = [f for f in inspect(written(text), "y").findings if f.id == "encoding_damage"]
    assert "The names of" in told.evidence


def test_short_and_long_ways_to_write_a_level(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        if row["city"] == "New York" and i % 3 == 0:
            row["city"] = "NY"

    (told,) = found(written, change)[1]["abbreviations"]
    assert "'NY' and 'New York'" in told.evidence


def test_initials_of_two_levels_are_no_abbreviation(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        row["city"] = rng.choice(["SA", "South Africa", "Saudi Arabia", "Norway"])

    assert "abbreviations" not in found(written, change)[1]


@pytest.mark.parametrize("factor", [1 / 100, 10, 1 / 2.54])
def test_a_stretch_in_another_unit(written: Write, factor: float) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        if i >= 0.7 * ROWS:
            row["height"] *= factor

    (told,) = found(written, change)[1]["unit_jump"]
    assert told.columns == ("height",)
    assert ("0% to 70%" if factor < 1 else "70% to 100%") in told.evidence


def test_a_level_in_another_unit(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        row["temperature"] = round(rng.gauss(18, 4), 1)
        if row["country"] == "US":
            row["height"] /= 2.54
            row["temperature"] = 1.8 * row["temperature"] + 32
        row["y"] = row.pop("y")

    made = found(written, change)[1]["unit_jump"]
    assert [f.columns for f in made] == [("height",), ("temperature",)]
    assert "everywhere but where country is US" in made[0].evidence
    assert "°F" in made[1].evidence
    assert "where country is US" in made[1].evidence


def test_a_level_in_cents(written: Write) -> None:
    shops = [f"shop{k}" for k in range(9)]

    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        row["city"] = rng.choice(shops)
        row["income"] = round(
            rng.lognormvariate(3, 0.5) * (100 if row["city"] == "shop4" else 1), 2
        )

    (told,) = found(written, change)[1]["unit_jump"]
    assert "factor 100 where city is shop4" in told.evidence


@pytest.mark.parametrize("seed", range(5))
def test_groups_that_differ_for_a_reason_have_no_unit(written: Write, seed: int) -> None:
    rng = random.Random(seed)
    scale = {"DE": 1.0, "CH": 1.7, "US": 2.54, "ES": rng.uniform(0.3, 10)}

    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        row["income"] *= scale[row["country"]] * (1 + i / ROWS)

    assert "unit_jump" not in found(written, change)[1]


def test_a_few_values_that_dominate(written: Write) -> None:
    def change(i: int, row: dict[str, Any], rng: random.Random) -> None:
        if i % 300 == 5:
            row["income"] = 90_000_000

    profile, made = found(written, change)
    (told,) = made["extreme_values"]
    assert told.columns == ("income",)
    assert "make up 100% of the spread" in told.evidence
    outliers = profile.column("income").outliers
    assert outliers is not None and 4 <= outliers.count < 12 and outliers.part == 1


def test_outliers_are_counted_by_tukeys_outer_fences(written: Write) -> None:
    rows = [f"{v},{'ab'[i % 2]}\n" for i, v in enumerate([*range(1, 101), 250, 251, -149, -200])]
    outliers = inspect(written("x,y\n" + "".join(rows)), "y").column("x").outliers
    assert outliers is not None
    # Quartiles 24.75 and 76.25: the fences lie at 24.75 - 154.5 and at 76.25 + 154.5.
    assert (outliers.low, outliers.high) == (-129.75, 230.75)
    assert outliers.count == 4


def test_huge_numbers_and_endless_dates_are_survived(tmp_path: Path) -> None:
    path = tmp_path / "huge.parquet"
    duckdb.sql(
        "COPY (SELECT CASE i % 50 WHEN 1 THEN 1e300 WHEN 2 THEN -1e308 ELSE i END AS x, "
        "i * 1e200 AS z, CASE i % 60 WHEN 1 THEN DATE 'infinity' WHEN 2 THEN DATE '-4000-01-01' "
        "ELSE DATE '2020-01-01' + i::INTEGER END AS at, i % 2 = 0 AS y FROM range(500) AS r(i)) "
        f"TO '{path}' (FORMAT parquet)"
    )
    for target in ("y", "x", "z"):
        profile = inspect(path, target)
        assert profile.column("x").maximum == 1e300
        assert "impossible_dates" in {f.id for f in profile.findings}


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["1.234,50 €", "2.000,00 €", "950,10 €"], [1234.5, 2000.0, 950.1]),
        (["€ 3,5", "€ 4", "€ 1.000,25"], [3.5, 4.0, 1000.25]),
        (["$1,234", "$2,000", "$3,500"], [1234.0, 2000.0, 3500.0]),
        (["$1,234.50", "$7.25", "$3,500.00"], [1234.5, 7.25, 3500.0]),
    ],
)
def test_the_decimals_of_prices_show_what_a_comma_means(
    written: Write, cells: list[str], read: list[float]
) -> None:
    """Also where no column has plain numbers that would tell."""
    rows = "".join(f"{cells[i % 3]};{'ab'[i % 2]}\n" for i in range(90))
    column = inspect(written("price;y\n" + rows)).column("price")
    assert sorted(value for value, _ in column.top) == sorted(read)
