"""What comes from a sample is labelled so, and what is said of all rows is of all rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from mlops_tui.profile import Profile, inspect
from mlops_tui.profile.export import html

Write = Callable[..., Path]
ROWS = 1_100_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.parquet"
    duckdb.sql(
        f"COPY (SELECT i AS key, (hash(i) % 1000003) / 1000.0 AS x, hash(i * 7) % 12 AS month, "
        f"CASE WHEN i % 500000 = 7 THEN 1e9 ELSE hash(i * 3) % 60000 END AS wild, "
        f"'level ' || hash(i * 5) % 3 AS kind, hash(i * 11) % 1000 + 500 * (i % 2) AS half, "
        f"i % 2 = 0 AS y FROM range({ROWS}) AS r(i)) TO '{path}' (FORMAT parquet)"
    )
    return path


@pytest.fixture(scope="module")
def profile(large: Path) -> Profile:
    return inspect(large, "y")


def test_every_sampled_figure_is_labelled(profile: Profile) -> None:
    assert profile.sampled_rows is not None and 45_000 < profile.sampled_rows < 55_000
    labelled = {c.name: set(c.sampled) for c in profile.columns}
    assert labelled["x"] == {"association", "histogram", "quantiles", "top"}
    assert labelled["month"] == {"association"}
    assert labelled["kind"] == {"association", "lengths"}
    assert labelled["key"] >= {"monotone", "quantiles"}
    assert " *" in html(profile) and "What is marked with *" in html(profile)


def test_counts_of_few_values_and_outliers_are_of_all_rows(profile: Profile) -> None:
    month = profile.column("month")
    assert sum(n for _, n in month.top) == ROWS
    assert month.histogram is not None and sum(month.histogram.counts) == ROWS
    outliers = profile.column("wild").outliers
    assert outliers is not None and (outliers.count, outliers.part) == (
        3,
        pytest.approx(1, abs=0.01),
    )
    assert "extreme_values" in {f.id for f in profile.findings}


def test_an_association_is_named_with_its_measure(profile: Profile) -> None:
    told = profile.column("half").association
    assert told is not None and told.measure == "AUC"
    # Uniform on 0 to 1,000 against 500 to 1,500: one minus an eighth.
    assert told.score == pytest.approx(0.875, abs=0.02)
    nothing = profile.column("x").association
    assert nothing is not None and nothing.score == pytest.approx(0.5, abs=0.03)
    assert profile.column("y").association is None


def test_a_large_table_gives_the_same_profile_twice(large: Path, profile: Profile) -> None:
    assert inspect(large, "y").to_json() == profile.to_json()


def test_a_small_table_has_no_sample(written: Write) -> None:
    rows = "".join(f"{i * 37 % 101},{'ab'[i * 31 % 7 % 2]}\n" for i in range(300))
    profile = inspect(written("x,y\n" + rows), "y")
    assert profile.sampled_rows is None
    assert all(c.sampled == () for c in profile.columns)
    assert "What is marked with *" not in html(profile)
